import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { commandWords, everyCommand } from '../src/cli/completion/tree.ts';
import { settingVariables } from '../src/cli/flags.ts';
import { commandTreeAlone } from './support/command-lines.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

const namesIn = (dir: string, recursive: boolean): readonly string[] =>
  readdirSync(`${ROOT}${dir}`, { encoding: 'utf8', recursive }).sort();

/** What people read of keydrift: pages, rules with their remedies, examples and pipelines. */
const DOCUMENTS = [
  ...namesIn('.', false),
  ...['src', 'rules', 'examples', '.github'].flatMap((dir) => namesIn(dir, true).map((name) => `${dir}/${name}`)),
].filter((path) => /\.(?:md|ya?ml)$/.test(path));

const FLAGS: ReadonlySet<string> = new Set([
  ...everyCommand(commandWords(commandTreeAlone())).flatMap(({ flags }) => flags.flatMap(({ names }) => names)),
  '--no-allow-partial',
]);
/** Programs that have flags of their own in the documents. */
const OTHERS = /\b(?:[Aa]tlantis|aws|gh|npm|npx|docker|apt-get|glab|pip|git|az|jq)\b.*$/;

/** A variable of a repository on GitHub, in an example. */
const NOT_OURS: ReadonlySet<string> = new Set(['KEYDRIFT_ROLE_ARN']);
const VARIABLES: ReadonlySet<string> = new Set([...settingVariables(), ...NOT_OURS]);

/** Commands that end in a backslash are one line. */
const linesOf = (text: string): readonly string[] => text.replaceAll(/\\\n\s*/g, ' ').split('\n');

/** All names of fields in a JSON Schema, at any depth. */
function fieldsIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => [
    ...(name === 'properties' ? Object.keys(value ?? {}) : []),
    ...fieldsIn(value),
  ]);
}

const fieldsOf = (name: string): ReadonlySet<string> => new Set(fieldsIn(JSON.parse(read(`src/schemas/${name}`))));
const SETTINGS = fieldsOf('keydrift.schema.json');
const REPORT = fieldsOf('report.schema.json');

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].flatMap(([, name]) => (name === undefined ? [] : [name]));

describe.each(DOCUMENTS)('%s names', (path) => {
  const text = read(path);

  it('only flags that there are', () => {
    const named = linesOf(text).flatMap((line) => matches(line.replace(OTHERS, ''), /(?<![\w-])(--[a-z][a-z-]+)/g));
    expect(named.filter((flag) => !FLAGS.has(flag))).toEqual([]);
  });

  it('only variables that there are', () => {
    expect(matches(text, /\b(KEYDRIFT_[A-Z_]+[A-Z])\b/g).filter((name) => !VARIABLES.has(name))).toEqual([]);
  });

  it('only settings and fields of the report that there are', () => {
    const settings = matches(text, /`([a-z]+(?:-[a-z]+)*):`/g).filter((name) => !OTHER_PREFIXES.has(name));
    expect(settings.filter((name) => !SETTINGS.has(name))).toEqual([]);
    const fields = matches(text, /`((?:findings|coverage|keys|rules|summary|scan)(?:\[\])?(?:\.[A-Za-z[\]]+)+)`/g);
    const isField = (name: string): boolean => name.split(/[[\].]+/).every((part) => part === '' || REPORT.has(part));
    expect(fields.filter((name) => !name.endsWith('.ts') && !isField(name))).toEqual([]);
  });
});

/** Of values, not of settings: what an ARN and a WHERE begin with. */
const OTHER_PREFIXES: ReadonlySet<string> = new Set(['arn', 'exec']);

it('the changelog says each thing once', () => {
  const heads = matches(read('CHANGELOG.md'), /^- (.{40})/gm);
  expect(heads.filter((head, index) => heads.indexOf(head) !== index)).toEqual([]);
});
