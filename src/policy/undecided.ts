import {
  ATTRIBUTE_NAMES,
  type Attested,
  type AttributeName,
  IMMUTABLE_ATTRIBUTES,
  reading,
} from '../model/attributes.ts';
import type { KeyRecord, WitnessPair } from '../model/key-record.ts';

/** Two witnesses that both speak of an attribute, of which one cannot say what it is: neither equal nor different. */
export interface Undecided {
  readonly pair: WitnessPair;
  readonly attribute: AttributeName;
  readonly reason: string;
}

/** A witness: what it said, or why it could not be asked. */
type Side = Attested | { readonly gap: string };

/** What a change of configuration can replace a key for (terraform-provider-aws, ForceNew of the KMS key resources). */
const CONFIGURED: readonly AttributeName[] = [
  ...IMMUTABLE_ATTRIBUTES.filter((name) => name !== 'origin'),
  'primaryKeyArn',
];

/** The comparisons of a key that could not be made, in pairs and attributes that a rule asks about. */
export function* undecidedOf(
  record: KeyRecord,
  asked: (pair: WitnessPair, attribute: AttributeName) => boolean,
): Generator<Undecided> {
  for (const [pair, attributes, left, right] of comparisons(record)) {
    for (const attribute of attributes) {
      if (!asked(pair, attribute)) continue;
      const reason = whyUndecided(left, right, attribute);
      if (reason !== undefined) yield { pair, attribute, reason };
    }
  }
}

function* comparisons(record: KeyRecord): Generator<[WitnessPair, readonly AttributeName[], Side, Side]> {
  const { created, configuration, live, absent, unknown } = record;
  const states = record.state.filter(({ status }) => status !== 'deposed');
  const liveSide = sideOf(live, unknown.live);
  const createdSide = sideOf(created, unknown.created);
  if (liveSide !== undefined && createdSide !== undefined) {
    yield ['created/live', IMMUTABLE_ATTRIBUTES, createdSide, liveSide];
  }
  if (liveSide !== undefined) {
    for (const instance of states) yield ['state/live', ATTRIBUTE_NAMES, instance, liveSide];
  }
  const declared: readonly Side[] =
    configuration.length > 0 || unknown.configuration === undefined ? configuration : [{ gap: unknown.configuration }];
  const actual = live ?? (absent === null ? states[0] : undefined);
  const pair = live === null ? 'configuration/state' : 'configuration/live';
  for (const block of declared) if (actual !== undefined) yield [pair, CONFIGURED, block, actual];
}

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
