import { relative, resolve } from 'node:path';
import { findSettings } from '../config/find-settings.ts';
import { NO_SETTINGS, readSettings, type Settings } from '../config/settings.ts';
import type { SourceFlags } from './flags.ts';
import type { Host } from './host.ts';

/** The settings that hold, and the file that they are from, where there is one. */
export interface HeldSettings {
  readonly settings: Settings;
  /** Absolute. */
  readonly file: string | undefined;
}

/** Those of `--config`, else those of the nearest keydrift.yaml. Throws UserError with path, line and column. */
export async function heldSettings({ config }: Pick<SourceFlags, 'config'>, { cwd }: Host): Promise<HeldSettings> {
  const file = config === undefined ? await findSettings(cwd) : resolve(cwd, config);
  if (file === undefined) return { settings: NO_SETTINGS, file };
  return { settings: await readSettings(file, config ?? relative(cwd, file)), file };
}
