import { join } from 'node:path';
import { shownPath } from '../../shown-path.ts';
import { automaticValues, isJson } from '../file-names.ts';
import type { Root } from '../roots/root.ts';
import { type Argument, type Cut, cutArguments } from './blocks.ts';
import { evaluated, NOTHING } from './expressions.ts';
import { cutJsonArguments } from './json/blocks.ts';
import type { Value } from './language/value.ts';
import { text, unknown } from './language/values.ts';
import type { ModuleSource } from './module-reader.ts';
import type { ReadFile } from './repository-file.ts';
import type { FindValueFiles } from './untold-files.ts';
import { type Given, isTakenLiterally } from './variables.ts';

/** A file of values that was read, or not. */
export interface VarFile {
  readonly path: string;
  readonly values: Cut<ReadonlyMap<string, Argument>>;
}

/** Reads files of values, each once however many roots it is for. */
export type ReadVarFile = (file: string) => Promise<VarFile>;

/** A reader that remembers: roots may share their files. Names them from `cwd`. */
export function createVarFileReader(cwd: string, readText: ReadFile): ReadVarFile {
  const read = new Map<string, Promise<VarFile>>();
  return (file) => {
    const known = read.get(file) ?? readVarFile(file, shownPath(file, cwd), readText);
    read.set(file, known);
    return known;
  };
}

async function readVarFile(file: string, path: string, readText: ReadFile): Promise<VarFile> {
  const content = await readText(file);
  if (typeof content !== 'string') return { path, values: { ok: false, line: 0, reason: why(content) } };
  const cut = isJson(file) ? cutJsonArguments(content) : cutArguments(content);
  return { path, values: cut.ok ? named(cut.value) : cut };
}

/** Where a path starts is the common mistake: Terraform itself takes them from where it runs, mostly the root's directory. */
const why = ({ unreadable }: { readonly unreadable: string }): string =>
  unreadable.endsWith('no such file or directory')
    ? `${unreadable} (--var-file starts from the working directory, var-files from that of keydrift.yaml)`
    : unreadable;

function named(given: readonly Argument[]): Cut<ReadonlyMap<string, Argument>> {
  const values = new Map<string, Argument>();
  for (const argument of given) {
    // HCL: "Attribute redefined".
    if (values.has(argument.name)) return { ok: false, line: argument.line, reason: 'a variable is given twice' };
    values.set(argument.name, argument);
  }
  return { ok: true, value: values };
}

const automaticVarFiles = ({ dir, names }: ModuleSource): readonly string[] =>
  automaticValues(names).map((name) => join(dir, name));

/** All files of values of a root, weakest first. */
export const varFilesOf = (root: Root, source: ModuleSource, read: ReadVarFile): Promise<readonly VarFile[]> =>
  Promise.all([...automaticVarFiles(source), ...(root.varFiles ?? [])].map(read));

/**
 * Files of values that Terraform reads only when it is told to, as people keep them for each workspace or account. None
 * where somebody said which ones the root is given.
 */
export async function untoldVarFiles(
  root: Root,
  source: ModuleSource,
  { find, base, read }: { readonly find: FindValueFiles; readonly base: string; readonly read: ReadVarFile },
): Promise<readonly VarFile[]> {
  if (root.varFiles !== null) return [];
  const automatic = new Set(automaticVarFiles(source));
  const files = await find(source.dir, base);
  return Promise.all(files.filter((file) => !automatic.has(file)).map(read));
}

/**
 * Variables that one of these files may give another value are Unknown: which apply is given which of them is not known.
 */
export function unlessToldOtherwise(given: Given, untold: readonly VarFile[]): Given {
  if (untold.length === 0) return given;
  return (name, block) => {
    const other = untold.find(({ values }) => !values.ok || values.value.has(name));
    return other === undefined
      ? given(name, block)
      : unknown(`${other.path} may give var.${name} another value: ${TELL}`);
  };
}

const TELL = 'tell with --var-file, or var-files of the root in keydrift.yaml, which files are given';

/** Whether a reason, however far it was passed on, is that somebody has to tell which files of values are given. */
export const isToBeTold = (reason: string): boolean => reason.endsWith(TELL);

/**
 * What a root's variables are given: TF_VAR_NAME, then the files, the last of them that names one wins (Terraform
 * language, "Variable Definition Precedence"). `-var` on a command line, and what HCP Terraform keeps for a workspace,
 * would win over all of it and is not known here. What is Unknown is so without its text: it may be a secret.
 */
export function givenBy(files: readonly VarFile[], env: Readonly<Record<string, string | undefined>>): Given {
  const strongestFirst = files.toReversed();
  return (name, block) => {
    for (const { path, values } of strongestFirst) {
      if (!values.ok) return unknown(`${path}, which may give var.${name} its value, could not be read`);
      const argument = values.value.get(name);
      if (argument !== undefined) return withoutTexts(evaluated(argument, NOTHING), name);
    }
    const variable = env[`TF_VAR_${name}`];
    if (variable === undefined) return undefined;
    if (isTakenLiterally(block)) return text(variable);
    return withoutTexts(evaluated({ name, line: 1, text: variable.trim() }, NOTHING), name);
  };
}

function withoutTexts(value: Value, name: string): Value {
  switch (value.kind) {
    case 'unknown':
      return unknown(`var.${name} is given an expression`, value.type);
    case 'list':
    case 'set':
    case 'tuple':
      return { ...value, elements: value.elements.map((element) => withoutTexts(element, name)) };
    case 'map':
    case 'object':
      return { ...value, entries: new Map([...value.entries].map(([key, inner]) => [key, withoutTexts(inner, name)])) };
    default:
      return value;
  }
}
