import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileError, UserError } from '../errors.ts';
import { type RuleFile, ruleSchema } from '../model/rule.ts';
import { firstIssue } from './first-issue.ts';
import { parseYaml } from './yaml-document.ts';

const EXTENSIONS = new Set(['.yaml', '.yml']);

/**
 * The rule files of a directory, sorted by name; other files are left alone. Throws UserError with its place for
 * what is no rule, and for a file that is not named after its rule. Expressions are checked by `compileRules`.
 */
export async function readRuleFiles(dir: string): Promise<RuleFile[]> {
  const names = (await listing(dir)).filter((name) => EXTENSIONS.has(extname(name))).sort();
  if (names.length === 0) throw new UserError(`${dir}: no rule files (*.yaml) here`);
  return Promise.all(
    names.map(async (name) => {
      const path = join(dir, name);
      return parseRuleFile(path, await textOf(path));
    }),
  );
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
  return { path, rule: parsed.data, lineOf: (field) => file.lineOf(segments(field)) };
}

async function listing(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    throw fileError(`cannot read the rules in ${dir}`, error);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(`cannot read the rule ${path}`, error);
  }
}

const segments = (field: string): (string | number)[] =>
  field === '' ? [] : field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
