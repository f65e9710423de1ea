import type { KeyAttributes } from '../model/attributes.ts';
import type { Difference } from '../model/key-record.ts';
import { byText } from '../model/order.ts';
import { plural } from '../model/plural.ts';
import { type StatementMeaning, statementsOf } from '../model/policy-meaning.ts';
import { oneLine } from './words.ts';

/** Names are text of others: a few of them say enough, and none fills a line. */
const NAMED = 3;
const LONGEST_NAME = 60;

/**
 * What KMS has otherwise than the state, for attributes too long to show: the names of tags and of policy statements,
 * never their content. undefined for all other attributes, and where one of the two says nothing.
 */
export function changeOf({ attribute, values }: Difference): string | undefined {
  const { state, live } = values;
  if (attribute === 'policy' && typeof state === 'string' && typeof live === 'string') return policyChange(state, live);
  return attribute === 'tags' && isTags(state) && isTags(live) ? tagsChange(state, live) : undefined;
}

type Tags = KeyAttributes['tags'];

const isTags = (value: Difference['values']['state']): value is Tags => typeof value === 'object' && value !== null;

function tagsChange(state: Tags, live: Tags): string {
  const shared = Object.keys(state).filter((name) => Object.hasOwn(live, name));
  return changeText({
    added: Object.keys(live).filter((name) => !Object.hasOwn(state, name)),
    removed: Object.keys(state).filter((name) => !Object.hasOwn(live, name)),
    changed: shared.filter((name) => state[name] !== live[name]),
  });
}

function policyChange(state: string, live: string): string | undefined {
  const [before, after] = [statementsOf(state), statementsOf(live)];
  if (before === undefined || after === undefined) return undefined;
  const gone = without(before, after);
  const fresh = without(after, before);
  const [goneNames, freshNames] = [namesOf(gone), namesOf(fresh)];
  const text = changeText({
    added: freshNames.filter((name) => !goneNames.includes(name)),
    removed: goneNames.filter((name) => !freshNames.includes(name)),
    changed: freshNames.filter((name) => goneNames.includes(name)),
  });
  const deleted = [...new Set(fresh.flatMap(({ deletedPrincipals }) => deletedPrincipals))];
  if (deleted.length === 0) return text === '' ? 'its Version or Id' : text;
  return `${text} (${listed(deleted)} stands for a user or role that was deleted)`;
}

const without = (
  some: readonly StatementMeaning[],
  others: readonly StatementMeaning[],
): readonly StatementMeaning[] => {
  const known = new Set(others.map(({ meaning }) => meaning));
  return some.filter(({ meaning }) => !known.has(meaning));
};

const namesOf = (statements: readonly StatementMeaning[]): readonly string[] => [
  ...new Set(statements.map(({ name }) => name)),
];

function changeText(change: Readonly<Record<'added' | 'removed' | 'changed', readonly string[]>>): string {
  return Object.entries(change)
    .flatMap(([how, names]) => (names.length === 0 ? [] : [`${how} ${listed(names)}`]))
    .join('; ');
}

function listed(names: readonly string[]): string {
  const shown = names.toSorted(byText).slice(0, NAMED).map(shortened).join(', ');
  return names.length > NAMED ? `${shown} and ${plural(names.length - NAMED, 'other')}` : shown;
}

function shortened(name: string): string {
  const line = oneLine(name) || '""';
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}
