import type { Attested, AttributeName } from '../model/attributes.ts';
import type { StateFact } from '../model/facts.ts';
import type { KeyRecord, WitnessPair } from '../model/key-record.ts';
import { facetNotAsked } from '../model/not-asked.ts';
import { ATTRIBUTE_NEEDS } from './attribute-fields.ts';

/** Two witnesses that both speak of an attribute, of which one cannot say what it is: neither equal nor different. */
export interface Undecided {
  readonly pair: WitnessPair;
  readonly attribute: AttributeName;
  readonly reason: string;
}

/** A witness: what it said, or why it could not be asked. */
type Side = Attested | { readonly gap: string };

/** The comparisons that a rule asks about: attributes by pair. */
export type AskedComparisons = readonly { readonly pair: WitnessPair; readonly attributes: readonly AttributeName[] }[];

/** The comparisons of a key that a rule asks about and that could not be made. */
export function undecidedOf(record: KeyRecord, asked: AskedComparisons): readonly Undecided[] {
  let found: Undecided[] | undefined;
  for (const { pair, attributes } of asked) {
    const right = actual(record, pair);
    if (right === undefined) continue;
    for (const left of claimed(record, pair)) {
      for (const attribute of attributes) {
        const reason = whyUndecided(left, right, attribute);
        if (reason === undefined) continue;
        found ??= [];
        found.push({ pair, attribute, reason });
      }
    }
  }
  return found ?? NOTHING;
}

const NOTHING: readonly Undecided[] = [];

/** The witness that a pair compares with. Terraform plans against its state where KMS could not be asked. */
function actual(record: KeyRecord, pair: WitnessPair): Side | undefined {
  const { live, absent, unknown } = record;
  if (pair === 'configuration/live') return live ?? undefined;
  if (pair === 'configuration/state') return live === null && absent === null ? held(record)[0] : undefined;
  return sideOf(live, unknown.live);
}

/** The witnesses that a pair compares, one by one. */
function claimed(record: KeyRecord, pair: WitnessPair): readonly Side[] {
  if (pair === 'state/live') return held(record);
  if (pair !== 'created/live') return declared(record);
  const created = sideOf(record.created, record.unknown.created);
  return created === undefined ? [] : [created];
}

const held = ({ state }: KeyRecord): readonly Side[] =>
  state.some(isDeposed) ? state.filter((instance) => !isDeposed(instance)) : state;

const isDeposed = ({ status }: StateFact): boolean => status === 'deposed';

const declared = ({ configuration, unknown }: KeyRecord): readonly Side[] =>
  configuration.length > 0 || unknown.configuration === undefined ? configuration : [{ gap: unknown.configuration }];

function sideOf(witness: Attested | null, gap: string | undefined): Side | undefined {
  if (witness !== null) return witness;
  return gap === undefined ? undefined : { gap };
}

/**
 * Why the comparison cannot be made; undefined when it can, or when there is nothing to compare. Allocates nothing: it
 * runs for each key, rule and attribute, and nearly always says undefined.
 */
function whyUndecided(left: Side, right: Side, attribute: AttributeName): string | undefined {
  const reason = gapOf(left, attribute) ?? gapOf(right, attribute);
  if (reason === undefined) return undefined;
  return speaks(left, attribute) && speaks(right, attribute) ? reason : undefined;
}

function gapOf(side: Side, attribute: AttributeName): string | undefined {
  if ('gap' in side) return side.gap;
  return side.unknown[attribute] ?? (side.attributes[attribute] === undefined ? notAsked(side, attribute) : undefined);
}

/** Of KMS every facet is asked for or not: silence is not an answer. */
function notAsked(side: Attested, attribute: AttributeName): string | undefined {
  const need = 'kind' in side && side.kind === 'live' ? ATTRIBUTE_NEEDS[attribute] : undefined;
  return need === undefined ? undefined : facetNotAsked(need);
}

const speaks = (side: Side, attribute: AttributeName): boolean =>
  gapOf(side, attribute) !== undefined || (!('gap' in side) && side.attributes[attribute] !== undefined);
