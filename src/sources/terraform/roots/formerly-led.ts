import type { FormerRoot } from '../../../model/change.ts';
import type { NamedRoot } from '../../../model/named.ts';
import { basesOf } from '../configuration/bounds.ts';
import type { ModuleSource } from '../configuration/module-reader.ts';
import { writtenBackend } from './backend-of.ts';
import { localHome } from './local-home.ts';

/** Where the states of one root may be; as a change has it. */
type Led = FormerRoot['states'];

/** What else decides where the states of a root were. */
export interface LedAsk {
  /** What settings said of the directory, a workspace each. */
  readonly named: readonly NamedRoot[];
  /** Settings gave states for all roots, so that nobody asked backends. */
  readonly areGiven: boolean;
  /** Real paths that what settings name may not lead out of; undefined: they are free. */
  readonly within: readonly string[] | undefined;
  readonly cwd: string;
}

/**
 * Where a root had its states that may be files here, by what settings and its blocks said before a change: what `init`
 * left since is of neither. Of a local backend those that lie there now; what the change deleted is told otherwise.
 */
export async function formerlyLed(source: ModuleSource, { named, areGiven, within, cwd }: LedAsk): Promise<Led> {
  const said = named.flatMap(({ states = [] }) => ledWithin(states, within));
  const untold = named.filter(({ states }) => states === undefined);
  if (areGiven || (named.length > 0 && untold.length === 0)) return said;
  const backend = writtenBackend(source);
  if ('gap' in backend || backend.type !== 'local') return said;
  const bases = await basesOf(source.dir, cwd);
  const ask = { dir: source.dir, root: source.path, backend, selected: null, env: {}, within: bases };
  const workspaces = untold.length === 0 ? [undefined] : untold.map(({ workspace }) => workspace);
  const homes = await Promise.all(workspaces.map((only) => localHome({ ...ask, only })));
  const found = homes.flatMap(({ states }) => states.map(({ where }) => where));
  return [...said, ...ledWithin(found, bases)];
}

/** Places that are all to be in the same bounds. */
export const ledWithin = (wheres: readonly string[], within: readonly string[] | undefined): Led =>
  wheres.map((where) => ({ where, ...(within === undefined ? {} : { within }) }));
