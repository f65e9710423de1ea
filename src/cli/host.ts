import { setMaxListeners } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { InterruptedError, UserError } from '../errors.ts';
import type { Timer } from '../sources/source.ts';

/** Where people or programs read. `columns` is undefined when it is no terminal. */
interface Terminal {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** Everything a command may touch that is not a file: passed in, so that a test runs commands in its own process. */
export interface Host {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The report alone. Waits for a slow reader, says nothing about one that left, stops when `signal` aborts. */
  readonly stdout: Terminal & { readonly write: (pieces: Iterable<string>) => Promise<void> };
  readonly stderr: Terminal & { readonly write: (text: string) => void };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Now, as an instant of model/time.ts. */
  readonly now: () => string;
  /** The process's own when absent. */
  readonly timer?: Timer;
  /** Aborted with an InterruptedError by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  readonly package: Package;
}

/** The installed package: its name and version, and where its `rules/` are. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly root: string;
}

/** As shells report it: 128 and the number of the signal (Bash manual, "Exit Status"). */
export const EXIT_OF_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const;

/** Milliseconds after the first Ctrl-C or SIGTERM in which files are put away and connections closed. */
const GRACE_MS = 3_000;

/** This process as a host. A second Ctrl-C or SIGTERM ends it at once, and so does the end of a short grace. */
export function processHost(): Host {
  const signal = interruption();
  const { stdout, stderr, env } = process;
  return {
    stdin: readStdin(signal),
    stdout: { ...terminal(stdout), write: writerTo(stdout, signal) },
    stderr: { ...terminal(stderr), write: (text) => void stderr.write(text) },
    env,
    cwd: process.cwd(),
    now: () => new Date().toISOString(),
    signal,
    package: readPackage(),
  };
}

/** Opens standard input only when somebody reads it. */
async function* readStdin(signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  yield* addAbortSignal(signal, process.stdin);
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  // Every call in flight listens; Node.js would warn about a leak from the eleventh on.
  setMaxListeners(0, controller.signal);
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) endBy(name);
      controller.abort(new InterruptedError(name));
      setTimeout(() => endBy(name), GRACE_MS);
    });
  }
  return controller.signal;
}

/** What waits in a thread of Node.js for the system (its process.getActiveResourcesInfo()). */
const IN_THREAD = /^(?:FSReq|GetAddrInfo|GetNameInfo|DirHandle)/;

/**
 * Ends the process with this exit code, an interrupted one in any case: process.exit() waits for threads, and one that
 * opens a pipe nobody writes to, or a file of a server that is gone, waits for ever (libuv, uv_library_shutdown).
 */
export function leave(code: number, signal: AbortSignal): void {
  const { reason } = signal;
  const isStuck = process.getActiveResourcesInfo().some((name) => IN_THREAD.test(name));
  if (signal.aborted && reason instanceof InterruptedError && isStuck) endBy(reason.signal);
  process.exit(code);
}

/**
 * The way in which the signal would have ended the process by itself: shells then report 130 and 143 too. As the first
 * process of a container it is spared by its own signals (pid_namespaces(7)), and exits.
 */
function endBy(name: keyof typeof EXIT_OF_SIGNAL): never {
  process.removeAllListeners(name);
  process.kill(process.pid, name);
  process.exit(EXIT_OF_SIGNAL[name]);
}

const terminal = (stream: NodeJS.WriteStream): Terminal => ({
  isTTY: stream.isTTY === true,
  columns: stream.isTTY === true ? stream.columns : undefined,
});

function writerTo(stream: NodeJS.WriteStream, signal: AbortSignal): Host['stdout']['write'] {
  let readerLeft = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    readerLeft ||= error.code === 'EPIPE';
  });
  return async (pieces) => {
    for (const piece of pieces) {
      signal.throwIfAborted();
      if (readerLeft) return;
      await written(stream, piece);
      // Pipes are written synchronously: without a turn of the event loop no Ctrl-C would come through.
      await turn();
    }
  };
}

function written(stream: NodeJS.WriteStream, piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error?: NodeJS.ErrnoException | null) => {
      if (!error || error.code === 'EPIPE') resolve();
      else reject(new UserError(`cannot write to stdout: ${error.code}; the output is not whole`, { cause: error }));
    });
  });
}

/** The nearest package.json above this file: it lies elsewhere in sources, in a build and in an installed package. */
function readPackage(): Package {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;
  return { name, version, root };
}
