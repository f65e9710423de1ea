import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { z } from 'zod';
import { fileError, UserError } from '../errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { type RuleFile, ruleSchema } from '../model/rule.ts';
import { parseYaml, type YamlFile } from './yaml-document.ts';

const EXTENSIONS = new Set(['.yaml', '.yml']);

/**
 * The rule files of a directory, sorted by name; other files are left alone. Throws UserError with path and line for
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

/** One rule from the text of its file. Throws UserError with path and line. */
export function parseRuleFile(path: string, source: string): RuleFile {
  const file = parseYaml(path, source);
  const parsed = ruleSchema.safeParse(file.data);
  if (!parsed.success) throw firstIssue(file, parsed.error.issues);
  const { id } = parsed.data;
  const expected = basename(path, extname(path));
  if (id !== expected) {
    throw new UserError(
      `${path}:${file.lineOf(['id'])}: id: "${id}" is in a file named "${expected}"; name the file after the rule`,
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

const ruleFields = Object.keys(ruleSchema.shape);

/** The first issue as one line: zod lists them in the order of the schema. */
function firstIssue(file: YamlFile, issues: readonly z.core.$ZodIssue[]): UserError {
  const [issue] = issues.toSorted((a, b) => lineOf(file, a) - lineOf(file, b));
  if (issue === undefined) return new UserError(`${file.path}:1: no rule`);
  const field = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return new UserError(`${file.path}:${lineOf(file, issue)}: ${field}${meaning(issue)}`);
}

function lineOf(file: YamlFile, issue: z.core.$ZodIssue): number {
  const at = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return unknown === undefined ? file.lineOf(at) : file.lineOfKey(at, unknown);
}

function meaning(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known =
      issue.path.length === 0 ? ruleFields : ['name', 'given', 'expect', 'result', 'severity', 'message', 'when'];
    return `no such field: "${key}"${didYouMean(key, known)}`;
  }
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}
