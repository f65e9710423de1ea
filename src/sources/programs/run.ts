import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Env } from '../aws/profile.ts';
import { wholeBody } from '../terraform/backends/body.ts';

/** A program without a shell. */
export interface Run {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  readonly dir: string;
  /** All that it is given of an environment. */
  readonly env: Env;
  /** It is told to stop then; in milliseconds. */
  readonly limitMs: number;
  /** What it reads from standard input; without it there is none. */
  readonly input?: string;
}

/** What came of it. */
export type Ended =
  /** `code` is null where a signal ended it, which `killedBy` then names. */
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly killedBy: string | null;
      readonly stdout: Uint8Array;
      /** Its end: 64 KiB at most. */
      readonly stderr: string;
    }
  /** It could not be started, took too long, or wrote too much. */
  | { readonly kind: 'failed'; readonly reason: string };

/** What is kept of stderr, in bytes: its end says why. */
const KEPT = 64 * 1024;

const PATIENCE_MS = 5_000;

/** Runs a program to its end. Aborted or too slow, it is told to stop, then made to. */
export async function run({ path, args, dir, env, limitMs, input }: Run, signal: AbortSignal): Promise<Ended> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(limitMs);
  const child = spawn(path, args, { cwd: dir, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  // One that ends without having read all of it says why itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const stop = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const either = AbortSignal.any([signal, late]);
  either.addEventListener('abort', stop, { once: true });
  try {
    const [stdout, stderr, [code, killedBy]] = await Promise.all([wholeBody(child.stdout), endOf(child.stderr), ended]);
    if (late.aborted) return tooSlow(limitMs);
    if ('kind' in stdout) return { kind: 'failed', reason: stdout.reason };
    return { kind: 'ended', code, killedBy, stdout, stderr };
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return tooSlow(limitMs);
    stop();
    return { kind: 'failed', reason: `it could not be run: ${codeOf(error)}` };
  } finally {
    either.removeEventListener('abort', stop);
  }
}

const tooSlow = (limitMs: number): Ended => ({
  kind: 'failed',
  reason: `not done after ${limitMs / 60_000} minutes`,
});

async function endOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let kept = Buffer.alloc(0);
  for await (const chunk of stream) kept = Buffer.concat([kept, chunk]).subarray(-KEPT);
  return kept.toString('utf8');
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'its output broke off';
