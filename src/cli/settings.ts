import { relative, resolve } from 'node:path';
import { findSettings } from '../config/find-settings.ts';
import { NO_SETTINGS, readSettings, type Settings } from '../config/settings.ts';
import type { SourceFlags } from './flags.ts';
import type { Host } from './host.ts';

/** The settings file that holds, and what it says. */
export interface HeldSettings {
  readonly settings: Settings;
  /** Absolute; undefined where there is none. */
  readonly file: string | undefined;
}

/** Those of `--config`, else those of the nearest keydrift.yaml. Throws UserError with path, line and column. */
export async function heldSettings({ config }: Pick<SourceFlags, 'config'>, { cwd }: Host): Promise<HeldSettings> {
  const file = config === undefined ? await findSettings(cwd) : resolve(cwd, config);
  if (file === undefined) return { settings: NO_SETTINGS, file };
  const shown = config ?? relative(cwd, file);
  return { settings: await readSettings({ file, shown, isNamed: config !== undefined, cwd }), file };
}
