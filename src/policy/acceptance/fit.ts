import type { SuppressionMatch } from '../../model/acceptance.ts';
import { blockPath } from '../../model/address.ts';
import type { Attested } from '../../model/attributes.ts';
import { fitsGlob } from '../../model/glob.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import { type Pairing, UNPAIRED } from '../state-holders.ts';

/** `unknown`: what would decide could not be read. It accepts nothing then, and nobody may call it unused. */
export type Fit = 'fits' | 'no' | 'unknown';

/** Whether a key is one of those that a suppression names; all that is given must fit. */
export function fitOf(
  { arn, address, creator, alias, tag }: SuppressionMatch,
  record: KeyRecord,
  pairing: Pairing = UNPAIRED,
): Fit {
  const parts = [
    arn === undefined ? 'fits' : arnFit(arn, record),
    address === undefined ? 'fits' : addressFit(address, record, pairing),
    creator === undefined ? 'fits' : creatorFit(creator, record),
    alias === undefined ? 'fits' : aliasFit(alias, record),
    tag === undefined ? 'fits' : tagFit(tag, record),
  ] as const;
  if (parts.includes('no')) return 'no';
  return parts.includes('unknown') ? 'unknown' : 'fits';
}

const either = (fits: boolean, isOpen: boolean): Fit => (fits ? 'fits' : isOpen ? 'unknown' : 'no');

const arnFit = (pattern: string, { arn, standing }: KeyRecord): Fit =>
  either(arn !== null && fitsGlob(pattern, arn.arn), arn === null && standing !== 'not-created');

/** An instance's address or its block's, each also behind what holds it: the root, the state or the plan. */
function addressFit(pattern: string, record: KeyRecord, pairing: Pairing): Fit {
  const isNamed = (named: readonly Named[]): boolean =>
    named.some(([holder, address]) =>
      [address, blockPath(address)].some(
        (name) => fitsGlob(pattern, name) || (holder !== null && fitsGlob(pattern, `${holder}#${name}`)),
      ),
    );
  const { unknown } = record;
  const isOpen = [unknown.configuration, unknown.state, unknown.planned].some(isSaid);
  return either(isNamed(addressesOf(record, pairing)), isOpen || isNamed(maybeOf(record, pairing)));
}

type Named = readonly [holder: string | null, address: string];

function addressesOf(record: KeyRecord, { holdersOf }: Pairing): readonly Named[] {
  const { configuration, imports, planned } = record;
  const roots = new Set([...configuration, ...imports].map(({ root }) => root));
  return [
    ...configuration.map(({ root, address }) => [root, address] as const),
    ...imports.map(({ root, to }) => [root, to] as const),
    // A state does not say of which root it is: a block that is joined to the key does, and who alone has the state.
    ...instancesOf(record).flatMap((instance) => {
      const holders = holdersOf(instance);
      const owner = holders.length === 1 ? holders : [];
      return [instance.source, ...roots, ...owner].map((holder) => [holder, instance.address] as const);
    }),
    ...planned.map(({ plan, address }) => [plan, address] as const),
  ];
}

/** An instance in a state that several roots share, or that may be of one whose states are not known. */
const maybeOf = (record: KeyRecord, { holdersOf, unpaired }: Pairing): readonly Named[] =>
  instancesOf(record).flatMap((instance) => {
    const holders = holdersOf(instance);
    return (holders.length === 0 ? unpaired : holders).map((holder) => [holder, instance.address] as const);
  });

const instancesOf = ({ state, errored }: KeyRecord) => [...state, ...errored];

/** The caller that CloudTrail names, or the role behind the caller's session. */
function creatorFit(pattern: string, { creator, unknown, standing }: KeyRecord): Fit {
  const arns = [creator?.principal, creator?.role].filter((arn) => arn != null);
  const isOpen = arns.length === 0 && standing !== 'not-created' && [unknown.created, unknown.replicated].some(isSaid);
  return either(
    arns.some((arn) => fitsGlob(pattern, arn)),
    isOpen,
  );
}

/** As states and configuration declare it. What KMS has is whatever the maker of the key wrote. */
function aliasFit(pattern: string, record: KeyRecord): Fit {
  return either(
    record.declaredAliases.some((name) => fitsGlob(pattern, name)),
    record.unknown.declaredAliases !== undefined || isDeclarationOpen(record),
  );
}

function tagFit({ key, value }: NonNullable<SuppressionMatch['tag']>, record: KeyRecord): Fit {
  const declared: readonly Attested[] = [...record.configuration, ...record.state];
  const fits = declared.some(({ attributes: { tags = {} } }) => {
    const held = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return held !== undefined && (value === undefined || fitsGlob(value, held));
  });
  return either(fits, declared.some(({ unknown }) => unknown.tags !== undefined) || isDeclarationOpen(record));
}

const isDeclarationOpen = ({ unknown }: KeyRecord): boolean => [unknown.configuration, unknown.state].some(isSaid);

const isSaid = (reason: string | undefined): boolean => reason !== undefined;
