import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { UserError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import type { FailOn } from '../model/rule.ts';
import { FORMATS, type Format, isFormat, loadReporter } from '../reporters/index.ts';
import type { ReporterOptions } from '../reporters/reporter.ts';
import type { Inputs } from '../sources/spared.ts';
import { faceOf, WIDTH } from './face.ts';
import type { Host } from './host.ts';
import { treeOf } from './repository.ts';

/** One `-o FORMAT[=PATH]`; without a path it goes to stdout. */
export interface Output {
  readonly format: Format;
  readonly path?: string;
}

/** How many findings of one rule, and lines of one list, a report for people shows before it says "and N more". */
const LIMIT = 10;

const STDOUT: readonly Output[] = [{ format: 'table' }];

/** Reads `-o`'s value. `-` is stdout, as in `--state -`. */
export function parseOutput(text: string): Output {
  const [, format = '', path] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isFormat(format)) throw new InvalidArgumentError(`Formats are ${FORMATS.join(', ')}.`);
  if (path === '') throw new InvalidArgumentError('The path after = is empty.');
  return path === undefined || path === '-' ? { format } : { format, path };
}

/**
 * Where a report goes: the table on stdout when nothing was asked for. Two outputs in one place are a UserError;
 * `taken` is a file that the same command writes for another reason.
 */
export function outputsOf(asked: readonly Output[], cwd: string, taken?: string): readonly Output[] {
  const outputs = asked.length === 0 ? STDOUT : asked.map((output) => resolved(output, cwd));
  const places = new Set(taken === undefined ? [] : [resolve(cwd, taken)]);
  for (const { path = 'stdout' } of outputs) {
    if (places.has(path))
      throw new UserError(`two outputs go to ${path}: give one of them another path, as in json=FILE`);
    places.add(path);
  }
  return outputs;
}

const resolved = ({ format, path }: Output, cwd: string): Output =>
  path === undefined ? { format } : { format, path: resolve(cwd, path) };

/**
 * Throws a UserError when a command would write over what it reads. `written` are the paths of its reports and of the
 * inventory that it saves; to be asked before anything is looked at.
 */
export async function spare(
  written: readonly (string | undefined)[],
  inputs: Omit<Inputs, 'cwd'>,
  { cwd, signal }: Host,
): Promise<void> {
  const paths = written.flatMap((path) => (path === undefined ? [] : [resolve(cwd, path)]));
  const { spareInputs } = await import('../sources/spared.ts');
  await spareInputs(paths, { ...inputs, cwd }, signal);
}

/** What a report is written with. */
interface Writing {
  readonly all: boolean;
  readonly showSuppressed: boolean;
  readonly failOn: FailOn;
  readonly allowPartial: boolean;
  readonly host: Host;
}

/** Writes the report everywhere it was asked for, files first: what stands on stdout says that all is done. */
export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  { all, showSuppressed, failOn, allowPartial, host }: Writing,
): Promise<void> {
  const { writeAtomically } = await import('../sources/atomic-file.ts');
  const shared = { limit: all ? null : LIMIT, showSuppressed, failOn, allowPartial, tree: await treeOf(host) };
  const inFile: ReporterOptions = { ...shared, width: WIDTH, color: false };
  const filesFirst = [...outputs].sort((a, b) => Number(a.path === undefined) - Number(b.path === undefined));
  if (outputs.some(({ format }) => format === 'github')) await summariseStep(report, inFile, host);
  for (const { format, path } of filesFirst) {
    const reporter = await loadReporter(format);
    host.signal.throwIfAborted();
    if (path === undefined) await host.stdout.write(reporter(report, { ...shared, ...faceOf(host) }));
    else await writeAtomically(path, reporter(report, inFile), fileOptions(host));
  }
}

const fileOptions = ({ signal }: Host) => ({ mode: 0o666, signal });

/** Adds to the summary of the step of a workflow, where there is one (GitHub Docs, "Workflow commands": GITHUB_STEP_SUMMARY). */
async function summariseStep(report: Report, options: ReporterOptions, { env, cwd, signal }: Host): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const { STEP_SUMMARY_BYTES, stepSummary } = await import('../reporters/github/step-summary.ts');
  const { appendToFile } = await import('../sources/append-file.ts');
  await appendToFile(resolve(cwd, file), (size) => stepSummary(report, options, STEP_SUMMARY_BYTES - size), signal);
}
