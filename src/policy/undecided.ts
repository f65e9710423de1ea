import { type Attested, type AttributeName, reading } from '../model/attributes.ts';
import type { KeyRecord, WitnessPair } from '../model/key-record.ts';

/** Two witnesses that both speak of an attribute, of which one cannot say what it is: neither equal nor different. */
export interface Undecided {
  readonly pair: WitnessPair;
  readonly attribute: AttributeName;
  readonly reason: string;
}

/** A witness: what it said, or why it could not be asked. */
type Side = Attested | { readonly gap: string };

/** The comparisons that a rule asks about: attributes by pair. */
export type Asked = ReadonlyMap<WitnessPair, ReadonlySet<AttributeName>>;

/** The comparisons of a key that a rule asks about and that could not be made. */
export function undecidedOf(record: KeyRecord, asked: Asked): readonly Undecided[] {
  const found: Undecided[] = [];
  for (const [pair, attributes] of asked) {
    const right = actual(record, pair);
    if (right === undefined) continue;
    for (const left of claimed(record, pair)) {
      for (const attribute of attributes) {
        const reason = whyUndecided(left, right, attribute);
        if (reason !== undefined) found.push({ pair, attribute, reason });
      }
    }
  }
  return found;
}

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

const held = ({ state }: KeyRecord): readonly Side[] => state.filter(({ status }) => status !== 'deposed');

const declared = ({ configuration, unknown }: KeyRecord): readonly Side[] =>
  configuration.length > 0 || unknown.configuration === undefined ? configuration : [{ gap: unknown.configuration }];

function sideOf(witness: Attested | null, gap: string | undefined): Side | undefined {
  if (witness !== null) return witness;
  return gap === undefined ? undefined : { gap };
}

/** Why the comparison cannot be made; undefined when it can, or when there is nothing to compare. */
function whyUndecided(left: Side, right: Side, attribute: AttributeName): string | undefined {
  const [a, b] = [sayingOf(left, attribute), sayingOf(right, attribute)];
  if (a.kind === 'silent' || b.kind === 'silent') return undefined;
  if (a.kind === 'unknown') return a.reason;
  return b.kind === 'unknown' ? b.reason : undefined;
}

const sayingOf = (side: Side, attribute: AttributeName) =>
  'gap' in side ? { kind: 'unknown' as const, reason: side.gap } : reading(side, attribute);
