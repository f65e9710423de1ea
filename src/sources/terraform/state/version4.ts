import type { Entry } from './entries.ts';
import type { StateOrigin } from './instance.ts';
import { type Found, factsOfResource, gap, joined } from './resource-facts.ts';

/** What a version 4 state says (hashicorp/terraform, internal/states/statefile/version4.go). */
export const factsOfVersion4 = (resources: readonly Entry[], origin: StateOrigin): Found =>
  joined(
    resources.map(({ at, hasType, read }) => {
      const where = `resources[${at}]`;
      return hasType ? factsOfResource(read(), where, origin) : gap(`${where} has no type`);
    }),
  );
