import { readFile } from 'node:fs/promises';
import { judgeEstate } from './judging.ts';
import { heldByReporters } from './reporters.ts';
import { lookAt, parseAll } from './state.ts';

/** What can be run in a process of its own; each says in JSON what it came to. */
const PARTS: Readonly<Record<string, (argument: string) => Promise<unknown>>> = {
  lookAtState: (path) => lookAt([path]),
  parseState: (path) => parseAll([path]),
  judgeEstate: (keys) => judgeEstate(Number(keys)),
  heldByReporters: (keys) => heldByReporters(Number(keys)),
};

const [name = '', argument = ''] = process.argv.slice(2);
const value = await PARTS[name]?.(argument);
process.stdout.write(JSON.stringify({ value, peakBytes: await peakBytes() }));

/** Linux hands the peak of the parent's memory on in getrusage (proc(5), VmHWM, is the process's own). */
async function peakBytes(): Promise<number> {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
