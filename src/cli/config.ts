import { Command } from 'commander';
import { regionNotes } from '../config/region-notes.ts';
import { plainText } from '../reporters/plain-text.ts';
import { baselineFile } from './acceptances.ts';
import { takeEnvironment } from './environment.ts';
import { NOT_GIVEN, settingOptions } from './flags.ts';
import type { Host } from './host.ts';
import { originOf } from './setting-origin.ts';
import { type RowsAsk, settingRows } from './setting-rows.ts';
import { settingsJson, settingsTable } from './setting-table.ts';
import { heldSettings } from './settings.ts';

/** `keydrift config`'s flags. */
export interface ConfigFlags {
  readonly config?: string;
  readonly output: 'table' | 'json';
}

/** `keydrift config`: every setting as it holds here, and who says so. `given` are the flags on the command line. */
export async function showConfig(
  { config, output }: ConfigFlags,
  given: readonly string[],
  host: Host,
): Promise<number> {
  const { stateHeadersIn } = await import('../sources/terraform/backends/http/headers.ts');
  const command = commandOfAll();
  const variables = takeEnvironment(command, host.env);
  const flags = { ...NOT_GIVEN, ...command.opts<Partial<AllFlags>>(), ...(config === undefined ? {} : { config }) };
  const held = await heldSettings(flags, host);
  const { shown: baseline } = await baselineFile(flags, held, host);
  const rows = settingRows({ flags, headers: stateHeadersIn(host.env), held, baseline, host });
  const said = { variables, flags: given, places: held.settings.places };
  const settings = rows.map((row) => ({ ...row, from: originOf(row, said) }));
  for (const { message } of regionNotes(held.settings)) host.stderr.write(`keydrift: ${plainText(message)}\n`);
  await host.stdout.write(output === 'json' ? settingsJson(settings) : settingsTable(settings));
  return 0;
}

type AllFlags = RowsAsk['flags'];

/** A command with every setting, to ask variables for. */
function commandOfAll(): Command {
  const command = new Command();
  for (const option of settingOptions()) command.addOption(option);
  return command;
}
