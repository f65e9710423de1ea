import type { Attested, AttributeName, KeyAttributes } from '../model/attributes.ts';
import { COMPARED, REPLACING } from '../model/comparisons.ts';
import type { AbsentFact, ConfigurationFact, CreationFact, LiveFact, StateFact } from '../model/facts.ts';
import { fitsAny } from '../model/glob.ts';
import type { Difference, Witness, WitnessPair } from '../model/key-record.ts';
import { policyMeaning } from '../model/policy-meaning.ts';

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
  for (const instance of state) {
    if (live === null || instance.status === 'deposed') continue;
    found.push(
      ...compare(
        'state/live',
        COMPARED['state/live'],
        tagged(instance, ignoreTags),
        tagged(live, ignoreTags),
        instance.address,
      ),
    );
  }
  for (const block of configuration) {
    if (block.instances === 'none') continue;
    const replacing = REPLACING[block.resourceType] ?? [];
    if (live !== null) found.push(...compare('configuration/live', replacing, block, live, block.address));
    else if (absent === null) found.push(...againstState(block, state, replacing));
  }
  return found;
}

/** A witness without the tags that somebody else keeps. */
function tagged<W extends Attested>(witness: W, ignoreTags: readonly string[]): W {
  const { tags } = witness.attributes;
  if (ignoreTags.length === 0 || tags === undefined) return witness;
  const kept = Object.fromEntries(Object.entries(tags).filter(([name]) => !fitsAny(ignoreTags, name)));
  return { ...witness, attributes: { ...witness.attributes, tags: kept } };
}

/** Terraform plans against what it last saw; that stands in for KMS where KMS could not be asked. */
function againstState(
  block: ConfigurationFact,
  state: readonly StateFact[],
  attributes: readonly AttributeName[],
): readonly Difference[] {
  const instance = state.find((candidate) => candidate.status !== 'deposed');
  return instance === undefined ? [] : compare('configuration/state', attributes, block, instance, block.address);
}

function compare(
  pair: WitnessPair,
  attributes: readonly AttributeName[],
  left: Attested,
  right: Attested,
  address?: string,
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
    found.push({ attribute, pair, values, replaces, ...(address === undefined ? {} : { address }) });
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
