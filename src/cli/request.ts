import { dirname, resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { DEFAULT_GRACE_MS } from '../model/inventory.ts';
import { type CompiledRule, neededFacets } from '../policy/compile.ts';
import type { CollectRequest } from '../scan.ts';
import type { Inputs } from '../sources/spared.ts';
import { byFlag, type GivenWhere } from '../sources/terraform/state/where.ts';
import type { JudgingFlags, SourceFlags } from './flags.ts';
import type { Host } from './host.ts';
import { type HeldSettings, heldSettings } from './settings.ts';

/** What is asked by flags and settings, before rules say what they need to know. */
export interface Asked {
  readonly flags: SourceFlags & JudgingFlags;
  readonly held: HeldSettings;
}

/** Reads the settings that stand behind the flags. Throws UserError for what is wrong in them. */
export const asked = async (flags: SourceFlags & JudgingFlags, host: Host): Promise<Asked> => ({
  flags,
  held: await heldSettings(flags, host),
});

/** Flags over settings over defaults: a list of flags replaces the settings' list. */
export function requestOf({ flags, held }: Asked, rules: readonly CompiledRule[], host: Host): CollectRequest {
  const { profile, asOf } = flags;
  const { settings } = held;
  return {
    regions: over(flags.region, settings.regions),
    states: statesOf(flags, settings),
    stateHeaders: flags.stateHeader,
    roots: settings.roots,
    configDirs: flags.configDir,
    varFiles: flags.varFile.map((file) => resolve(host.cwd, file)),
    plans: flags.plan,
    pulumi: over(flags.pulumi.map(unnamed), settings.pulumi),
    estate: flags.estate ?? vouchedBy(settings, flags) ?? 'partial',
    ownership: settings.ownership,
    events: flags.events,
    sinceMs: flags.since,
    graceMs: flags.grace ?? DEFAULT_GRACE_MS,
    needs: neededFacets(rules),
    tool: toolOf(host),
    ...(profile === undefined ? {} : { profile }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(held.file === undefined ? {} : { settingsDir: dirname(held.file) }),
  };
}

/** Everything that such a request names to be read: no output may stand there. */
export function inputsOf({ flags, held: { settings, file } }: Asked): Omit<Inputs, 'cwd'> {
  const named = settings.roots.flatMap(({ varFiles = [], plan }) => [
    ...varFiles,
    ...(plan === undefined ? [] : [plan]),
  ]);
  return {
    states: [...statesOf(flags, settings), ...settings.roots.flatMap(({ states = [] }) => states.map(fromSettings))],
    configDirs: flags.configDir,
    rootDirs: settings.roots.map(({ dir }) => dir),
    files: [
      ...(file === undefined ? [] : [file]),
      ...flags.plan,
      ...flags.varFile,
      ...flags.pulumi,
      ...settings.pulumi.map((pulumi) => pulumi.file),
      ...named,
    ],
  };
}

const over = <T>(flags: readonly T[], settings: readonly T[]): readonly T[] => (flags.length > 0 ? flags : settings);

const statesOf = ({ state }: SourceFlags, settings: Settings): readonly GivenWhere[] =>
  over(state.map(byFlag), settings.states.map(fromSettings));

/** The file speaks of the states that it names itself: those of flags may be few of them, or others. */
function vouchedBy({ estate, states, roots }: Settings, { state }: SourceFlags): Settings['estate'] {
  const areOthers = state.length > 0 && (states.length > 0 || roots.length > 0);
  return areOthers ? undefined : estate;
}

/** A file may name no host for a token and no command, whoever gave it. */
const fromSettings = (where: string): GivenWhere => ({ where, from: 'repository' });

const unnamed = (file: string) => ({ file, name: undefined, from: 'flag' as const });

/** The installed package as inventories and reports name it. */
export const toolOf = ({ package: { name, version } }: Host): { readonly name: string; readonly version: string } => ({
  name,
  version,
});
