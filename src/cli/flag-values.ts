import { InvalidArgumentError } from 'commander';
import { UserError } from '../errors.ts';
import { isMisspeltRegion, nearestRegion } from '../model/regions.ts';
import { DAY, type Instant, parseDuration, parseInstant } from '../model/time.ts';
import { isRegionName } from '../sources/aws/region.ts';
import { parseWhere } from '../sources/terraform/state/where.ts';
import { notBuilt } from './not-built.ts';

// What the values of flags are, each from its text. What is none throws for commander to say which flag it is of.

/** A Region's name. */
export function regionIn(text: string): string {
  if (text === 'all') throw notBuilt('--region all', 'name each Region with a --region of its own');
  if (!isRegionName(text)) throw new InvalidArgumentError(`A Region is named like eu-west-1${nearestRegion(text)}.`);
  if (isMisspeltRegion(text)) throw new InvalidArgumentError(`No Region is named like this${nearestRegion(text)}.`);
  return text;
}

/** A WHERE that can be one. */
export function stateIn(where: string): string {
  parseWhere(where);
  return where;
}

/** A WHERE of this machine, for a command that asks nobody. */
export function stateHereIn(where: string): string {
  const { kind } = parseWhere(where);
  if (kind === 'path' || kind === 'stdin') return where;
  // Not repeated: an address may carry a token.
  throw new UserError(
    '--state: keydrift check asks nobody for a state and runs nothing: save it to a file and give that, or pipe it in (terraform state pull | keydrift check --state -)',
  );
}

/** A baseline's file. */
export function baselineIn(file: string): string {
  if (file !== '') return file;
  throw new InvalidArgumentError('A baseline is a file: name one.');
}

/** The file of an inventory that is written. */
export function savedIn(file: string): string {
  if (file !== '-' && file !== '') return file;
  throw new InvalidArgumentError('An inventory goes to a file, not to stdout: name one.');
}

/** How creation records are come by. */
export function eventsIn(text: string): 'lookup' | 'off' {
  if (text === 'lookup' || text === 'off') return text;
  throw notBuilt('--events WHERE (records from anywhere but the event history)', 'give lookup or off');
}

/** Milliseconds, within these bounds. */
export function durationIn(text: string, least: number, most: number): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms < least)
    throw new InvalidArgumentError('A duration is written like 90d, 12h, 30m or 45s.');
  if (ms > most) throw new InvalidArgumentError(`At most ${most / DAY}d.`);
  return ms;
}

/** An instant. */
export function instantIn(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new InvalidArgumentError('A time is written like 2026-11-23T05:51:26Z.');
  return instant;
}
