import { InterruptedError, UserError } from '../errors.ts';
import { plainText, uncommanding } from '../reporters/plain-text.ts';
import type { Collect } from './cli.ts';
import { EXIT_OF_SIGNAL, type Host } from './host.ts';

const collectByScan: Collect = async (request, ports) => (await import('../scan.ts')).collect(request, ports);

/**
 * Runs one command line (without `node` and the script) and resolves to its exit code; it never rejects. Nothing is
 * loaded before it is known to be needed: `--version` answers without a parser of arguments.
 */
export async function run(args: readonly string[], host: Host, collect: Collect = collectByScan): Promise<number> {
  try {
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
      await host.stdout.write([`${host.package.version}\n`]);
      return 0;
    }
    const { dispatch } = await import('./program.ts');
    return await dispatch(args, { host, collect });
  } catch (error) {
    return explain(error, args, host);
  }
}

/** Says on stderr that keydrift failed, with the stack; the exit code of an error. */
export function reportBug(error: unknown, args: readonly string[], { stderr, package: { version } }: Host): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const shown = stack
    .split('\n')
    .map((line) => uncommanding(plainText(line)))
    .join('\n');
  stderr.write(`keydrift: this is a bug in keydrift ${version}; please report it with these lines:\n${shown}\n`);
  return errorCode(args);
}

function explain(error: unknown, args: readonly string[], host: Host): number {
  // What is thrown after an interruption is how a source or a stream stopped, not what went wrong.
  const reason = host.signal.aborted ? host.signal.reason : error;
  if (reason instanceof InterruptedError) {
    host.stderr.write(`keydrift: interrupted\n`);
    return EXIT_OF_SIGNAL[reason.signal];
  }
  if (!(error instanceof UserError)) return reportBug(error, args, host);
  host.stderr.write(`keydrift: ${oneLine(error.message)}\n`);
  return errorCode(args);
}

/** "could not run": 2, or 1 in Terraform's order. Read from the words, for they may be what is wrong. */
const errorCode = (args: readonly string[]): number => (args.includes('--detailed-exitcode') ? 1 : 2);

/** Messages quote files and AWS: nothing in them may start a line or steer a terminal. */
const oneLine = (text: string): string => plainText(text.trim().replaceAll(/\s*\n\s*/g, ' '));
