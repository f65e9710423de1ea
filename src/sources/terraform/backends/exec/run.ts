import type { Env } from '../../../aws/profile.ts';
import { oneLine } from '../../../one-line.ts';
import { run } from '../../../programs/run.ts';
import { HEADERS_VARIABLE } from '../http/headers.ts';
import { type Outcome, unreadableFor } from '../source.ts';

/** A program without a shell, in a directory of Terraform's. */
export interface Pull {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  readonly dir: string;
  readonly env: Env;
}

/** Longer than any pull, shorter than a prompt that nobody answers; in milliseconds. */
const TIME_LIMIT_MS = 10 * 60_000;

/** What a program writes to stdout when it ends well. Aborted or too slow, it is told to stop, then made to. */
export async function outputOf({ path, args, dir, env }: Pull, signal: AbortSignal): Promise<Outcome> {
  const given = { ...env, ...UNATTENDED, [HEADERS_VARIABLE]: undefined };
  const ended = await run({ path, args, dir, env: given, limitMs: TIME_LIMIT_MS }, signal);
  if (ended.kind === 'failed') return unreadableFor(ended.reason);
  const { code, killedBy, stdout, stderr } = ended;
  if (code === 0) return { kind: 'content', bytes: stdout };
  return unreadableFor(`it ended with ${code === null ? killedBy : `exit code ${code}`}${because(stderr, env)}`);
}

/** Nobody is there to answer (Terraform documentation, "Environment Variables"; Terragrunt documentation, "CLI Options"). */
const UNATTENDED = {
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  TERRAGRUNT_NON_INTERACTIVE: 'true',
  TG_NON_INTERACTIVE: 'true',
};

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
