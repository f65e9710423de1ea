import { resolve } from 'node:path';
import type { Host } from '../../src/cli/host.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Timer } from '../../src/sources/source.ts';

/** A host without a process: what commands wrote, and levers for what they see. */
export interface MemoryHost extends Host {
  readonly said: { stdout: string; stderr: string };
  readonly interrupt: (reason: Error) => void;
}

export interface MemoryHostOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Both streams are terminals of so many columns; no terminals when absent. */
  readonly columns?: number;
  readonly now?: () => Instant;
  /** The process's own when absent. */
  readonly timer?: Timer;
  /** Where the built-in rules are. */
  readonly packageRoot?: string;
  /** What stands on standard input; it is empty when absent. */
  readonly stdin?: Uint8Array;
}

export function memoryHost(options: MemoryHostOptions = {}): MemoryHost {
  const said = { stdout: '', stderr: '' };
  const controller = new AbortController();
  const { columns } = options;
  const terminal = { isTTY: columns !== undefined, columns };
  return {
    said,
    interrupt: (reason) => controller.abort(reason),
    stdin: chunksOf(options.stdin),
    stdout: {
      ...terminal,
      write: async (pieces) => {
        for (const piece of pieces) {
          controller.signal.throwIfAborted();
          said.stdout += piece;
        }
      },
    },
    stderr: {
      ...terminal,
      write: (text) => {
        said.stderr += text;
      },
    },
    env: options.env ?? {},
    cwd: options.cwd ?? resolve('.'),
    now: options.now ?? (() => '2026-11-23T05:51:26.000Z'),
    signal: controller.signal,
    ...(options.timer === undefined ? {} : { timer: options.timer }),
    package: { name: 'keydrift', version: '0.1.0', root: options.packageRoot ?? resolve('test/fixtures/cli') },
  };
}

async function* chunksOf(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array, void> {
  if (bytes !== undefined) yield bytes;
}
