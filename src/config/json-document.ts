import { UserError } from '../errors.ts';
import { type JsonNode, NotJson, parseJsonTree } from '../model/json-tree.ts';
import type { YamlFile } from './yaml-document.ts';

type Path = readonly (string | number)[];

/**
 * Reads JSON of a file that people review, as strictly as JSON.parse, and a name that stands twice in one object is
 * refused too. Throws UserError with path, line and column.
 */
export function parseJsonFile(path: string, source: string): YamlFile {
  const lines = lineStarts(source);
  const place = (offset: number): string => {
    const line = lineAt(lines, offset);
    return `${path}:${line}:${offset - (lines[line - 1] ?? 0) + 1}`;
  };
  const root = treeOf(source, place);
  return {
    path,
    data: dataOf(root, place),
    lineOf: (at) => lineAt(lines, nearestNode(root, at).start),
    placeOf: (at) => place(nearestNode(root, at).start),
    placeOfKey: (at, key) => place(keyStart(nearestNode(root, at), key)),
  };
}

function treeOf(source: string, place: (offset: number) => string): JsonNode {
  try {
    return parseJsonTree(source);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new UserError(`${place(error.offset)}: ${error.message}`, { cause: error });
  }
}

function dataOf(node: JsonNode, place: (offset: number) => string): unknown {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'plain':
      return JSON.parse(node.text);
    case 'array':
      return node.items.map((item) => dataOf(item, place));
    case 'object': {
      const entries = new Map<string, unknown>();
      for (const { name, start, value } of node.entries) {
        if (entries.has(name)) throw new UserError(`${place(start)}: this name stands twice in one object`);
        entries.set(name, dataOf(value, place));
      }
      return Object.fromEntries(entries);
    }
  }
}

/** The value at a path, or the nearest that holds it. */
function nearestNode(root: JsonNode, path: Path): JsonNode {
  let node = root;
  for (const step of path) {
    const inner = innerNode(node, step);
    if (inner === undefined) return node;
    node = inner;
  }
  return node;
}

function innerNode(node: JsonNode, step: string | number): JsonNode | undefined {
  if (node.kind === 'array' && typeof step === 'number') return node.items[step];
  if (node.kind !== 'object') return undefined;
  return node.entries.find(({ name }) => name === step)?.value;
}

const keyStart = (node: JsonNode, key: string): number =>
  (node.kind === 'object' ? node.entries.find(({ name }) => name === key)?.start : undefined) ?? node.start;

function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** 1-based; the last line that starts at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
