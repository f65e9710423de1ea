import type { Need } from '../../model/rule.ts';

/** What costs KMS calls of its own beside ListKeys, DescribeKey and ListAliases, and is asked only when a rule reads it. */
export type Facet = 'rotation' | 'tags' | 'policy' | 'keyStore';

const FACET_OF: Readonly<Record<Need, Facet | null>> = {
  created: null,
  configuration: null,
  state: null,
  live: null,
  'live.aliases': null,
  'live.keyStore': 'keyStore',
  'live.rotation': 'rotation',
  'live.tags': 'tags',
  'live.policy': 'policy',
  // Asked of few keys, once it is known which (last-usage.ts).
  'live.lastUsage': null,
  deletion: null,
  plan: null,
  owners: null,
};

/** The facets that rules with these needs read. Aliases are none: one paged call brings them all. */
export const facetsOf = (needs: Iterable<Need>): ReadonlySet<Facet> =>
  new Set([...needs].map((need) => FACET_OF[need]).filter((facet) => facet !== null));
