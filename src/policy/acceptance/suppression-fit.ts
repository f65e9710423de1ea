import type { SuppressionMatch } from '../../model/acceptance.ts';
import { blockPath } from '../../model/address.ts';
import type { Attested } from '../../model/attributes.ts';
import { aliasFit, creatorFit, everyFit, type Fit, fitOf, tagFit } from '../../model/fit.ts';
import { fitsGlob } from '../../model/glob.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import { type Pairing, UNPAIRED } from '../state-holders.ts';

/**
 * Whether a key is one of those that a suppression names; all that is given must fit. Where that is unknown, the
 * suppression accepts nothing, and nobody may call it unused.
 */
export function suppressionFit(
  { arn, address, creator, alias, tag }: SuppressionMatch,
  record: KeyRecord,
  pairing: Pairing = UNPAIRED,
): Fit {
  return everyFit([
    arn === undefined ? 'fits' : arnFit(arn, record),
    address === undefined ? 'fits' : addressFit(address, record, pairing),
    creator === undefined ? 'fits' : recordedFit(creator, record),
    alias === undefined ? 'fits' : declaredAliasFit(alias, record),
    tag === undefined ? 'fits' : declaredTagFit(tag, record),
  ]);
}

const arnFit = (pattern: string, { arn, standing }: KeyRecord): Fit =>
  fitOf(arn !== null && fitsGlob(pattern, arn.arn), arn === null && standing !== 'not-created');

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
  return fitOf(isNamed(addressesOf(record, pairing)), isOpen || isNamed(maybeOf(record, pairing)));
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
const recordedFit = (pattern: string, { creator, unknown, standing }: KeyRecord): Fit =>
  creatorFit([pattern], creator, standing !== 'not-created' && [unknown.created, unknown.replicated].some(isSaid));

/** As states and configuration declare it. What KMS has is whatever the maker of the key wrote. */
const declaredAliasFit = (pattern: string, record: KeyRecord): Fit =>
  aliasFit(
    [pattern],
    record.declaredAliases,
    record.unknown.declaredAliases !== undefined || isDeclarationOpen(record),
  );

function declaredTagFit(tag: NonNullable<SuppressionMatch['tag']>, record: KeyRecord): Fit {
  const declared: readonly Attested[] = [...record.configuration, ...record.state];
  const told = declared.map(({ attributes, unknown }) => (unknown.tags === undefined ? (attributes.tags ?? {}) : null));
  return tagFit([tag], isDeclarationOpen(record) ? [...told, null] : told);
}

const isDeclarationOpen = ({ unknown }: KeyRecord): boolean => [unknown.configuration, unknown.state].some(isSaid);

const isSaid = (reason: string | undefined): boolean => reason !== undefined;
