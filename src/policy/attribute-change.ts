import type { KeyAttributes } from '../model/attributes.ts';
import type { Difference } from '../model/key-record.ts';
import { byText } from '../model/order.ts';
import { plural } from '../model/plural.ts';
import { policyChange, type StatementChange } from '../model/policy-change.ts';
import { admittedText, inReadingOrder } from '../model/policy-change-text.ts';
import { statementsOf } from '../model/policy-meaning.ts';
import { oneLine } from './words.ts';

/** Names are text of others: a few of them say enough, and none fills a line. */
const NAMED = 3;
const LONGEST_NAME = 60;

/**
 * What KMS has otherwise than the state, for attributes too long to show: the names of tags, those of policy statements
 * with their members, never their content. undefined for all other attributes, and where one of the two says nothing.
 */
export function changeOf({ attribute, values }: Difference): string | undefined {
  const { state, live } = values;
  if (attribute === 'policy' && typeof state === 'string' && typeof live === 'string') return policyText(state, live);
  return attribute === 'tags' && isTags(state) && isTags(live) ? tagsChange(state, live) : undefined;
}

/** Of a policy: whom KMS lets use the key and the state does not, everybody first. undefined where that is nobody. */
export function admittedBy({ attribute, values: { state, live } }: Difference): string | undefined {
  if (attribute !== 'policy' || typeof state !== 'string' || typeof live !== 'string') return undefined;
  return admittedText(policyChange(state, live)?.admitted ?? []);
}

type Tags = KeyAttributes['tags'];

const isTags = (value: Difference['values']['state']): value is Tags => typeof value === 'object' && value !== null;

function tagsChange(state: Tags, live: Tags): string {
  const shared = Object.keys(state).filter((name) => Object.hasOwn(live, name));
  return changeText({
    added: shownNames(Object.keys(live).filter((name) => !Object.hasOwn(state, name))),
    removed: shownNames(Object.keys(state).filter((name) => !Object.hasOwn(live, name))),
    changed: shownNames(shared.filter((name) => state[name] !== live[name])),
  });
}

function policyText(state: string, live: string): string | undefined {
  const change = policyChange(state, live);
  if (change === undefined) return undefined;
  const { document, statements } = change;
  const named = (how: StatementChange['change']): readonly string[] =>
    statements.filter((statement) => statement.change === how).map(inWhat);
  const text = changeText({ added: named('added'), removed: named('removed'), changed: named('changed') });
  const whole = text === '' ? `its ${listed(document.map(({ member }) => shortened(member)))}` : text;
  const deleted = deletedIn(state, live);
  if (deleted.length === 0) return whole;
  return `${whole} (${listed(deleted)} stands for a user or role that was deleted)`;
}

/** The statement, and the members that differ; of one that came or went that it forbids, for that is the other way round. */
function inWhat({ change, name, members }: StatementChange): string {
  if (change === 'changed') {
    return `${shortened(name)} (${listed(inReadingOrder(members).map(({ member }) => shortened(member)))})`;
  }
  const effect = members.find(({ member }) => member === 'Effect');
  const forbids = [effect?.declared, effect?.live].some((values) => values?.includes('Deny'));
  return forbids ? `${shortened(name)} (a Deny)` : shortened(name);
}

function deletedIn(state: string, live: string): readonly string[] {
  const known = new Set(statementsOf(state)?.map(({ meaning }) => meaning));
  const fresh = statementsOf(live)?.filter(({ meaning }) => !known.has(meaning)) ?? [];
  return [...new Set(fresh.flatMap(({ deletedPrincipals }) => deletedPrincipals))].sort(byText).map(shortened);
}

function changeText(change: Readonly<Record<'added' | 'removed' | 'changed', readonly string[]>>): string {
  return Object.entries(change)
    .flatMap(([how, names]) => (names.length === 0 ? [] : [`${how} ${listed(names)}`]))
    .join('; ');
}

const shownNames = (names: readonly string[]): readonly string[] => names.toSorted(byText).map(shortened);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${plural(names.length - NAMED, 'other')}` : shown;
}

function shortened(name: string): string {
  const line = oneLine(name) || '""';
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}
