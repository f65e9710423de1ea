import { isDeepStrictEqual } from 'node:util';
import type { PlannedRegion } from '../../../model/facts/plan.ts';
import type { PlanDriftFact, PlannedFact } from '../../../model/facts.ts';
import { isRegionName } from '../../aws/region.ts';
import { attestBy } from '../readers.ts';
import { addressOf } from '../state/address.ts';
import { attestShown, daysIn, hasDamagedArn, keyNamedBy } from '../state/instance.ts';
import { readersOf, type StateReaders } from '../state/key-types.ts';
import type { Values } from '../state/values.ts';
import { actionOf } from './action.ts';
import { forcing } from './arguments.ts';
import type { ChangeEntry } from './entries.ts';
import { shownValues } from './values.ts';

/** Where the facts of one plan come from: what each of them carries. */
export type PlanOrigin = Pick<PlannedFact, 'plan' | 'root' | 'committed' | 'readAt'>;

/** What one entry comes to. */
export interface Found<F> {
  readonly facts: readonly F[];
  readonly gaps: readonly string[];
}

/** Terraform's own word, as `action_reason` spells it; other text might be anything. */
const REASON = /^[a-z][a-z_]{0,63}$/;
/** Terraform's spelling of an address, of a resource that may be of another type (a move may change it). */
const ADDRESS = /^(?:module\.|[a-z][a-z0-9_]*\.)/;

/** What the plan does with a key; `region` is that of its provider. */
export function plannedBy(
  entry: ChangeEntry,
  origin: PlanOrigin,
  region: PlannedRegion | undefined,
): Found<PlannedFact> {
  const { type, change, previous_address: before, action_reason: reason } = entry;
  const address = instanceAddress(entry);
  const action = actionOf(change.actions, isSet(change.importing));
  if (action === undefined) return gap(`${address} has actions that this keydrift does not know`);
  const fact: PlannedFact = {
    kind: 'planned',
    ...origin,
    address,
    previousAddress: before != null && ADDRESS.test(before) ? before : null,
    resourceType: type,
    deposed: Boolean(entry.deposed),
    ...keyBefore(change.before),
    ...action,
    reason: reason != null && REASON.test(reason) ? reason : null,
    because: forcing(change.replace_paths ?? []),
    deletionWindowInDays: daysIn(change.before ?? {}),
    ...regionAfter(change, region),
    ...attestShown(readersFor(type), shownValues(sideOf(change))),
  };
  return { facts: [fact], gaps: damageIn(entry, address) };
}

/**
 * What a refresh found changed of a key outside Terraform, where `remade` are the keys that the apply makes, by
 * their addresses. One that is dropped and not made again is being decommissioned, and so is a deposed one; where nothing differs that
 * is ours to know (a provider that fills in an empty map) there is nothing to say.
 */
export function driftIn(
  entry: ChangeEntry,
  origin: PlanOrigin,
  remade: ReadonlyMap<string, PlannedFact>,
): Found<PlanDriftFact> {
  const { type, change, deposed } = entry;
  const address = instanceAddress(entry);
  const isDeleted = change.actions.join(',') === 'delete';
  const isTold = isDeleted ? remade.has(address) : isChanged(change, readersFor(type));
  if (deposed || !isTold) return { facts: [], gaps: [] };
  const fact: PlanDriftFact = {
    kind: 'plan-drift',
    ...origin,
    address,
    resourceType: type,
    ...keyBefore(change.before),
    change: isDeleted ? 'deleted' : 'changed',
    deletionWindowInDays: daysIn(change.before ?? {}),
    ...(isDeleted ? (regionIn(change.before) ?? regionOf(remade.get(address)?.region)) : {}),
  };
  return { facts: [fact], gaps: damageIn(entry, address) };
}

const gap = (reason: string): Found<never> => ({ facts: [], gaps: [reason] });

/** Built anew from its parts, so that it is spelt as in a state. */
const instanceAddress = ({ module_address, mode, type, name, index }: ChangeEntry): string =>
  addressOf({ module: module_address ?? '', mode, type, name, index: index ?? undefined });

function readersFor(type: string): StateReaders {
  const readers = readersOf('managed', type);
  if (readers === undefined) throw new TypeError(`${type} is no key resource`);
  return readers;
}

/** The key that is there before the apply. */
const keyBefore = (before: Values | null | undefined) => keyNamedBy(before ?? {}, 'arn', ['id', 'key_id']);

/** A key that has a Region of its own (AWS provider 6) is there, whatever its provider says. */
const regionAfter = ({ after }: ChangeEntry['change'], region: PlannedRegion | undefined) =>
  after == null ? {} : (regionIn(after) ?? regionOf(region));

function regionIn(side: Values | null | undefined): Pick<PlannedFact, 'region'> | undefined {
  const own = side?.['region'];
  return typeof own === 'string' && isRegionName(own) ? regionOf({ name: own, by: 'resource' }) : undefined;
}

const regionOf = (region: PlannedRegion | undefined): Pick<PlannedFact, 'region'> =>
  region === undefined ? {} : { region };

/** Where there is nothing after, what is there before. */
const sideOf = ({ before, after, after_unknown, before_sensitive, after_sensitive }: ChangeEntry['change']) =>
  after == null
    ? { values: before ?? null, unknown: undefined, sensitive: before_sensitive }
    : { values: after, unknown: after_unknown, sensitive: after_sensitive };

const isSet = (importing: unknown): boolean => importing !== undefined && importing !== null;

/** Compares also what is marked sensitive: that it changed is no secret. */
const isChanged = ({ before, after }: ChangeEntry['change'], readers: StateReaders): boolean =>
  !isDeepStrictEqual(attestBy(readers, before ?? {}), attestBy(readers, after ?? {}));

function damageIn({ change: { before } }: ChangeEntry, address: string): readonly string[] {
  if (before == null) return [];
  if (hasDamagedArn(before)) return [`${address} has an arn that is not the ARN of a key`];
  return keyBefore(before).keyId === null ? [`${address} names no key`] : [];
}
