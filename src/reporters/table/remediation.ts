import { plainText } from '../plain-text.ts';
import { labelledRow } from './facts.ts';
import type { Page } from './page.ts';

const COPY_INDENT = '    ';

interface Part {
  readonly text: string;
  /** An indented line of the remediation: a command or a line of a block, to be copied as it is. */
  readonly copied: boolean;
}

/** What to do: prose wrapped beside its label; what is there to be copied stands uncut on lines of its own. */
export function* remediationLines(label: string, remediation: string, page: Page): Iterable<string> {
  const parts = partsOf(remediation);
  const labelled = parts.findIndex(({ copied }) => !copied);
  for (const [at, { text, copied }] of parts.entries()) {
    if (copied) yield COPY_INDENT + plainText(text);
    else yield* labelledRow(at === labelled ? label : '', [plainText(text)], page);
  }
}

/** Adjacent lines of prose are one paragraph; copied lines keep their indentation beyond the least of them. */
function partsOf(remediation: string): Part[] {
  const lines = remediation.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.filter(isIndented).map((line) => line.search(/\S/)));
  const parts: Part[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (isIndented(line)) parts.push({ text: line.slice(margin).trimEnd(), copied: true });
    else if (last === undefined || last.copied) parts.push({ text: line.trimEnd(), copied: false });
    else parts.splice(-1, 1, { text: `${last.text} ${line.trimEnd()}`, copied: false });
  }
  return parts;
}

const isIndented = (line: string): boolean => /^\s/.test(line);
