import { plainText } from '../plain-text.ts';
import { labelledRow } from './facts.ts';
import { DEEPER } from './layout.ts';
import type { Page } from './page.ts';

/** A paragraph of prose, and the indented lines behind it: commands or a block, to be copied as they are. */
export interface Part {
  readonly prose: string;
  readonly copied: readonly string[];
}

/**
 * What to do: prose wrapped beside its label; what is there to be copied stands uncut on lines of its own. Where all of
 * that is already among `shown`, to which it is added, the prose says so instead.
 */
export function* remediationLines(
  label: string,
  remediation: string,
  page: Page,
  shown: Set<string>,
): Iterable<string> {
  const parts = partsOf(remediation);
  const labelled = parts.findIndex(({ prose }) => prose !== '');
  for (const [at, { prose, copied }] of parts.entries()) {
    const repeated = prose !== '' && copied.length > 0 && copied.every((line) => shown.has(line));
    const told = repeated ? `${prose} as above` : prose;
    if (told !== '') yield* labelledRow(at === labelled ? label : '', [plainText(told)], page);
    if (!repeated) yield* copied.map((line) => DEEPER + plainText(line));
    for (const line of copied) shown.add(line);
  }
}

/** A remediation in parts: adjacent lines of prose are one paragraph; copied lines keep their indentation beyond the least of them. */
export function partsOf(remediation: string): Part[] {
  const lines = remediation.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.filter(isIndented).map((line) => line.search(/\S/)));
  const parts: { prose: string; copied: string[] }[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    const text = line.trimEnd();
    if (isIndented(line)) {
      if (last === undefined) parts.push({ prose: '', copied: [text.slice(margin)] });
      else last.copied.push(text.slice(margin));
    } else if (last === undefined || last.copied.length > 0) parts.push({ prose: text, copied: [] });
    else last.prose = `${last.prose} ${text}`;
  }
  return parts;
}

const isIndented = (line: string): boolean => /^\s/.test(line);
