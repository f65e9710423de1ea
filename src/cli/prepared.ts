import type { Inputs } from '../sources/spared.ts';
import { acceptancesOf, type BaselineFile, baselineFile, heldBaseline } from './acceptances.ts';
import { type ChangeFlags, changeOf } from './change.ts';
import type { BaselineFlags } from './flags.ts';
import type { Sight } from './former.ts';
import type { Host } from './host.ts';
import type { JudgingInputs } from './judge.ts';
import { spare } from './outputs.ts';
import { type HeldRules, heldRules, ownRulePaths } from './rule-set.ts';
import type { HeldSettings } from './settings.ts';

/** What a command writes, and what it reads beside settings, baseline and rules; paths start from the working directory. */
export interface Files {
  readonly written: readonly (string | undefined)[];
  readonly read: Omit<Inputs, 'cwd'>;
  /** Where roots are looked for; without it none are. */
  readonly sight?: Sight;
}

/** What a command judges by. */
export interface Prepared extends JudgingInputs {
  readonly rules: HeldRules;
}

/** Where nothing is read but these. */
export const filesAlone = (...files: readonly string[]): Files['read'] => ({
  states: [],
  configDirs: [],
  rootDirs: [],
  files,
});

/**
 * Everything that a command judges by, once it is certain that it writes over nothing of that and of its inputs. Throws
 * UserError with the place for what is wrong in one of them.
 */
export async function prepared(
  flags: BaselineFlags & ChangeFlags,
  held: HeldSettings,
  files: Files,
  host: Host,
): Promise<Prepared> {
  const baseline = await spared(flags, held, files, host);
  return judgingInputs(flags, held, { baseline, sight: files.sight }, host);
}

/** Throws UserError where a command would write over what it reads; gives back where the baseline is. */
export async function spared(
  flags: BaselineFlags,
  held: HeldSettings,
  { written, read }: Files,
  host: Host,
): Promise<BaselineFile> {
  const baseline = await baselineFile(flags, held, host);
  const settings = held.file === undefined ? [] : [held.file];
  const files = [...read.files, ...settings, baseline.file, ...(await ownRulePaths(held, host))];
  await spare(written, { ...read, files }, host);
  return baseline;
}

/** Rules, acceptances and the change. */
export async function judgingInputs(
  flags: ChangeFlags,
  held: HeldSettings,
  { baseline, sight }: { readonly baseline: BaselineFile; readonly sight?: Sight | undefined },
  host: Host,
): Promise<Prepared> {
  const rules = await heldRules(held, host);
  const known = await heldBaseline(baseline, host);
  const acceptances = acceptancesOf(held, known, rules);
  return { rules, acceptances, change: await changeOf(flags, held, { baseline: baseline.file, known, sight }, host) };
}
