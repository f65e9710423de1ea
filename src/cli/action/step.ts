import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { errorCode, fileError, UserError } from '../../errors.ts';
import { errorCommand } from '../../reporters/github/command.ts';
import { plainText } from '../../reporters/plain-text.ts';
import { appendToFile } from '../../sources/append-file.ts';
import type { Host } from '../host.ts';
import { reportBug, run } from '../run.ts';
import { type ActionRequest, actionRequest } from './inputs.ts';
import { outputFileLines, outputsOfReport, pathsOf, type StepOutputs } from './step-outputs.ts';

/** Goes into a directory, absolute; throws a system error where there is none. */
export type Enter = (directory: string) => void;

/**
 * One step of a GitHub workflow: keydrift as its inputs say, and outputs for the steps behind it. Resolves to the exit code
 * of the step; it never rejects.
 */
export async function runStep(host: Host, enter: Enter): Promise<number> {
  let said = '';
  const write = (text: string): void => {
    said = text;
    host.stderr.write(text);
  };
  const code = await answerOf({ ...host, stderr: { ...host.stderr, write } }, enter);
  if (code === 2 && said !== '') await host.stdout.write([`${errorCommand('keydrift', told(said))}\n`]);
  return code;
}

/** What stands on stderr, without the name that the annotation has as its title. */
const told = (line: string): string => line.trim().replace(/^keydrift: /, '');

async function answerOf(host: Host, enter: Enter): Promise<number> {
  try {
    return await step(host, enter);
  } catch (error) {
    if (!(error instanceof UserError)) return reportBug(error, [], host);
    host.stderr.write(`keydrift: ${plainText(error.message.replaceAll(/\s*\n\s*/g, ' '))}\n`);
    return 2;
  }
}

/** What a step came to. */
interface Outcome {
  readonly code: number;
  readonly outputs: StepOutputs;
}

/** Without a report there are no counts: a 0 would read as clean. */
const NO_REPORT: StepOutputs = { complete: 'false' };

async function step(host: Host, enter: Enter): Promise<number> {
  let outcome: Outcome = { code: 2, outputs: NO_REPORT };
  try {
    const request = actionRequest(host.env);
    const cwd = resolve(host.env['GITHUB_WORKSPACE'] || host.cwd, request.directory);
    enterChecked(cwd, enter);
    outcome = await scanned(request, { ...host, cwd });
  } finally {
    await setOutputs({ 'exit-code': `${outcome.code}`, ...outcome.outputs }, host);
  }
  return outcome.code;
}

function enterChecked(directory: string, enter: Enter): void {
  try {
    enter(directory);
  } catch (error) {
    throw fileError(`working-directory ${directory}`, error);
  }
}

/** Counts are of a report of the step's own, so that none from before, or from the repository, is taken for it. */
async function scanned({ args, outputs }: ActionRequest, host: Host): Promise<Outcome> {
  const own = join(variable('RUNNER_TEMP', host), `keydrift-${randomUUID()}.json`);
  // The last of the files: where it stands, the others do as well.
  const asked = [...outputs, `json=${own}`].flatMap((output) => ['-o', output]);
  const code = await run([...args, ...asked], isCommandsOwn(outputs) ? host : withoutCommands(host));
  const counts = await countsAt(own, host);
  return {
    code,
    outputs: counts === undefined ? NO_REPORT : { json: own, ...pathsOf(outputs, host.cwd), ...counts },
  };
}

function variable(name: string, { env }: Host): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new UserError(
    `${name} is not set: this runs as a step of a GitHub workflow; elsewhere there is keydrift itself`,
  );
}

/** Whether stdout is the annotations', which are commands to the runner; a report in another format never is one. */
const isCommandsOwn = (outputs: readonly string[]): boolean =>
  outputs.some((output) => output === 'github' || output === 'github=-');

/** Text on stdout in which the runner looks for no commands (GitHub Docs, "Stopping and starting workflow commands"). */
function withoutCommands(host: Host): Host {
  const token = randomUUID();
  const write: Host['stdout']['write'] = async (pieces) => {
    await host.stdout.write([`::stop-commands::${token}\n`]);
    try {
      await host.stdout.write(pieces);
    } finally {
      await host.stdout.write([`\n::${token}::\n`]);
    }
  };
  return { ...host, stdout: { ...host.stdout, write } };
}

/** undefined: keydrift came to no report. */
async function countsAt(path: string, { signal }: Host): Promise<StepOutputs | undefined> {
  const { readSaved } = await import('../../sources/inventory/saved.ts');
  try {
    const saved = await readSaved(path, signal);
    if (saved.kind === 'report') return outputsOfReport(saved.report);
  } catch (error) {
    if (!(error instanceof UserError) || errorCode(error.cause) !== 'ENOENT') throw error;
    return undefined;
  }
  throw new Error(`${path} is no report`);
}

/** There is no such file outside of a workflow. */
async function setOutputs(outputs: StepOutputs, { env, signal }: Host): Promise<void> {
  const file = env['GITHUB_OUTPUT'];
  if (file !== undefined && file !== '') await appendToFile(file, () => outputFileLines(outputs), signal);
}
