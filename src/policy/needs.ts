import type { Need } from '../model/rule.ts';
import type { CompiledRule } from './compile.ts';

/** What the sources must look up for these rules: `live.tags` is not fetched unless a rule lists it. */
export const neededFacets = (rules: readonly CompiledRule[]): ReadonlySet<Need> =>
  new Set(rules.flatMap(({ rule }) => rule.needs));
