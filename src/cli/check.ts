import { regionNotes } from '../config/region-notes.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ChangeFlags } from './change.ts';
import type { Cli } from './cli.ts';
import { judgeCompared } from './compared.ts';
import { effectiveGate, effectiveJudging } from './effective.ts';
import { type BaselineFlags, type JudgingFlags, NOT_GIVEN, type ReportFlags, type SourceFlags } from './flags.ts';
import { withProgress } from './gather.ts';
import type { Host } from './host.ts';
import { deliver, withNotes } from './judge.ts';
import { outputsOf } from './outputs.ts';
import { prepared } from './prepared.ts';
import { type FlagsAndSettings, inputsOf, requestOf } from './request.ts';
import { savedInventory } from './saved-inventory.ts';
import { heldSettings } from './settings.ts';

/** `keydrift check`'s flags: those of `scan` for which nobody is asked. */
export interface CheckFlags
  extends Pick<SourceFlags, 'configDir' | 'varFile' | 'plan' | 'state' | 'config'>,
    Pick<JudgingFlags, 'asOf'>,
    BaselineFlags,
    ChangeFlags,
    ReportFlags {
  /** A saved inventory that stands in for AWS and the states. */
  readonly inventory?: string;
}

/** `keydrift check`: look here, judge, report. Resolves to the exit code. */
export async function check(flags: CheckFlags, { host }: Cli): Promise<number> {
  const outputs = outputsOf(flags.output, host.cwd);
  const held = await heldSettings(flags, host);
  const asked: FlagsAndSettings = { flags: { ...NOT_GIVEN, ...flags }, held };
  const inputs = inputsOf(asked, host);
  const saved = flags.inventory === undefined ? [] : [flags.inventory];
  const written = outputs.map(({ path }) => path);
  const read = { ...inputs, files: [...inputs.files, ...saved] };
  const sight = { configDirs: flags.configDir, assumed: HERE };
  const bench = await prepared(flags, held, { written, read, sight }, host);
  const inventory = await look(asked, flags, host);
  host.signal.throwIfAborted();
  const noted = withNotes(bench, regionNotes(held.settings));
  const judging = effectiveJudging(flags, held);
  const request = requestOf(asked, [], host);
  const judged = await judgeCompared(
    inventory,
    { inputs: noted, judging, request, readsStates: saved.length === 0 },
    host,
  );
  return deliver(judged, outputs, { ...flags, gate: effectiveGate(flags, held) }, host);
}

const HERE: readonly string[] = ['.'];

/** Where nobody names a directory, it is the working directory; there need be nothing in it where something else is given. */
async function look(asked: FlagsAndSettings, { inventory: file }: CheckFlags, host: Host): Promise<Inventory> {
  const { collectHere } = await import('../check.ts');
  const saved = file === undefined ? undefined : await savedInventory(file, host);
  const request = requestOf(asked, [], host);
  const states = saved === undefined ? request.states : [];
  const areDirsAssumed = request.configDirs.length === 0 && request.roots.length === 0;
  const isElseGiven = saved !== undefined || states.length > 0 || request.plans.length > 0;
  return withProgress(host, (ports) =>
    collectHere(
      {
        ...request,
        states,
        configDirs: areDirsAssumed ? HERE : request.configDirs,
        mayBeNone: areDirsAssumed && isElseGiven,
        ...(saved === undefined ? {} : { saved }),
      },
      ports,
    ),
  );
}
