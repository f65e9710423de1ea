import type { z } from 'zod';
import type {
  StateAliasFact,
  StateFact,
  StateKeyStoreFact,
  StateModulesFact,
  StatePolicyFact,
} from '../../../model/facts.ts';
import { aliasFactOf, keyStoreFactOf, policyFactOf } from './companion-facts.ts';
import { hasDamagedArn, type Instance, instanceOf, keyFactOf, resourceSchema, type StateOrigin } from './instance.ts';
import { readersOf } from './key-types.ts';
import { COMPANIONS } from './our-types.ts';

/** What a state says of one thing. */
export type FactOfState = StateFact | StateAliasFact | StatePolicyFact | StateKeyStoreFact | StateModulesFact;

/** What was read, and the entries that may be keys and could not be. */
export interface Found {
  readonly facts: readonly FactOfState[];
  readonly gaps: readonly string[];
}

/** Nothing read, and why. */
export const gap = (reason: string): Found => ({ facts: [], gaps: [reason] });

/** The modules that resources of other types are in. */
export const modulesOf = (modules: readonly string[], origin: StateOrigin): Found => ({
  facts: modules.length === 0 ? [] : [{ kind: 'state-modules', modules: [...modules], ...origin }],
  gaps: [],
});

/** All facts and all gaps, in their order. */
export const joined = (found: readonly Found[]): Found => ({
  facts: found.flatMap(({ facts }) => facts),
  gaps: found.flatMap(({ gaps }) => gaps),
});

/** The facts of a resource of ours as version 4 writes it. `where` names its entry in what is said of damage. */
export function factsOfResource(entry: unknown, where: string, origin: StateOrigin): Found {
  const parsed = resourceSchema.safeParse(entry);
  if (!parsed.success) return gap(`${where}.${faultIn(parsed.error)} is not what a state has there`);
  const resource = parsed.data;
  return joined(
    resource.instances.map((instance, index) => {
      const read = instanceOf(resource, instance);
      return read === undefined ? gap(`${where}.instances[${index}] is damaged`) : factOf(read, origin);
    }),
  );
}

/** The field that is at fault, never what stands in it. */
export const faultIn = (error: z.ZodError): string => error.issues[0]?.path[0]?.toString() ?? 'its form';

function factOf(instance: Instance, origin: StateOrigin): Found {
  const readers = readersOf(instance.mode, instance.resourceType);
  if (readers !== undefined) {
    const key = keyFactOf(instance, readers, origin);
    return { facts: [key], gaps: damageIn(instance, key) };
  }
  const { address } = instance;
  switch (COMPANIONS.get(instance.resourceType)) {
    case 'policy':
      return policyOf(instance, origin);
    case 'key-store':
      return found(keyStoreFactOf(instance, origin), `${address} has no id`);
    default:
      return found(aliasFactOf(instance, origin), `${address} has no alias name`);
  }
}

const found = (fact: FactOfState | undefined, lack: string): Found =>
  fact === undefined ? gap(lack) : { facts: [fact], gaps: [] };

function policyOf(instance: Instance, origin: StateOrigin): Found {
  if (instance.mode === 'data') return gap(`${instance.address} is a data source that keydrift does not know`);
  const fact = policyFactOf(instance, origin);
  return { facts: [fact], gaps: fact.keyId === null ? [`${instance.address} names no key`] : [] };
}

function damageIn({ address, values }: Instance, { keyId }: StateFact): readonly string[] {
  if (keyId === null) return [`${address} names no key`];
  return hasDamagedArn(values) ? [`${address} has an arn that is not the ARN of a key`] : [];
}
