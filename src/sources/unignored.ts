import { readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { assertSystemError } from '../errors.ts';
import { fitsGlob } from '../model/glob.ts';
import { textAt } from './code-host.ts';
import { isStateOrBackup } from './terraform/file-names.ts';

/** Plans as people call them: they hold values as states do, and have no name of their own. */
const PLAN = /(?:^|\.)tfplan(?:\.json)?$|^plan\.(?:json|out|bin)$/i;

/**
 * States, their backups and plans in these directories that no `.gitignore` up to the top of the repository names: git
 * would take them in, with what is secret in them. Absolute, sorted. Of git nothing is asked: rules that stand elsewhere
 * are not known.
 */
export async function unignoredSecrets(top: string, dirs: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all([...new Set(dirs)].map((dir) => secretsIn(top, dir)));
  return found.flat().sort();
}

async function secretsIn(top: string, dir: string): Promise<readonly string[]> {
  const files = (await namesIn(dir)).filter((name) => isStateOrBackup(name) || PLAN.test(name));
  if (files.length === 0) return [];
  const rules = (await Promise.all(downTo(top, dir).map(rulesAt))).flat();
  return files.map((name) => join(dir, name)).filter((file) => !isIgnored(rules, file));
}

/** Links are none of the directory's own files. */
async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    assertSystemError(error);
    return [];
  }
}

/** From the top down, for of several rules the last decides. */
function downTo(top: string, dir: string): readonly string[] {
  const dirs = [dir];
  for (let at = dir; at !== top && dirname(at) !== at; ) {
    at = dirname(at);
    dirs.unshift(at);
  }
  return dirs;
}

/** A line of gitignore(5). */
interface IgnoreRule {
  readonly dir: string;
  readonly takesBack: boolean;
  /** Parts of the path that it is about, from `dir` on; one alone is about any part. */
  readonly parts: readonly string[];
  readonly isAnchored: boolean;
}

async function rulesAt(dir: string): Promise<readonly IgnoreRule[]> {
  const lines = ((await textAt(join(dir, '.gitignore'))) ?? '').split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => ruleOf(dir, line));
}

function ruleOf(dir: string, line: string): IgnoreRule {
  const takesBack = line.startsWith('!');
  const text = line.slice(takesBack ? 1 : 0).replace(/\/$/, '');
  const parts = text.split('/').filter((part, at, all) => part !== '' && !(part === '**' && all[at + 1] === '**'));
  return { dir, takesBack, parts, isAnchored: text.includes('/') };
}

function isIgnored(rules: readonly IgnoreRule[], file: string): boolean {
  const last = rules.findLast(({ dir, parts, isAnchored }) => {
    const path = relative(dir, file).split(sep);
    return isAnchored ? leads(parts, path) : path.some((name) => fitsGlob(parts[0] ?? '', name));
  });
  return last !== undefined && !last.takesBack;
}

/** Whether a path fits, or lies in a directory that does. */
function leads([part, ...parts]: readonly string[], path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (part === undefined) return true;
  if (part === '**') return leads(parts, path) || (name !== undefined && leads([part, ...parts], rest));
  return name !== undefined && fitsGlob(part, name) && leads(parts, rest);
}
