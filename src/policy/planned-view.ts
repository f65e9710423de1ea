import {
  type Difference,
  type KeyRecord,
  PLANNED_ACTIONS,
  PLANNED_BY,
  type PlannedChange,
} from '../model/key-record.ts';
import { argumentName } from './argument-names.ts';
import { bool, defineView, int, listOf, oneOf, text, viewOf } from './view.ts';
import { stateView } from './witness-views.ts';
import { displayValue, shellWord } from './words.ts';

/** A change, and the key that it is a change of. */
export interface PlannedSource {
  readonly change: PlannedChange;
  readonly record: Pick<KeyRecord, 'differences'>;
}

/** What KMS waits before it deletes a key for which nobody sets that (AWS KMS API reference, ScheduleKeyDeletion). */
const DEFAULT_WAITING_DAYS = 30;

/** Days between a destroy and the end of the key. */
const waitingDays = ({ deletionWindowInDays }: Pick<PlannedChange, 'deletionWindowInDays'>): number =>
  deletionWindowInDays ?? DEFAULT_WAITING_DAYS;

/** What makes the change, for people: the attributes that force it with what is declared and what is, and the reason. */
export function causeOf({ change, record }: PlannedSource): string {
  const { because, reason, by, action } = change;
  const parts = because.map((attribute) => forcedBy(attribute, record.differences));
  const causes = [...parts, ...(reason === null ? [] : [reason])];
  if (causes.length > 0) return causes.join(', ');
  return by === 'plan' && action === 'destroy' ? 'no reason is given, as by plan -destroy' : 'no reason is given';
}

function forcedBy(attribute: string, differences: readonly Difference[]): string {
  const { declared, is } = valuesOf(attribute, differences);
  return declared === undefined || is === undefined
    ? `${attribute} changes`
    : `${attribute} is declared ${declared}, but is ${is}`;
}

/** What a block declares in the place of what is, where a difference tells. */
function valuesOf(attribute: string, differences: readonly Difference[]): { declared?: string; is?: string } {
  const differing = differences.find((difference) => difference.replaces && difference.attribute === attribute);
  const { configuration, live, state } = differing?.values ?? {};
  const is = live ?? state;
  return {
    ...(configuration === undefined ? {} : { declared: displayValue(configuration) }),
    ...(is === undefined ? {} : { is: displayValue(is) }),
  };
}

/** What to do so that a key is not replaced. */
function toKeep({ change: { because, address }, record }: PlannedSource): string {
  if (because.length === 0) {
    return `take away what asks for it: terraform untaint ${shellWord(address)}, -replace, or replace_triggered_by`;
  }
  const parts = because.map((attribute) => {
    const { is } = valuesOf(attribute, record.differences);
    const argument = argumentName(typeOf(address), attribute);
    return is === undefined ? `${argument} as it is` : `${argument} as it is (${is})`;
  });
  return `declare ${parts.join(' and ')}`;
}

/** The type of the resource at an address. */
const typeOf = (address: string): string => withoutIndexes(address).split('.').at(-2) ?? '';

/** A removed block takes whole resources and modules. A bracket within a quoted key is none. */
function withoutIndexes(address: string): string {
  let kept = '';
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < address.length; at += 1) {
    const character = address[at] ?? '';
    if (isQuoted && character === '\\') at += 1;
    else if (depth > 0 && character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '[') depth += 1;
    else if (!isQuoted && character === ']') depth -= 1;
    else if (depth === 0) kept += character;
  }
  return kept;
}

/** What the next apply does to a key. */
export const plannedView = defineView<PlannedSource>('Planned', {
  action: { shape: oneOf(PLANNED_ACTIONS), says: 'what it does', read: ({ change }) => change.action },
  by: {
    shape: oneOf(PLANNED_BY),
    says: 'by a plan, or by what configuration and state come to',
    read: ({ change }) => change.by,
  },
  address: { shape: text, says: 'address of the instance', read: ({ change }) => change.address },
  resource: {
    shape: text,
    says: 'address of the resource, without any index, as removed blocks have it',
    read: ({ change }) => withoutIndexes(change.address),
  },
  movedFrom: {
    shape: text,
    says: 'what a moved block would be from: the address, or that of a module that is called by another name',
    read: ({ change }) => change.successor?.from ?? change.address,
  },
  movedTo: {
    shape: text,
    says: 'where a destroyed key may have gone; ITS_NEW_ADDRESS where that is nowhere, or one of several places',
    read: ({ change }) => change.successor?.to ?? 'ITS_NEW_ADDRESS',
  },
  stillHeldBy: {
    shape: listOf(viewOf(stateView)),
    says: 'of an import: the instances that have the key elsewhere and keep it',
    read: ({ change }) => (change.stillHeldBy ?? []).map(stateView.of),
  },
  plan: { shape: text, says: 'the plan', read: ({ change }) => change.plan ?? undefined },
  because: {
    shape: listOf(text),
    says: 'attributes that force a replacement, arguments of Terraform where they are none of ours',
    read: ({ change }) => change.because,
  },
  reason: { shape: text, says: 'why, beside these', read: ({ change }) => change.reason ?? undefined },
  cause: { shape: text, says: 'both, for messages; always there', read: causeOf },
  toKeep: { shape: text, says: 'what to do so that the key is not replaced', read: toKeep },
  createsFirst: { shape: bool, says: 'the new key is made first', read: ({ change }) => change.createsFirst },
  deletionWindowInDays: {
    shape: int,
    says: 'what a destroy asks for; left out where nothing sets it',
    read: ({ change }) => (change.deletionWindowInDays === null ? undefined : BigInt(change.deletionWindowInDays)),
  },
  waitingDays: {
    shape: int,
    says: 'days until KMS deletes a destroyed key; 30 where nothing sets it',
    read: ({ change }) => BigInt(waitingDays(change)),
  },
  path: { shape: text, says: 'file of the block that says so', read: ({ change }) => change.location?.path },
  line: {
    shape: int,
    says: 'its line',
    read: ({ change }) => (change.location === null ? undefined : BigInt(change.location.line)),
  },
});
