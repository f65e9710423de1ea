import type { JsonEntry, JsonNode } from '../../../../model/json-tree.ts';
import { type Argument, type Block, type Cut, type LineAt, lineCounter, orFailure } from '../blocks.ts';
import { identifierEnd, NotHcl } from '../scan.ts';
import { type Meaning, nativeExpression } from './expression.ts';
import { parseJson } from './tree.ts';

/** How many labels a block type has; of other types nothing is read. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ['terraform', 0],
  ['variable', 1],
  ['locals', 0],
  ['output', 1],
  ['module', 1],
  ['provider', 1],
  ['resource', 2],
  ['import', 0],
  ['moved', 0],
  ['removed', 0],
]);

/**
 * JSON does not tell blocks from arguments, the schema does: these names are blocks in whatever block they stand that is
 * read here, with so many labels (Terraform language, "JSON Configuration Syntax"; provider schemas of aws and awscc).
 */
const NESTED: ReadonlyMap<string, number> = new Map([
  ['lifecycle', 0],
  ['timeouts', 0],
  ['dynamic', 1],
  ['provisioner', 1],
  ['connection', 0],
  ['precondition', 0],
  ['postcondition', 0],
  ['validation', 0],
  ['backend', 1],
  ['cloud', 0],
  ['workspaces', 0],
  ['required_providers', 0],
  ['provider_meta', 1],
  ['assume_role', 0],
  ['assume_role_with_web_identity', 0],
  ['default_tags', 0],
  ['ignore_tags', 0],
  ['endpoints', 0],
]);

/** In these block types every name is an argument, whatever it is called. */
const ARGUMENTS_ONLY: ReadonlySet<string> = new Set(['locals', 'module', 'required_providers']);

/** Arguments whose strings are addresses, types or providers. */
const REFERENCES: ReadonlySet<string> = new Set([
  'resource.provider',
  'import.to',
  'import.provider',
  'moved.from',
  'moved.to',
  'removed.from',
  'variable.type',
  'module.providers',
]);

/** Arguments whose strings Terraform takes as they are: it reads them before there is anything to refer to. */
const LITERALS: ReadonlySet<string> = new Set(['variable.default', 'module.source', 'module.version']);

const COMMENT = '//';

/** The blocks of a `.tf.json` file, each with the text of the native syntax that means the same, line by line where it stands. */
export function cutJsonBlocks(text: string): Cut<readonly Block[]> {
  const lineAt = lineCounter(text, 1);
  return orFailure(lineAt, () =>
    objectsIn(parseJson(text)).flatMap(({ entries }) =>
      entries.flatMap(({ name, value }) => {
        const labels = LABELS.get(name);
        return labels === undefined ? [] : blocksIn(name, value, labels, lineAt);
      }),
    ),
  );
}

/** The names of a `.tfvars.json` file and their values, as text of the native syntax. */
export function cutJsonArguments(text: string): Cut<readonly Argument[]> {
  const lineAt = lineCounter(text, 1);
  return orFailure(lineAt, () => {
    const root = parseJson(text);
    if (root.kind !== 'object') throw new NotHcl(root.start, 'a JSON object is missing here');
    return root.entries.flatMap(({ name, start, value }) =>
      name === COMMENT ? [] : [{ name, line: lineAt(start), text: nativeExpression(value, 'literal') }],
    );
  });
}

/** A block may be an object, or a list of them for several; null for none. */
function objectsIn(node: JsonNode): readonly JsonObject[] {
  if (node.kind === 'array') return node.items.flatMap(objectsIn);
  if (node.kind === 'plain' && node.text === 'null') return [];
  if (node.kind !== 'object') throw new NotHcl(node.start, 'a JSON object is missing here');
  return [node];
}

type JsonObject = Extract<JsonNode, { kind: 'object' }>;

function blocksIn(type: string, node: JsonNode, labels: number, lineAt: LineAt): Block[] {
  const found: Block[] = [];
  const descend = (value: JsonNode, start: number, names: readonly string[]): void => {
    for (const object of objectsIn(value)) {
      const { entries, end } = object;
      // One of several stands where it begins, the only one where its last label does.
      const first = value.kind === 'array' ? object.start : start;
      if (names.length === labels) found.push(blockOf(type, names, entries, first, end, lineAt));
      else for (const entry of entries) descend(entry.value, entry.start, [...names, entry.name]);
    }
  };
  descend(node, node.start, []);
  return found;
}

function blockOf(
  type: string,
  labels: readonly string[],
  entries: readonly JsonEntry[],
  start: number,
  end: number,
  lineAt: LineAt,
): Block {
  if (labels.some((label) => /["\\\p{Cc}]|[$%]\{/u.test(label))) {
    throw new NotHcl(start, 'a block label holds an escape or a template');
  }
  const header = [type, ...labels.map((label) => `"${label}"`)].join(' ');
  const startLine = lineAt(start);
  const writing = new Writing(startLine, `${header} {`);
  writeBody(writing, type, entries, lineAt);
  const text = writing.closed();
  const endLine = Math.max(startLine, lineAt(end - 1));
  return {
    type,
    labels,
    startLine,
    endLine,
    startOffset: 0,
    bodyOffset: header.length + 1,
    endOffset: text.length,
    text,
  };
}

function writeBody(writing: Writing, type: string, entries: readonly JsonEntry[], lineAt: LineAt): void {
  for (const entry of entries) {
    if (entry.name === COMMENT) continue;
    const nested = ARGUMENTS_ONLY.has(type) ? undefined : NESTED.get(entry.name);
    if (nested === undefined) writeArgument(writing, type, entry, lineAt);
    else writeBlocks(writing, entry.name, entry.value, nested, [], lineAt);
  }
}

function writeArgument(writing: Writing, type: string, { name, start, value }: JsonEntry, lineAt: LineAt): void {
  if (identifierEnd(name, 0) !== name.length) throw new NotHcl(start, 'an argument has no name that can be one');
  const qualified = `${type}.${name}`;
  const meaning: Meaning = REFERENCES.has(qualified) ? 'reference' : LITERALS.has(qualified) ? 'literal' : 'template';
  writing.line(lineAt(start), `${name} = ${nativeExpression(value, meaning)}`);
}

function writeBlocks(
  writing: Writing,
  type: string,
  node: JsonNode,
  labels: number,
  names: readonly string[],
  lineAt: LineAt,
): void {
  for (const { entries } of objectsIn(node)) {
    if (names.length < labels) {
      for (const { name, value } of entries) writeBlocks(writing, type, value, labels, [...names, name], lineAt);
      continue;
    }
    writing.line(lineAt(node.start), `${[type, ...names.map((name) => JSON.stringify(name))].join(' ')} {`);
    writeBody(writing, type, entries, lineAt);
    writing.line(0, '}');
  }
}

/** Text whose lines stand where the JSON did, as far as one argument a line allows. */
class Writing {
  #text: string;
  #line: number;

  constructor(line: number, text: string) {
    this.#line = line;
    this.#text = text;
  }

  line(wanted: number, text: string): void {
    const line = Math.max(this.#line + 1, wanted);
    this.#text += '\n'.repeat(line - this.#line) + text;
    this.#line = line;
  }

  closed(): string {
    return `${this.#text}\n}`;
  }
}
