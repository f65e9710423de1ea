import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const PROCESS = fileURLToPath(new URL('./process.js', import.meta.url));

const outcomeSchema = z.object({ value: z.unknown(), peakBytes: z.number() });
/** What a part came to, and the largest resident set of its process. */
export type PartOutcome = z.infer<typeof outcomeSchema>;

/** Runs one part of part/process.ts in a process of its own: memory cannot be measured beside another benchmark's. */
export async function inProcess(
  part: string,
  argument: string,
  { flags = [], cwd }: { readonly flags?: readonly string[]; readonly cwd?: string } = {},
): Promise<PartOutcome> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, PROCESS, part, argument], { cwd });
  return outcomeSchema.parse(JSON.parse(stdout));
}
