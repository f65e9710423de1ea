import { stepsOf } from '../../model/address.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/coverage.ts';
import type { SuppressionComment } from '../../model/facts/configuration.ts';
import type { Fact } from '../../model/facts.ts';
import { plural } from '../../model/plural.ts';
import type { Finding } from '../../model/report.ts';
import { nameOf } from '../acceptance/comment-places.ts';
import { commentsOf } from '../acceptance/suppressions.ts';

/** A change that moves what it is judged by can wave itself through: whoever reviews it is told. */
export const alterations = ({ alters = [] }: Pick<Change, 'alters'>): readonly Diagnostic[] =>
  alters.map(({ path, what }) => altered(path, what.join(', ')));

/** Comments that a change adds or rewrites, where they answer for findings. One that only moved with its block is none. */
export function commentAlterations(
  { comments = [] }: Pick<Change, 'comments'>,
  facts: readonly Fact[],
  findings: readonly Finding[],
): readonly Diagnostic[] {
  if (comments.length === 0) return [];
  const before = new Map(comments.map(({ path, said }) => [path, said]));
  const answered = answeredFor(findings);
  return commentsOf(facts).flatMap((comment) => {
    const said = before.get(comment.path);
    const count = answered.get(nameOf(comment));
    if (said === undefined || count === undefined || said.some((one) => isAsBefore(one, comment))) return [];
    const was = said.some((one) => isAbove(one, comment) && one.rule === comment.rule)
      ? 'said otherwise'
      : 'was not there';
    const what = `keydrift:ignore=${comment.rule} ${was} before, and it answers for ${plural(count, 'finding')}`;
    return [altered(`${comment.path}:${comment.line}`, what)];
  });
}

const altered = (place: string, what: string): Diagnostic => ({
  level: 'warning',
  source: 'change',
  message: `${place}: the change alters what it is judged by: ${what}`,
});

/** How many findings each comment answers for, by what it is called. */
function answeredFor(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, status, acceptance } of findings) {
    if (status !== 'suppressed' || acceptance?.by !== 'comment') continue;
    const name = nameOf({ ...acceptance.place, rule });
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

type Said = Pick<SuppressionComment, 'rule' | 'until' | 'reason' | 'above'>;

const isAsBefore = (before: Said, now: Said): boolean =>
  isAbove(before, now) && before.rule === now.rule && before.until === now.until && before.reason === now.reason;

/** Before, blocks are named as their module does; now, from the root. */
const isAbove = (before: Said, now: Said): boolean => before.above === stepsOf(now.above).at(-1)?.name;
