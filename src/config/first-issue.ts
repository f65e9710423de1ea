import { z } from 'zod';
import { UserError } from '../errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { plainWords, receivedIn, wrongKind } from './plain-words.ts';
import type { YamlFile } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/**
 * What a schema finds wrong first in a file, as one line: `path:line:column: field: what`, with the nearest name for a
 * field there is not. It quotes names of fields, never values: they may be secrets.
 */
export function firstIssue(file: YamlFile, issues: readonly Issue[], schema: z.ZodType): UserError {
  const [first] = allIssues(file, issues, schema);
  return first ?? new UserError(`${file.path}:1:1: not what this file should hold`);
}

/** All of it, each as such a line, in the order of the file. */
export function allIssues(file: YamlFile, issues: readonly Issue[], schema: z.ZodType): readonly UserError[] {
  const told = withoutConsequences(issues).flatMap((issue) => tell(issue, [], file, schema));
  return told.toSorted((a, b) => a.order - b.order).map(({ line }) => new UserError(line));
}

interface Told {
  /** Reading order: the earliest in the file is told. */
  readonly order: number;
  readonly line: string;
}

function tell(issue: Issue, base: Path, file: YamlFile, schema: z.ZodType): readonly Told[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  const say = (place: string, what: string): Told => ({ order: orderOf(place), line: `${place}: ${what}` });
  if (issue.code === 'invalid_union') {
    const kinds = kindsWanted(issue.errors);
    if (kinds !== undefined) return [say(file.placeOf(path), `${field(path)}${kinds}`)];
    const chosen = chooseBranch(issue.errors);
    if (chosen.kind === 'missing') return [say(file.placeOf(path), `${field(path)}${oneIsMissing(chosen.names)}`)];
    return withoutConsequences(chosen.issues).flatMap((inner) => tell(inner, path, file, schema));
  }
  if (issue.code !== 'unrecognized_keys')
    return [say(file.placeOf(path), `${field(path)}${meaning(issue)}${hint(issue, valueAt(file.data, path))}`)];
  const known = fieldsAt(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), path);
  return issue.keys.map((key) => say(file.placeOfKey(path, key), `${field(path)}${notHere(key, known)}`));
}

const field = (path: Path): string => (path.length === 0 ? '' : `${path.join('.')}: `);

const notHere = (key: string, known: readonly string[]): string =>
  known.includes(key)
    ? `"${key}" does not go together with the other fields here`
    : `no such field: "${key}"${didYouMean(key, known)}`;

function meaning(issue: Issue): string {
  if (isLack(issue)) return 'is missing';
  // Of a key that a record does not take, its own schema says why.
  return plainWords((issue.code === 'invalid_key' ? issue.issues[0] : undefined) ?? issue);
}

/** Names the word that was meant, and never the one that stands there. */
function hint(issue: Issue, value: unknown): string {
  if (issue.code !== 'invalid_value' || issue.values.length < 2 || typeof value !== 'string') return '';
  return didYouMean(
    value,
    issue.values.flatMap((option) => (typeof option === 'string' ? [option] : [])),
  );
}

function valueAt(data: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return data;
  if (Array.isArray(data)) return valueAt(data[Number(step)], rest);
  return typeof data === 'object' && data !== null
    ? valueAt(new Map(Object.entries(data)).get(`${step}`), rest)
    : undefined;
}

/** zod has no code of its own for a field that is not there. */
const isLack = ({ code, message }: Issue): boolean => code === 'invalid_type' && message.endsWith('received undefined');

/** A field is mostly missing, and a mapping lacks what it is to have, because it stands there misspelt: then that alone is told. */
function withoutConsequences(issues: readonly Issue[]): readonly Issue[] {
  const misspelt = new Set(issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('\0')] : [])));
  return issues.filter((issue) => {
    if (issue.code === 'custom') return !misspelt.has(issue.path.join('\0'));
    return !isLack(issue) || !misspelt.has(issue.path.slice(0, -1).join('\0'));
  });
}

const oneIsMissing = (names: readonly string[]): string => `one of ${names.join(', ')} is missing`;

function orderOf(place: string): number {
  const [, line = 0, column = 0] = /:(\d+):(\d+)$/.exec(place) ?? [];
  return Number(line) * 1e6 + Number(column);
}

/** What to say where a value may have several forms, and is of another kind than any of them. */
function kindsWanted(branches: readonly (readonly Issue[])[]): string | undefined {
  const wrong = branches.flatMap(([only]) => (only?.code === 'invalid_type' && only.path.length === 0 ? [only] : []));
  return wrong.length === 0 || wrong.length < branches.length
    ? undefined
    : wrongKind(
        wrong.map(({ expected }) => expected),
        receivedIn(wrong[0]?.message ?? ''),
      );
}

type Branch =
  | { readonly kind: 'branch'; readonly issues: readonly Issue[] }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** Of the forms that a value may have, the one it comes nearest to; where it has the start of several, what each lacks. */
function chooseBranch(branches: readonly (readonly Issue[])[]): Branch {
  const least = Math.min(...branches.map(distance));
  const nearest = branches.filter((issues) => distance(issues) === least);
  const lacking = nearest.map(lackedField);
  if (nearest.length > 1 && lacking.every((name) => name !== undefined)) return { kind: 'missing', names: lacking };
  return { kind: 'branch', issues: nearest[0] ?? [] };
}

/** Another kind of value is farthest, fields that this form does not have come next. */
const distance = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => {
    const isAtRoot = issue.path.length === 0;
    if (isAtRoot && issue.code === 'invalid_type') return sum + 100;
    return sum + (isAtRoot && issue.code === 'unrecognized_keys' ? 10 : 1);
  }, 0);

function lackedField(issues: readonly Issue[]): string | undefined {
  const [only, more] = issues;
  return more === undefined && only?.path.length === 1 && isLack(only) ? String(only.path[0]) : undefined;
}

/** The names of all fields that a schema knows at a path of its data. */
function fieldsAt(schema: unknown, path: Path): readonly string[] {
  const [step, ...rest] = path;
  const inner = formsOf(schema).flatMap((form): readonly string[] => {
    if (step === undefined) return Object.keys(form.properties ?? {});
    return fieldsAt(typeof step === 'number' ? form.items : form.properties?.[step], rest);
  });
  return [...new Set(inner)];
}

interface Form {
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly items?: unknown;
}

const formSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

function formsOf(schema: unknown): readonly Form[] {
  const form = formSchema.safeParse(schema).data;
  return form === undefined ? [] : (form.anyOf?.flatMap(formsOf) ?? [form]);
}
