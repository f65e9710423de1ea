import { expect } from '@jest/globals';
import { ATTRIBUTE_NAMES, type Attested, type AttributeName } from '../../src/model/attributes.ts';
import type { Fact, LiveFact, StateFact } from '../../src/model/facts.ts';

/** What one witness says of the key at an address. */
interface Testimony {
  readonly by: string;
  readonly address: string;
  readonly resourceType: string;
  readonly said: Attested;
}

/**
 * What a configuration, states and plans say, each under the witness's name; `by` replaces it. Where a state has an
 * aws_kms_key_policy, that is what it says of the policy of the key; a plan says it of another resource than the key.
 */
export function testimonies(facts: readonly Fact[], by?: string): readonly Testimony[] {
  const policies = new Map(
    facts.flatMap((fact) => (fact.kind === 'state-policy' ? [[fact.keyId, fact.policy ?? undefined] as const] : [])),
  );
  const separate = new Set(
    facts.flatMap((fact) => (fact.kind === 'state' && policies.has(fact.keyId) ? [fact.address] : [])),
  );
  return facts.flatMap((fact) => {
    if (fact.kind !== 'configuration' && fact.kind !== 'state' && fact.kind !== 'planned') return [];
    if (fact.kind === 'state' && fact.mode === 'data') return [];
    const { address, resourceType, attributes, unknown } = fact;
    const said = { attributes, unknown };
    const isElsewhere = fact.kind !== 'configuration' && separate.has(address);
    const policy = fact.kind === 'state' ? policies.get(fact.keyId) : undefined;
    const own = isElsewhere ? { attributes: { ...attributes, policy }, unknown } : said;
    return [{ by: by ?? fact.kind, address, resourceType, said: own }];
  });
}

/** What KMS says, under the addresses that a state has for its keys. */
export function liveTestimonies(facts: readonly Fact[]): readonly Testimony[] {
  const held = facts.filter((fact): fact is StateFact => fact.kind === 'state' && fact.mode === 'managed');
  const live = facts.filter((fact): fact is LiveFact => fact.kind === 'live');
  return held.flatMap(({ address, resourceType, arn }) => {
    const said = live.find((fact) => fact.arn === arn);
    return said === undefined ? [] : [{ by: 'live', address, resourceType, said }];
  });
}

/** Where a configuration says that keys are, by address; those of which it does not say it are left out. */
export const declaredRegions = (facts: readonly Fact[]): ReadonlyMap<string, string> =>
  new Map(
    facts.flatMap((fact) =>
      fact.kind === 'configuration' && fact.region !== null ? [[fact.address, fact.region] as const] : [],
    ),
  );

/** Where keys are by the ARNs that a state has, by address. */
export const heldRegions = (facts: readonly Fact[]): ReadonlyMap<string, string | undefined> =>
  new Map(
    facts.flatMap((fact) =>
      fact.kind === 'state' && fact.mode === 'managed' ? [[fact.address, fact.arn?.split(':')[3]] as const] : [],
    ),
  );

/**
 * Wherever two of them know an attribute of one address they must agree. Gives what was not known, each once:
 * `witness type attribute: reason`, sorted.
 */
export function agreed(all: readonly Testimony[]): readonly string[] {
  const first = new Map<string, { readonly by: string; readonly value: unknown }>();
  for (const { by, address, said } of all) {
    for (const attribute of ATTRIBUTE_NAMES) {
      const value = meant(attribute, said.attributes[attribute]);
      if (value === undefined) continue;
      const at = `${attribute} of ${address}`;
      const known = first.get(at);
      if (known === undefined) first.set(at, { by, value });
      else expect([at, by, value]).toEqual([at, by, known.value]);
    }
  }
  const reasons = all.flatMap(({ by, resourceType, said }) =>
    Object.entries(said.unknown).map(([attribute, reason]) => `${by} ${resourceType} ${attribute}: ${reason}`),
  );
  return [...new Set(reasons)].sort();
}

/** A policy as what it says: no order, a list of one as its element, an account as its root (AWS IAM user guide). */
function meant(attribute: AttributeName, value: unknown): unknown {
  return attribute === 'policy' && typeof value === 'string' ? plainly(JSON.parse(value)) : value;
}

function plainly(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map(plainly).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return elements.length === 1 ? elements[0] : elements;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, each]) => [name, plainly(each)]),
    );
  }
  return typeof value === 'string' && /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value;
}
