import { IDENTITY, identityAlone, type Shown } from '../state/sensitive.ts';
import { isRecord, type Values, Withheld } from '../state/values.ts';

/** The values of one side of a change, and what the plan says of them beside. */
export interface Side {
  readonly values: Values | null;
  /** `after_unknown`: true, or an object in which true stands for what only the apply will tell. */
  readonly unknown: unknown;
  /** `before_sensitive` or `after_sensitive`, in the same form. */
  readonly sensitive: unknown;
}

const MARKED = 'marked sensitive in the plan';
const LATER = 'known after the apply';

/**
 * The values without what is marked sensitive or known only after the apply; a mark on a part withholds the whole
 * attribute. What names the key is kept: without it nothing could be said of it.
 */
export function shownValues({ values, unknown, sensitive }: Side): Shown {
  const own = values ?? {};
  if (sensitive === true) return identityAlone(own, MARKED);
  if (unknown === true) return { values: {}, withheld: LATER };
  const secret = markedNames(sensitive).filter((name) => !IDENTITY.has(name));
  return { values: { ...own, ...withheldBy(LATER, markedNames(unknown)), ...withheldBy(MARKED, secret) } };
}

const withheldBy = (reason: string, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, new Withheld(reason)]));

const markedNames = (marks: unknown): readonly string[] =>
  isRecord(marks) ? Object.keys(marks).filter((name) => holdsTrue(marks[name])) : [];

/** Whether true stands anywhere in it. A loop: what a hostile plan nests need not fit the stack. */
function holdsTrue(mark: unknown): boolean {
  const waiting: unknown[] = [mark];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === true) return true;
    if (typeof next === 'object' && next !== null) for (const part of Object.values(next)) waiting.push(part);
  }
  return false;
}
