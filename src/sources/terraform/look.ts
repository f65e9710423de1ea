import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError, UserError } from '../../errors.ts';
import { isModuleCall, stepsOf } from '../../model/address.ts';
import type { Source } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';
import { type Estate, joinLooks, type Look } from '../../model/inventory.ts';
import type { NamedRoot } from '../../model/named.ts';
import { shownPath } from '../shown-path.ts';
import type { Looking } from '../source.ts';
import type { StateAccess } from './backends/access.ts';
import { boundsOf } from './configuration/bounds.ts';
import { lookAtConfiguration } from './configuration/look.ts';
import { createModuleReader, type ModuleReader } from './configuration/module-reader.ts';
import { placesTold } from './configuration/places.ts';
import { lookAtPlans, type PlanAsk } from './plan/look.ts';
import { findRoots } from './roots/find.ts';
import type { FoundRoots } from './roots/found.ts';
import { hereAlone, isHere } from './roots/here.ts';
import { areStatesAsked, pairRoots, type SavedStates, statesToRead } from './roots/pair.ts';
import { locateStates } from './state/locate.ts';
import { lookAtStates, type StateLook } from './state/look.ts';
import type { GivenWhere } from './state/where.ts';

/** What of Terraform is to be looked at; paths start from `cwd`. */
export interface TerraformAsk {
  /** States that flags or settings give, whosever they are. */
  readonly states: readonly GivenWhere[];
  /** Whether somebody said that the states read are all there are. */
  readonly estate: Estate;
  /** Root modules that the settings name. */
  readonly roots: readonly NamedRoot[];
  readonly configDirs: readonly string[];
  /** Absolute directory of the settings, where there are some. */
  readonly settingsDir?: string;
  /** Absolute paths of files that flags name. */
  readonly varFiles: readonly string[];
  readonly plans: readonly string[];
  /** Nobody is asked for anything: of states only those that are files here are read, and the others are no gap. */
  readonly isOffline?: boolean;
  /** States that were read before: none is read, and roots are paired with those. */
  readonly saved?: SavedStates;
  /** Directories that are given need not hold a root. */
  readonly mayBeNone?: boolean;
  /** Roots tell what they were read from, and blocks what decides what is not known of them. */
  readonly tellsPlaces?: boolean;
  /** To read what stood here before a change in place of what stands here. */
  readonly formerly?: (reader: ModuleReader) => ModuleReader;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Terraform's side of a scan: what is declared and planned, and then, when KMS has been asked, what states hold. */
export interface TerraformLook {
  readonly requested: readonly Source[];
  /** Configuration and plans. */
  readonly declared: Look;
  /** Reads the states and says which root each belongs to. Whoever calls it calls `recheck` of what it gives. */
  readonly states: (from: {
    readonly stdin: AsyncIterable<Uint8Array>;
    readonly access: StateAccess;
  }) => Promise<Look & Pick<StateLook, 'recheck'>>;
}

/**
 * Reads configuration and plans, and finds out where states are, without reading one. Throws UserError for what is
 * misspelt: that is told before AWS is asked for minutes.
 */
export async function lookAtTerraform(ask: TerraformAsk, looking: Looking): Promise<TerraformLook> {
  const { cwd, isOffline = false, saved } = ask;
  const given = isOffline ? ask.states.filter(isHere) : ask.states;
  await assertVarFiles(ask);
  const dirs = [...ask.configDirs.map((dir) => resolve(cwd, dir)), ...(ask.settingsDir ? [ask.settingsDir] : [])];
  const { formerly = (reader) => reader } = ask;
  const reader = formerly(createModuleReader(cwd, looking.signal, boundsOf({ cwd, dirs, env: ask.env }), ask.env));
  const all = await findRoots({ ...ask, named: ask.roots, dirs: ask.configDirs, reader }, looking);
  const found = isOffline && saved === undefined ? hereAlone(all) : all;
  const where = saved === undefined ? statesToRead(found.roots, given, isOffline) : [];
  // To refuse what leads nowhere before AWS is asked. States are located again when they are read: one that an apply
  // writes meanwhile holds keys that are live by then, and left out it would make them unmanaged.
  if (where.length > 0) await locateStates({ where, cwd }, looking.signal);
  const plans = plansOf(ask, found);
  const areGivenAll = ask.estate === 'complete' && given.some(({ from }) => from !== 'repository');
  const roots = found.roots.map(({ root }) => root);
  const configuration = await lookAtConfiguration(
    { roots, cwd, env: ask.env, varFiles: ask.varFiles, reader, tellsUndecided: ask.tellsPlaces ?? false },
    looking,
  );
  const planned = plans.length === 0 ? [] : [await lookAtPlans({ where: plans, cwd, env: ask.env }, looking)];
  return {
    requested: [
      ...(areStatesAsked(found.roots, given) ? (['state'] as const) : []),
      // What could not be looked into below may hold any number of roots: that is asked for, and a gap.
      ...(found.roots.length > 0 || found.coverage.length > 0 ? (['configuration'] as const) : []),
      ...(plans.length > 0 ? (['plan'] as const) : []),
    ],
    declared: joinLooks([
      { facts: [], coverage: found.coverage, diagnostics: found.diagnostics },
      configuration,
      ...planned,
    ]),
    states: async (from) => {
      const withModules = configuration.facts.some(isModuleMove);
      const stated = where.length === 0 ? undefined : await lookAtStates({ where, cwd, ...from, withModules }, looking);
      const { reachOf } = configuration;
      const placesOf = ask.tellsPlaces ? await placesTold(configuration, cwd) : undefined;
      const pairing = { ...found, given, areGivenAll, stated, saved, reachOf, placesOf, isOffline, cwd };
      const paired = pairRoots({ ...pairing, readAt: looking.now() });
      const looks = joinLooks(stated === undefined ? [paired] : [stated, paired]);
      return { ...looks, recheck: stated?.recheck ?? (async () => []) };
    },
  };
}

/** It is carried out only where the state holds nothing in the module that it leads to, of whatever type. */
const isModuleMove = (fact: Fact): boolean =>
  fact.kind === 'moved' && isModuleCall(stepsOf(fact.to).at(-1)?.name ?? '');

/** Throws a UserError for a file that is not there. */
async function assertVarFiles({ varFiles, cwd }: TerraformAsk): Promise<void> {
  for (const file of varFiles) {
    const flag = `--var-file ${shownPath(file, cwd)}`;
    try {
      if (!(await stat(file)).isDirectory()) continue;
    } catch (error) {
      throw fileError(flag, error);
    }
    throw new UserError(`${flag}: it is a directory; give the file with the values in it`);
  }
}

/** A plan that is given is of the root that the settings name it for, or of the only one; without any, the settings' own. */
function plansOf({ plans, cwd }: TerraformAsk, { roots }: FoundRoots): readonly PlanPlace[] {
  const named = roots.flatMap(({ root, plan }) => (plan === undefined ? [] : [{ plan, root: root.root }]));
  if (plans.length === 0)
    return named.map(({ plan, root }) => ({ where: shownPath(plan, cwd), from: 'repository', root }));
  const [only, ...others] = roots;
  const single = others.length === 0 ? only?.root.root : undefined;
  return plans.map((where) => {
    const said = named.find(({ plan }) => plan === resolve(cwd, where));
    return { where, from: 'flag', root: said?.root ?? single ?? null };
  });
}

type PlanPlace = PlanAsk['where'][number];
