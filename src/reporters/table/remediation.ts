import { wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { LABEL_WIDTH, labelledRow } from './facts.ts';
import type { Page } from './page.ts';

const COMMAND = /^\s+\S|^\s*(\$|aws|terraform|tofu|keydrift|import|resource|removed)\s/;
const COMMAND_INDENT = '    ';

/** What to do: prose wrapped beside its label, commands on lines of their own, uncut. */
export function* remediationLines(label: string, remediation: string, page: Page): Iterable<string> {
  let named = false;
  for (const line of remediation.split('\n').filter((text) => text.trim() !== '')) {
    if (COMMAND.test(line)) {
      yield COMMAND_INDENT + plainText(line.trimEnd());
      continue;
    }
    const words = wrap(plainText(line), page.width - LABEL_WIDTH - 2);
    for (const text of words) {
      yield* labelledRow(named ? '' : label, [text], page);
      named = true;
    }
  }
}
