import { resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Diagnostic } from '../model/coverage.ts';
import { DEFAULT_GRACE_MS, type Estate } from '../model/inventory.ts';
import type { PulumiFile } from '../model/named.ts';
import type { Ownership } from '../model/ownership.ts';
import { DEFAULT_FAIL_ON, type FailOn } from '../model/rule.ts';
import { DAY, type Instant } from '../model/time.ts';
import { byFlag, type GivenWhere } from '../sources/terraform/state/where.ts';
import type { GateFlags, JudgingFlags, SourceFlags } from './flags.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';

/** Where to look, by flags (and variables, which flags hold by now) over the settings file over defaults. */
export interface EffectiveSources {
  readonly regions: readonly string[];
  readonly states: readonly GivenWhere[];
  readonly configDirs: readonly string[];
  readonly plans: readonly string[];
  readonly pulumi: readonly PulumiFile[];
  readonly estate: Estate;
  readonly events: 'lookup' | 'off';
  /** Milliseconds, like `graceMs`. */
  readonly sinceMs: number;
  readonly graceMs: number;
}

/** A list of flags takes the place of the file's. */
export function effectiveSources(
  flags: SourceFlags & JudgingFlags,
  { settings }: HeldSettings,
  { cwd }: Pick<Host, 'cwd'>,
): EffectiveSources {
  return {
    regions: over(flags.region, settings.regions),
    states: over(flags.state.map(byFlag), settings.states.map(fromFile(settings))),
    configDirs: over(flags.configDir, settings.configDirs),
    plans: over(flags.plan, settings.plans),
    pulumi: over(flags.pulumi.map(unnamed), settings.pulumi),
    estate: flags.estate ?? vouchedBy(settings, flags, cwd) ?? 'partial',
    events: flags.events ?? settings.events ?? 'lookup',
    sinceMs: flags.since ?? settings.since ?? DEFAULT_SINCE_MS,
    graceMs: flags.grace ?? settings.grace ?? DEFAULT_GRACE_MS,
  };
}

/** As far back as the event history goes (CloudTrail User Guide, "Working with CloudTrail event history"). */
const DEFAULT_SINCE_MS = 90 * DAY;

/** What is said of judging; an inventory has its own answers for the rest. */
export interface EffectiveJudging {
  /** Of flags alone: the file speaks of the states that it names, and an inventory may be of others. */
  readonly estate: Estate | undefined;
  readonly graceMs: number | undefined;
  readonly asOf: Instant | undefined;
  readonly ownership: Partial<Ownership>;
}

/** How the settings file and flags say to judge. */
export function effectiveJudging({ estate, grace, asOf }: JudgingFlags, { settings }: HeldSettings): EffectiveJudging {
  const { ownership, places } = settings;
  const { deployers, owned, owners, ignoreTags } = ownership;
  return {
    estate,
    graceMs: grace ?? settings.grace,
    asOf,
    ownership: {
      ...(places.has('ownership') ? { deployers, owned } : {}),
      ...(places.has('owners') ? { owners } : {}),
      ...(places.has('ignore-tags') ? { ignoreTags } : {}),
    },
  };
}

/** What a gate answers by. */
export interface EffectiveGate {
  readonly failOn: FailOn;
  readonly allowPartial: boolean;
}

/** What flags and the settings file make of the exit code. */
export const effectiveGate = ({ failOn, allowPartial }: GateFlags, { settings }: HeldSettings): EffectiveGate => ({
  failOn: failOn ?? settings.failOn ?? DEFAULT_FAIL_ON,
  allowPartial: allowPartial ?? settings.allowPartial ?? false,
});

/** A file may name no host for a token and no command, whoever gave it. */
export const fromFile =
  ({ within }: Settings) =>
  (where: string): GivenWhere => ({
    where,
    from: 'repository',
    ...(within === undefined ? {} : { within: [within] }),
  });

const over = <T>(flags: readonly T[], settings: readonly T[]): readonly T[] => (flags.length > 0 ? flags : settings);

const unnamed = (file: string): PulumiFile => ({ file, name: undefined, from: 'flag' });

/** A warning where the file calls the estate complete, and flags name states of which it does not say so. */
export function estateNotes(
  flags: SourceFlags & JudgingFlags,
  { settings }: HeldSettings,
  { cwd }: Pick<Host, 'cwd'>,
): Diagnostic[] {
  const isPassedOver = settings.estate === 'complete' && vouchedBy(settings, flags, cwd) === undefined;
  if (flags.estate !== undefined || !isPassedOver) return [];
  const message = `${settings.places.get('estate') ?? 'estate'}: estate: complete speaks of the states that this file leads to, and flags name others: it is partial here, unless --estate says so`;
  return [{ level: 'warning', source: 'settings', message }];
}

/** The file speaks of the states that it names, or leads to: those that flags name may be few of them, or others. */
function vouchedBy(settings: Settings, { state, configDir }: SourceFlags, cwd: string): Settings['estate'] {
  const { estate, states, roots, configDirs } = settings;
  const isAboutSome = states.length > 0 || roots.length > 0 || configDirs.length > 0;
  const dirs = configDir.map((dir) => resolve(cwd, dir));
  const leavesOut = dirs.length > 0 && configDirs.some((dir) => !dirs.includes(dir));
  return (state.length > 0 && isAboutSome) || leavesOut ? undefined : estate;
}
