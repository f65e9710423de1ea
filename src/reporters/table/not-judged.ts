import { grouped } from '../../model/grouped.ts';
import { isBeforeRecords, isExpected, notAskedOf, STATE_ELSEWHERE } from '../../model/not-asked.ts';
import { by, inTurn } from '../../model/order.ts';
import type { Report } from '../../model/report.ts';
import { wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, digits } from '../words.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';

/** Few read more of them. */
const NAMED_REASONS = 3;

/** NOT JUDGED BY EVERY RULE: rules that met an Unknown, by what was unknown. */
export function* notJudgedLines(report: Report, page: Page): Iterable<string> {
  if (report.summary.notJudged === 0) return;
  const most = Number.isFinite(page.limit) ? NAMED_REASONS : page.limit;
  const { told, more } = notJudgedTexts(report, most);
  yield '';
  yield `${page.strong('NOT JUDGED BY EVERY RULE')}  ${notJudgedCount(report)}`;
  for (const text of told) {
    // Uncut: many say at their end what to do.
    const [first = '', ...rest] = wrap(text, page.width - DEEPER.length);
    yield INDENT + first;
    yield* rest.map((line) => DEEPER + line);
  }
  if (more > 0) yield `${INDENT}… and ${count(more, 'more reason')} (--all)`;
}

/** Why rules could not judge keys, the most frequent reason first, a line each; and how many reasons are not among them. */
export function notJudgedTexts(
  report: Report,
  most = NAMED_REASONS,
): { readonly told: readonly string[]; readonly more: number } {
  const reasons = reasonsOf(report).filter(({ reason }) => !isExpected(reason));
  const told = reasons
    .slice(0, most)
    .map(({ reason, rules, keys }) => `${count(keys, 'key')}, ${count(rules, 'rule')}: ${plainText(reason)}`);
  return { told, more: reasons.length - told.length };
}

/** `2 of 9 keys`: those that a rule could not judge, for another reason than every scan of its kind has. */
export const notJudgedCount = ({ summary }: Report): string =>
  `${digits(summary.notJudged)} of ${count(summary.keys, 'key')}`;

interface NotJudged {
  readonly reason: string;
  readonly rules: number;
  readonly keys: number;
}

function reasonsOf({ rules }: Report): NotJudged[] {
  const byReason = grouped(
    rules.flatMap((rule) => rule.reasons),
    ({ reason }) => reason,
  );
  return [...byReason]
    .map(([reason, alike]) => ({ reason, rules: alike.length, keys: Math.max(...alike.map(({ keys }) => keys)) }))
    .sort(
      inTurn(
        (a, b) => b.keys - a.keys,
        by(({ reason }) => reason),
      ),
    );
}

/** What rules could not judge in any scan of its kind, as a label and a line each: what was not asked for, and old keys. */
export function expectedRows(report: Report): (readonly [label: string, text: string])[] {
  const expected = reasonsOf(report).filter(({ reason }) => isExpected(reason));
  const notAsked = expected.flatMap(({ reason, rules }) => {
    const source = notAskedOf(reason);
    if (source === undefined) return [];
    const [name, without] = reason === STATE_ELSEWHERE ? ['states elsewhere', 'them'] : [NAMES[source], 'it'];
    return [`${name} (without ${without} ${count(rules, 'rule')} cannot judge every key)`];
  });
  const older = expected
    .filter(({ reason }) => isBeforeRecords(reason))
    .map(
      ({ reason, rules, keys }) =>
        `${count(keys, 'key')} ${plainText(reason)}: ${count(rules, 'rule')} cannot judge ${keys === 1 ? 'it' : 'them'}`,
    );
  return [
    ...(notAsked.length === 0 ? [] : [['not asked', notAsked.join(', ')] as const]),
    ...older.map((text) => ['records', text] as const),
  ];
}

/** What people ask for: the words of the command line. */
const NAMES = {
  cloudtrail: 'events',
  kms: 'KMS',
  state: 'state',
  configuration: 'configuration',
  plan: 'plan or configuration',
} as const;
