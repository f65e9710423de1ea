import { type Gap, gapsOf, isUnanswered } from '../../model/gaps.ts';
import { isExpected } from '../../model/not-asked.ts';
import type { Report } from '../../model/report.ts';
import { fitted } from '../fitted.ts';
import { gapText } from '../gap-words.ts';
import { count, digits } from '../words.ts';
import type { Level } from './levels.ts';

/** The kinds of notifications, as a run describes them. */
export const NOTIFICATION_KINDS = [
  { id: 'results-left-out', shortDescription: { text: 'The log has fewer results than the report has findings' } },
  { id: 'not-covered', shortDescription: { text: 'Something was asked and not answered in full' } },
  { id: 'not-evaluated', shortDescription: { text: 'A rule could not judge every key' } },
  { id: 'note', shortDescription: { text: 'Something that came up while keydrift looked' } },
] as const;

/** A scan can lack thousands of places: so many are named, the rest are counted. */
const MOST = 500;
const TEXT_BYTES = 1000;

type Kind = (typeof NOTIFICATION_KINDS)[number]['id'];

interface Notification {
  readonly kind: Kind;
  readonly level: Level;
  readonly text: string;
  readonly rule?: string;
}

/** All that a reader of the results must know beside them (SARIF 2.1.0, 3.58). */
export function* notificationsOf(report: Report, leftOut: number, ruleIndex: ReadonlyMap<string, number>) {
  for (const { kind, level, text, rule } of notices(report, leftOut)) {
    const index = NOTIFICATION_KINDS.findIndex(({ id }) => id === kind);
    yield {
      descriptor: { id: kind, index },
      level,
      message: { text: fitted(text, TEXT_BYTES).replaceAll('](', '] (') },
      ...(rule === undefined ? {} : { associatedRule: { id: rule, index: ruleIndex.get(rule) } }),
    };
  }
}

function* notices(report: Report, leftOut: number): Iterable<Notification> {
  if (leftOut > 0) {
    const text = `${digits(leftOut)} of ${digits(report.findings.length)} findings are left out, those that matter least: GitHub keeps 5,000.`;
    yield { kind: 'results-left-out', level: 'warning', text };
  }
  const gaps = gapsOf(report);
  for (const gap of gaps.slice(0, MOST)) {
    yield { kind: 'not-covered', level: levelOf(gap), text: `Not covered: ${gapText(gap)}` };
  }
  const rest = gaps.slice(MOST);
  if (rest.length > 0) {
    const level = rest.some(isUnanswered) ? 'error' : 'note';
    yield { kind: 'not-covered', level, text: `Not covered: ${count(rest.length, 'more gap')}.` };
  }
  yield* unjudged(report);
  yield* notes(report);
}

function* notes({ diagnostics }: Report): Iterable<Notification> {
  const told = diagnostics.filter(({ level }) => level !== 'info');
  const levelFor = (some: typeof told): Level => (some.some(({ level }) => level === 'error') ? 'error' : 'warning');
  for (const note of told.slice(0, MOST)) {
    yield { kind: 'note', level: levelFor([note]), text: `${note.source}: ${note.message}` };
  }
  const rest = told.slice(MOST);
  if (rest.length > 0) yield { kind: 'note', level: levelFor(rest), text: `${count(rest.length, 'more note')}.` };
}

const levelOf = (gap: Gap): Level =>
  isUnanswered(gap) ? (gap.entry.status === 'failed' ? 'error' : 'warning') : 'note';

function* unjudged({ rules }: Report): Iterable<Notification> {
  for (const { id, reasons } of rules) {
    const unexpected = reasons.filter(({ reason }) => !isExpected(reason));
    if (unexpected.length === 0) continue;
    const why = unexpected.map(({ reason, keys }) => `${count(keys, 'key')}: ${reason}`).join('; ');
    yield { kind: 'not-evaluated', level: 'note', text: `${id} could not judge ${why}`, rule: id };
  }
}
