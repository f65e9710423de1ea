import type { Attested, AttributeName, KeyAttributes } from '../model/attributes.ts';
import { COMPARED, REPLACING } from '../model/comparisons.ts';
import type { AbsentFact, ConfigurationFact, CreationFact, LiveFact, StateFact } from '../model/facts.ts';
import { fitsAny } from '../model/glob.ts';
import type { Difference, Witness, WitnessPair } from '../model/key-record.ts';
import { policyMeaning } from '../model/policy-meaning.ts';
import { newestOf } from './own-copies.ts';

/** What is laid side by side for one key. `absent`: KMS does not find it, so nothing stands in for it. */
export interface Witnesses {
  readonly created: CreationFact | null;
  readonly configuration: readonly ConfigurationFact[];
  readonly state: readonly StateFact[];
  readonly live: LiveFact | null;
  readonly absent: AbsentFact | null;
}

/** Where two witnesses both know an attribute and disagree. What either does not know is no difference. */
export function differencesOf(
  { created, configuration, state, live, absent }: Witnesses,
  ignoreTags: readonly string[] = [],
): readonly Difference[] {
  const found: Difference[] = [];
  if (created !== null && live !== null) {
    found.push(...compare('created/live', COMPARED['created/live'], created, live));
  }
  for (const instance of newestOf(state)) {
    if (live === null || instance.status === 'deposed') continue;
    found.push(
      ...compare('state/live', COMPARED['state/live'], tagged(instance, ignoreTags), tagged(live, ignoreTags), {
        address: instance.address,
      }),
    );
  }
  const seen = lastSeen({ state, live, absent });
  for (const block of configuration) {
    if (block.instances !== 'none') found.push(...replacingDifferences(block, seen));
  }
  return found;
}

/** What blocks are laid beside: KMS, and where it could not be asked what Terraform last saw, which it plans against. */
export const lastSeen = ({ state, live, absent }: Seeing): LiveFact | StateFact | undefined =>
  live ?? (absent === null ? state.find(({ status }) => status !== 'deposed') : undefined);

type Seeing = Pick<Witnesses, 'state' | 'live' | 'absent'>;

/** Where a block differs from what was last seen of a key, and that would replace it. */
export function replacingDifferences(
  block: ConfigurationFact,
  seen: LiveFact | StateFact | undefined,
): readonly Difference[] {
  if (seen === undefined) return NO_DIFFERENCES;
  const pair = seen.kind === 'live' ? 'configuration/live' : 'configuration/state';
  return compare(pair, REPLACING[block.resourceType] ?? [], block, seen, { address: block.address, root: block.root });
}

/** A witness without the tags that somebody else keeps. */
function tagged<W extends Attested>(witness: W, ignoreTags: readonly string[]): W {
  const { tags } = witness.attributes;
  if (ignoreTags.length === 0 || tags === undefined) return witness;
  const kept = Object.fromEntries(Object.entries(tags).filter(([name]) => !fitsAny(ignoreTags, name)));
  return { ...witness, attributes: { ...witness.attributes, tags: kept } };
}

function compare(
  pair: WitnessPair,
  attributes: readonly AttributeName[],
  left: Attested,
  right: Attested,
  place?: Pick<Difference, 'address' | 'root'>,
): readonly Difference[] {
  let found: Difference[] | undefined;
  for (const attribute of attributes) {
    const a = knownValue(left, attribute);
    const b = knownValue(right, attribute);
    if (a === undefined || b === undefined || sameValue(attribute, a, b)) continue;
    const [leftName, rightName] = pair.split('/') as [Witness, Witness];
    const values = { [leftName]: a, [rightName]: b };
    const replaces = leftName === 'configuration';
    found ??= [];
    found.push({ attribute, pair, values, replaces, ...place });
  }
  return found ?? NO_DIFFERENCES;
}

const NO_DIFFERENCES: readonly Difference[] = [];

/** Undefined when the witness is silent or cannot tell. (`reading` allocates; this runs thirty times for each key.) */
const knownValue = ({ attributes, unknown }: Attested, attribute: AttributeName): Value | undefined =>
  unknown[attribute] === undefined ? attributes[attribute] : undefined;

type Value = KeyAttributes[AttributeName];

function sameValue(attribute: AttributeName, a: Value, b: Value): boolean {
  if (attribute === 'policy') return samePolicy(String(a), String(b));
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) return sameTags(a, b);
  return a === b;
}

function samePolicy(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [policyMeaning(a), policyMeaning(b)];
  return left === undefined || right === undefined || left === right;
}

function sameTags(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}
