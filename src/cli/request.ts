import { dirname, resolve } from 'node:path';
import { neededBy } from '../model/ownership.ts';
import { type CompiledRule, neededFacets } from '../policy/compile.ts';
import type { CollectRequest } from '../scan.ts';
import type { Inputs } from '../sources/spared.ts';
import type { ChangeFlags } from './change.ts';
import { effectiveSources, fromFile } from './effective.ts';
import type { JudgingFlags, SourceFlags } from './flags.ts';
import type { Host } from './host.ts';
import { type HeldSettings, heldSettings } from './settings.ts';

/** What is asked by flags and settings, before rules say what they need to know. */
export interface FlagsAndSettings {
  readonly flags: SourceFlags & JudgingFlags & ChangeFlags;
  readonly held: HeldSettings;
}

/** Reads the settings that stand behind the flags. Throws UserError for what is wrong in them. */
export const flagsAndSettings = async (flags: FlagsAndSettings['flags'], host: Host): Promise<FlagsAndSettings> => ({
  flags,
  held: await heldSettings(flags, host),
});

/** The request that flags and settings come to. */
export function requestOf(asked: FlagsAndSettings, rules: readonly CompiledRule[], host: Host): CollectRequest {
  const { flags, held } = asked;
  const { profile, asOf } = flags;
  return {
    ...effectiveSources(flags, held, host),
    stateHeaders: flags.stateHeader,
    roots: held.settings.roots,
    varFiles: flags.varFile.map((file) => resolve(host.cwd, file)),
    ownership: held.settings.ownership,
    needs: new Set([...neededFacets(rules), ...neededBy(held.settings.ownership)]),
    ...(flags.changedSince === undefined ? {} : { tellsPlaces: true }),
    tool: toolOf(host),
    ...(profile === undefined ? {} : { profile }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(held.file === undefined ? {} : { settingsDir: dirname(held.file) }),
  };
}

/** What such a request names to be read, beside the settings: no output may stand there. */
export function inputsOf({ flags, held }: FlagsAndSettings, host: Host): Omit<Inputs, 'cwd'> {
  const { settings } = held;
  const { states, configDirs, plans, pulumi } = effectiveSources(flags, held, host);
  const named = settings.roots.flatMap(({ varFiles = [], plan }) => [
    ...varFiles,
    ...(plan === undefined ? [] : [plan]),
  ]);
  return {
    states: [...states, ...settings.roots.flatMap((root) => (root.states ?? []).map(fromFile(settings)))],
    configDirs,
    rootDirs: settings.roots.map(({ dir }) => dir),
    files: [...plans, ...flags.varFile, ...pulumi.map(({ file }) => file), ...named],
  };
}

/** The installed package as inventories and reports name it. */
export const toolOf = ({ package: { name, version } }: Host): { readonly name: string; readonly version: string } => ({
  name,
  version,
});
