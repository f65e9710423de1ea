import { wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { LABEL_WIDTH, labelledRow } from './facts.ts';
import type { Page } from './page.ts';

const COMMAND = /^\s+\S|^(\$|aws|terraform|tofu|keydrift)\s/;
const COMMAND_INDENT = '    ';

/** What to do: prose wrapped beside its label, commands and other indented text on lines of their own, uncut. */
export function* remediationLines(remediation: string, page: Page): Iterable<string> {
  let label = 'fix';
  const lines = remediation.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.filter(isCommand).map((line) => line.search(/\S/)));
  for (const line of lines) {
    if (isCommand(line)) {
      yield COMMAND_INDENT + plainText(line.slice(margin).trimEnd());
      continue;
    }
    for (const text of wrap(plainText(line), page.width - LABEL_WIDTH - 2)) {
      yield* labelledRow(label, [text], page);
      label = '';
    }
  }
}

const isCommand = (line: string): boolean => COMMAND.test(line);
