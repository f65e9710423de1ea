import { UserError } from '../../../errors.ts';
import type { Diagnostic } from '../../../model/coverage.ts';
import { grouped } from '../../../model/grouped.ts';
import type { NamedRoot } from '../../../model/named.ts';
import { by } from '../../../model/order.ts';
import { shownPath } from '../../shown-path.ts';
import type { Looking } from '../../source.ts';
import { basesOf } from '../configuration/bounds.ts';
import type { ModuleReader, ModuleSource } from '../configuration/module-reader.ts';
import type { GivenWhere } from '../state/where.ts';
import { backendOf } from './backend-of.ts';
import { discoverRoots, noConfiguration, unlisted } from './discover.ts';
import type { FoundRoot, FoundRoots } from './found.ts';
import { fromRepository, type StateHome, unplaced } from './home.ts';
import { isWorkspace } from './initialised.ts';
import { stateHome } from './state-home.ts';

/** Which root modules are wanted, and with what they are read. */
export interface RootsAsk {
  /** Of the settings. */
  readonly named: readonly NamedRoot[];
  /** `--config-dir` arguments: where there are some, the named roots that are not below them do not count. */
  readonly dirs: readonly string[];
  /** `--var-file` arguments, absolute: where there are some they replace those of the settings, for every root. */
  readonly varFiles: readonly string[];
  /** Directories that were given need not hold a root. */
  readonly mayBeNone?: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly reader: ModuleReader;
}

/**
 * The root modules to read, and where the states of each are. Nothing is executed; of backends only a list of harmless
 * settings is read. Throws UserError for a directory that cannot be listed or holds no root.
 */
export async function findRoots(ask: RootsAsk, { now, signal }: Looking): Promise<FoundRoots> {
  const { named, dirs, cwd, reader } = ask;
  const discovered =
    dirs.length === 0 ? NOTHING : await discoverRoots({ dirs, mayBeNone: ask.mayBeNone === true, cwd, reader, now });
  signal.throwIfAborted();
  const places = dirs.length === 0 ? await namedPlaces(named, ask) : placesIn(discovered.roots, named);
  const byDir = grouped(places, ({ source }) => source.dir);
  const left = named.filter(({ dir }) => !byDir.has(dir));
  const found = await Promise.all(
    places.map((place) =>
      foundRoot(place, nameOf(place, (byDir.get(place.source.dir) ?? []).length > 1), { ...ask, signal }),
    ),
  );
  return {
    roots: found.map(({ root }) => root).toSorted(by(({ root }) => root.root)),
    left: left.map((root) => leftRoot(root, left, cwd)).toSorted(by(({ root }) => root)),
    coverage: discovered.coverage,
    diagnostics: [...discovered.diagnostics, ...found.flatMap(({ diagnostics }) => diagnostics)],
  };
}

const NOTHING = { roots: [], coverage: [], diagnostics: [] } as const;

/** A directory that is a root, and what the settings say of it. */
interface Place {
  readonly source: ModuleSource;
  readonly named: NamedRoot | undefined;
}

async function namedPlaces(named: readonly NamedRoot[], { reader, cwd }: RootsAsk): Promise<readonly Place[]> {
  const places = await Promise.all(named.map(async (root) => ({ source: await reader.read(root.dir), named: root })));
  for (const { source, named: root } of places) {
    const shown = shownPath(source.dir, cwd);
    if (source.unreadable !== null) throw misnamed(unlisted(shown, source.unreadable), root);
    if (source.files.length === 0) throw misnamed(noConfiguration(shown), root);
  }
  return places;
}

/** Whoever deletes a root finds it in the settings next. */
const misnamed = (what: string, { at }: NamedRoot): UserError =>
  new UserError(at === undefined ? what : `${at}: ${what}; if the root is gone, take it out here`);

function placesIn(roots: readonly ModuleSource[], named: readonly NamedRoot[]): readonly Place[] {
  const said = grouped(named, ({ dir }) => dir);
  return roots.flatMap((source) => (said.get(source.dir) ?? [undefined]).map((root) => ({ source, named: root })));
}

function leftRoot(
  { dir, workspace, states = [], accounts, regions }: NamedRoot,
  all: readonly NamedRoot[],
  cwd: string,
) {
  const isShared = all.filter((other) => other.dir === dir).length > 1;
  const reach = { accounts: settled(accounts), regions: settled(regions) };
  return { root: rootName(shownPath(dir, cwd), workspace, isShared), states, reach };
}

const nameOf = ({ source, named }: Place, isShared: boolean): string =>
  rootName(source.path, named?.workspace, isShared);

const rootName = (path: string, workspace: string | undefined, isShared: boolean): string =>
  isShared ? `${path}@${workspace ?? ''}` : path;

async function foundRoot(
  { source, named }: Place,
  name: string,
  ask: RootsAsk & Pick<Looking, 'signal'>,
): Promise<{ readonly root: FoundRoot; readonly diagnostics: readonly Diagnostic[] }> {
  const { home, diagnostics } = await homeOf(source, name, named, ask);
  const { states, gaps, mayBeHere, workspace } = home;
  const root = {
    root: name,
    dir: source.dir,
    workspace,
    varFiles: ask.varFiles.length > 0 ? ask.varFiles : (named?.varFiles ?? null),
    states: states.length === 0 && gaps.length === 0 ? null : states.map(({ where }) => where),
    reach: { accounts: settled(named?.accounts), regions: settled(named?.regions) },
  };
  return {
    root: {
      root,
      states,
      gaps,
      ...(mayBeHere ? { mayBeHere } : {}),
      isSaid: named?.states !== undefined,
      isNamed: named !== undefined,
      plan: named?.plan,
    },
    diagnostics,
  };
}

const within =
  (bases: readonly string[] | undefined) =>
  (state: GivenWhere): GivenWhere =>
    bases === undefined ? state : { ...state, within: bases };

const settled = (said: readonly string[] | undefined): string[] | null => (said === undefined ? null : [...said]);

async function homeOf(
  source: ModuleSource,
  root: string,
  named: NamedRoot | undefined,
  { env, cwd, reader, signal }: RootsAsk & Pick<Looking, 'signal'>,
): Promise<{ readonly home: StateHome; readonly diagnostics: readonly Diagnostic[] }> {
  const { backend, selected: init, diagnostics: of } = await backendOf(source, env, { read: reader.text, signal });
  const variable = env['TF_WORKSPACE'];
  // Terraform takes the variable before what is selected (Terraform CLI documentation, "Environment Variables").
  const selected = variable !== undefined && isWorkspace(variable) ? variable : init;
  const only = named?.workspace;
  if (named?.states !== undefined) {
    const states = named.states.map(fromRepository).map(within(named.within));
    return { home: { states, gaps: [], workspace: only ?? selected }, diagnostics: [] };
  }
  const diagnostics = of.map((each) => ({ ...each, message: `${root}: ${each.message}` }));
  if ('gap' in backend) return { home: unplaced(backend.gap), diagnostics };
  const bases = await basesOf(source.dir, cwd);
  const found = await stateHome({ dir: source.dir, root: source.path, backend, only, selected, env, within: bases });
  const home = { ...found, states: found.states.map(within(bases)) };
  return { home, diagnostics };
}
