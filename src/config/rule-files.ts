import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileError, UserError } from '../errors.ts';
import { boundedText } from '../files/bounded.ts';
import { isWithin } from '../files/within.ts';
import { type RuleFile, ruleSchema } from '../model/rule.ts';
import { allIssues, firstIssue } from './first-issue.ts';
import { parseYaml } from './yaml-document.ts';

const EXTENSIONS = new Set(['.yaml', '.yml']);

/** Far above any rule: what is larger is not read into memory. */
const LARGEST_BYTES = 4_000_000;

/** How rule files are read that a repository names. */
export interface RuleReading {
  /** How messages call the directory or the file. */
  readonly shown?: string;
  /** Where the directory is named, as `path:line:column`: errors about it begin with that. */
  readonly namedAt?: string | undefined;
  /** Real path of the directory that no rule may lie outside of, by a link; free without one. */
  readonly within?: string | undefined;
}

/**
 * The rule files of a directory, sorted by name; other files are left alone. Throws UserError with its place for
 * what is no rule, and for a file that is not named after its rule. Expressions are checked by `compileRules`.
 */
export async function readRuleFiles(
  dir: string,
  { shown = dir, namedAt, within }: RuleReading = {},
): Promise<RuleFile[]> {
  const files = await ruleFilesIn(dir, shown, namedAt);
  return Promise.all(files.map((file) => readRuleFile(file.path, { shown: file.shown, within })));
}

/** A rule file that was not read yet. */
export interface RulePath {
  readonly path: string;
  /** How messages call it. */
  readonly shown: string;
}

/** The rule files of a directory, sorted by name, or the one that `where` is itself. */
export async function rulePathsAt(where: string, shown: string, namedAt?: string): Promise<readonly RulePath[]> {
  return (await isDirectory(where, shown, namedAt)) ? ruleFilesIn(where, shown, namedAt) : [{ path: where, shown }];
}

async function ruleFilesIn(dir: string, shown: string, namedAt?: string): Promise<readonly RulePath[]> {
  const place = placeOf(namedAt);
  const names = (await listing(dir, `${place}cannot read the rules in ${shown}`)).filter(isRuleName).sort();
  if (names.length === 0) throw new UserError(`${place}${shown}: no rule files (*.yaml) here`);
  return names.map((name) => ({ path: join(dir, name), shown: join(shown, name) }));
}

const placeOf = (namedAt: string | undefined): string => (namedAt === undefined ? '' : `${namedAt}: `);

const isRuleName = (name: string): boolean => EXTENSIONS.has(extname(name));

async function isDirectory(path: string, shown: string, namedAt?: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(`${placeOf(namedAt)}cannot read the rules in ${shown}`, error);
  }
}

/** One rule file. Throws UserError as `readRuleFiles` does. */
export async function readRuleFile(path: string, { shown = path, within }: RuleReading = {}): Promise<RuleFile> {
  return parseRuleFile(shown, await textOf(path, shown, within));
}

/**
 * Everything in a rule file for which it cannot be loaded, in the order of the file: fields alone, its expressions are
 * checked by `compileRules`. Throws UserError where it cannot be read as a file of fields.
 */
export async function faultsInRuleFile(
  path: string,
  { shown = path, within }: RuleReading = {},
): Promise<readonly UserError[]> {
  const file = parseYaml(shown, await textOf(path, shown, within));
  const parsed = ruleSchema.safeParse(file.data);
  return parsed.success ? [] : allIssues(file, parsed.error.issues, ruleSchema);
}

/** One rule from the text of its file. Throws UserError with path, line and column. */
export function parseRuleFile(path: string, source: string): RuleFile {
  const file = parseYaml(path, source);
  const parsed = ruleSchema.safeParse(file.data);
  if (!parsed.success) throw firstIssue(file, parsed.error.issues, ruleSchema);
  const { id } = parsed.data;
  const expected = basename(path, extname(path));
  if (id !== expected) {
    throw new UserError(
      `${file.placeOf(['id'])}: id: "${id}" is in a file named "${expected}"; name the file after the rule`,
    );
  }
  return {
    path,
    rule: parsed.data,
    lineOf: (field) => file.lineOf(segments(field)),
    placeOf: (field) => file.placeOf(segments(field)),
  };
}

async function listing(dir: string, problem: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    throw fileError(problem, error);
  }
}

async function textOf(path: string, shown: string, within: string | undefined): Promise<string> {
  try {
    const real = await realpath(path);
    if (within !== undefined && !isWithin(resolve(within), dirname(real))) {
      throw new UserError(`${shown}: this rule lies outside of the repository, behind a link; rules are files of it`);
    }
    const read = await boundedText(real, LARGEST_BYTES);
    if ('text' in read) return read.text;
    throw new UserError(
      `${shown}: ${read.refused === 'no-file' ? 'no file; a rule is one YAML file' : 'larger than any rule; this is no file of keydrift'}`,
    );
  } catch (error) {
    throw fileError(`cannot read the rule ${shown}`, error);
  }
}

const segments = (field: string): (string | number)[] =>
  field === '' ? [] : field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
