import { dirname, join, relative, resolve } from 'node:path';
import { readBaseline } from '../config/baseline.ts';
import { BASELINE_NAME } from '../config/baseline-name.ts';
import { directoriesUp } from '../config/find-settings.ts';
import { UserError } from '../errors.ts';
import type { Acceptances, HeldBaseline } from '../model/acceptance.ts';
import { checkBaseline, checkSuppressions } from '../policy/acceptance/checked.ts';
import { plainText } from '../reporters/plain-text.ts';
import type { BaselineFlags } from './flags.ts';
import type { Host } from './host.ts';
import type { HeldRules } from './rule-set.ts';
import type { HeldSettings } from './settings.ts';

/** Where the baseline is, or would be. */
export interface BaselineFile {
  /** Absolute. */
  readonly file: string;
  /** How messages call it. */
  readonly shown: string;
  readonly namedBy: 'flag' | 'settings' | 'nobody';
}

/** That of `--baseline`, else of the settings, else beside them, else in the root of the repository. */
export async function baselineFile(
  { baseline }: BaselineFlags,
  { settings, file: settingsFile }: HeldSettings,
  { cwd }: Host,
): Promise<BaselineFile> {
  if (baseline !== undefined) return { file: resolve(cwd, baseline), shown: baseline, namedBy: 'flag' };
  const file = settings.baseline ?? join(await home(settingsFile, cwd), BASELINE_NAME);
  return { file, shown: relative(cwd, file), namedBy: settings.baseline === undefined ? 'nobody' : 'settings' };
}

async function home(settingsFile: string | undefined, cwd: string): Promise<string> {
  return settingsFile === undefined ? ((await directoriesUp(cwd)).at(-1) ?? cwd) : dirname(settingsFile);
}

/**
 * All that settings and baseline accept. Throws UserError, with its place, for a suppression that cannot hold. `rules` are
 * all there are.
 */
export function acceptancesOf(
  { settings }: HeldSettings,
  baseline: HeldBaseline | null,
  { rules }: HeldRules,
): Acceptances {
  const { suppressions, gaps } = settings;
  checkSuppressions(
    suppressions,
    rules.map(({ rule }) => rule.rule),
  );
  return { suppressions, gaps, baseline };
}

/** What is in the baseline; null where there is none. Throws UserError for what is none, and where a flag names nothing. */
export async function heldBaseline(
  { file, shown, namedBy }: BaselineFile,
  { stderr }: Pick<Host, 'stderr'>,
): Promise<HeldBaseline | null> {
  const found = await readBaseline(file, shown);
  if (found !== undefined) {
    checkBaseline(found);
    return found;
  }
  const words = `${shown}: there is no baseline; keydrift baseline create makes one`;
  if (namedBy === 'flag') throw new UserError(words);
  // Without it every finding counts: that is loud enough to go on, and the first one is made from a report.
  if (namedBy === 'settings') stderr.write(`keydrift: the settings name ${plainText(words)}\n`);
  return null;
}
