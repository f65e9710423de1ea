import type { Meant } from './decode.ts';
import { type Refusal, unreadable } from './refusal.ts';

/** V8's errors quote the text around the fault, which may be a secret: the place is all that is taken from them. */
const PLACE = / in JSON at position (\d+)(?: \(line \d+ column \d+\))?$/;

/** A JSON text as a value, or why it is none, with the line where it breaks off or goes wrong. */
export function readJson(content: string, meant: Meant = 'state'): { readonly document: unknown } | Refusal {
  const start = content.trimStart();
  if (start.startsWith('<')) {
    return unreadable(`HTML or XML, not a ${meant}: probably the error or login page of whatever delivered it`);
  }
  try {
    return { document: JSON.parse(content) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable(faultOf(content, start, error.message, meant));
  }
}

function faultOf(content: string, start: string, message: string, meant: Meant): string {
  if (!start.startsWith('{')) return `not JSON, so not a Terraform ${meant}`;
  const place = PLACE.exec(message)?.[1];
  const end = content.trimEnd().length;
  const position = place === undefined ? undefined : Number(place);
  if (message === 'Unexpected end of JSON input' || (position !== undefined && position >= end)) {
    return `truncated: the JSON breaks off in line ${lineOf(content, end)}`;
  }
  return position === undefined
    ? 'damaged: not valid JSON'
    : `damaged: not valid JSON in line ${lineOf(content, position)}`;
}

/** 1-based. */
function lineOf(content: string, position: number): number {
  let line = 1;
  for (let at = content.indexOf('\n'); at !== -1 && at < position; at = content.indexOf('\n', at + 1)) line += 1;
  return line;
}
