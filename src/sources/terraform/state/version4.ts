import type { Entries } from './entries.ts';
import type { StateOrigin } from './instance.ts';
import { type Found, factsOfResource, gap, joined, modulesOf } from './resource-facts.ts';

/** What a version 4 state says (hashicorp/terraform, internal/states/statefile/version4.go). */
export const factsOfVersion4 = ({ ours, modules }: Entries, origin: StateOrigin): Found =>
  joined([
    ...ours.map(({ at, hasType, read }) => {
      const where = `resources[${at}]`;
      return hasType ? factsOfResource(read(), where, origin) : gap(`${where} has no type`);
    }),
    modulesOf(modules, origin),
  ]);
