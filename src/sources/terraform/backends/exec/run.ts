import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Env } from '../../../aws/profile.ts';
import { oneLine } from '../../../one-line.ts';
import { wholeBody } from '../body.ts';
import { HEADERS_VARIABLE } from '../http/headers.ts';
import { type Outcome, unreadableFor } from '../source.ts';

/** A program without a shell. */
export interface Run {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  readonly dir: string;
  readonly env: Env;
}

/** Longer than any pull, shorter than a prompt that nobody answers; in milliseconds. */
const TIME_LIMIT_MS = 10 * 60_000;
/** What is kept of stderr, in bytes: its end says why. */
const KEPT = 64 * 1024;

/** What a program writes to stdout when it ends well. Aborted or too slow, it is told to stop, then made to. */
export async function outputOf({ path, args, dir, env }: Run, signal: AbortSignal): Promise<Outcome> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(TIME_LIMIT_MS);
  const child = spawn(path, args, {
    cwd: dir,
    env: { ...env, ...UNATTENDED, [HEADERS_VARIABLE]: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const stop = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const either = AbortSignal.any([signal, late]);
  either.addEventListener('abort', stop, { once: true });
  try {
    const [bytes, said, [code, killedBy]] = await Promise.all([wholeBody(child.stdout), endOf(child.stderr), ended]);
    if (late.aborted) return unreadableFor(`not done after ${TIME_LIMIT_MS / 60_000} minutes`);
    if ('kind' in bytes) return unreadableFor(bytes.reason);
    if (code === 0) return { kind: 'content', bytes };
    return unreadableFor(`it ended with ${code === null ? killedBy : `exit code ${code}`}${because(said, env)}`);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return unreadableFor(`not done after ${TIME_LIMIT_MS / 60_000} minutes`);
    stop();
    return unreadableFor(`it could not be run: ${codeOf(error)}`);
  } finally {
    either.removeEventListener('abort', stop);
  }
}

const PATIENCE_MS = 5_000;

/** Nobody is there to answer (Terraform documentation, "Environment Variables"; Terragrunt documentation, "CLI Options"). */
const UNATTENDED = {
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  TERRAGRUNT_NON_INTERACTIVE: 'true',
  TG_NON_INTERACTIVE: 'true',
};

async function endOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let kept = Buffer.alloc(0);
  for await (const chunk of stream) kept = Buffer.concat([kept, chunk]).subarray(-KEPT);
  return kept.toString('utf8');
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'its output broke off';

/** An escape character is one of Cc. */
const COLOUR = /\p{Cc}\[[\d;]*[A-Za-z]/gu;
const FRAME = /^[\s│╷╵|]+/;

/** The last line that says "Error:", else the last line; without what the environment holds in secret. */
function because(stderr: string, env: Env): string {
  const lines = stderr.split(/[\r\n]+/).flatMap((line) => oneLine(line.replace(COLOUR, '').replace(FRAME, '')) || []);
  const line = lines.findLast((each) => /^Error: /.test(each)) ?? lines.at(-1);
  return line === undefined ? '' : `: ${withoutSecrets(line, env)}`;
}

const SECRET_NAME = /TOKEN|SECRET|PASSW|CREDENTIAL|_KEY|HEADER/i;
const LEAST_SECRET = 6;

function withoutSecrets(line: string, env: Env): string {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value !== undefined && value.length >= LEAST_SECRET ? [value] : [],
  );
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), line);
}
