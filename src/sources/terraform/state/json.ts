import { isSpace, JsonFault } from './json-tokens.ts';
import { JsonWalk } from './json-walk.ts';
import { type Meant, type Refusal, unreadable } from './refusal.ts';

const LESS_THAN = 0x3c;
const OPEN_OBJECT = 0x7b;
const NEWLINE = 0x0a;

const EMPTY: Readonly<Record<Meant, string>> = {
  state: 'empty: a state that manages nothing is still JSON, so this is none',
  plan: 'empty: a plan that changes nothing is still JSON, so this is none',
};

/**
 * Goes through a JSON text with `visit`, or says why it is none, with the line where it breaks off or goes wrong. Nothing
 * of the text stands in the reason: it may be a secret.
 */
export function readJson(
  bytes: Uint8Array,
  visit: (walk: JsonWalk) => void,
  meant: Meant = 'state',
): Refusal | undefined {
  const start = startOf(bytes, 0);
  if (start === bytes.length) return unreadable(EMPTY[meant]);
  if (bytes[start] === LESS_THAN) {
    return unreadable(`HTML or XML, not a ${meant}: probably the error or login page of whatever delivered it`);
  }
  try {
    const walk = new JsonWalk(bytes);
    walk.whole(() => visit(walk));
    return undefined;
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return unreadable(
      bytes[start] === OPEN_OBJECT ? faultOf(bytes, error.at) : `not JSON, so not a Terraform ${meant}`,
    );
  }
}

function faultOf(bytes: Uint8Array, at: number): string {
  return startOf(bytes, at) < bytes.length
    ? `damaged: not valid JSON in line ${lineOf(bytes, at)}`
    : `truncated: the JSON breaks off in line ${lineOf(bytes, endOf(bytes))}`;
}

/** The first place from `place` on that has no white space. */
function startOf(bytes: Uint8Array, place: number): number {
  let at = place;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/** Behind the last byte that is no white space. */
const endOf = (bytes: Uint8Array): number => bytes.findLastIndex((byte) => !isSpace(byte)) + 1;

/** 1-based. */
function lineOf(bytes: Uint8Array, place: number): number {
  let line = 1;
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < place; at = bytes.indexOf(NEWLINE, at + 1)) line += 1;
  return line;
}
