import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseAllDocuments, Scalar, visit } from 'yaml';
import { UserError } from '../errors.ts';

/** A YAML file as plain data, with where each value stands. */
export interface YamlFile {
  readonly path: string;
  readonly data: unknown;
  /** 1-based line where the text of a value starts; of its nearest parent when there is no such value. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
  /** 1-based line of a key of the mapping at this path. */
  readonly lineOfKey: (path: readonly (string | number)[], key: string) => number;
}

/** Far above any settings or rule, far below what could hurt. */
const LARGEST = 1_000_000;

/**
 * Reads YAML of one document. Anchors, aliases and tags are refused: a few bytes of them expand to gigabytes, and
 * nothing here needs them. Throws UserError with path and line.
 */
export function parseYaml(path: string, source: string): YamlFile {
  if (source.length > LARGEST)
    throw new UserError(`${path}: larger than ${LARGEST} characters; this is no file of keydrift`);
  const lines = new LineCounter();
  const document = onlyDocument(path, source, lines);
  rejectReferences(path, document, lines);
  return {
    path,
    data: document.toJS(),
    lineOf: (at) => lines.linePos(nearestStart(document, at)).line + contentOffset(nodeAt(document, at)),
    lineOfKey: (at, key) => lines.linePos(keyStart(document, at, key)).line,
  };
}

function onlyDocument(path: string, source: string, lineCounter: LineCounter): Document {
  const documents = parseAllDocuments(source, { lineCounter, uniqueKeys: true, version: '1.2', logLevel: 'silent' });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (document === undefined) throw new UserError(`${path}:1: the file is empty`);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const [message] = problem.message.split(/ at line \d|:?\n/);
    throw new UserError(`${path}:${lineCounter.linePos(problem.pos[0]).line}: ${message}`);
  }
  if (second === undefined) return document;
  throw new UserError(`${path}:${lineCounter.linePos(second.range[0]).line}: only one document in a file`);
}

function rejectReferences(path: string, document: Document, lines: LineCounter): void {
  const reject = (node: Node, what: string): never => {
    throw new UserError(
      `${path}:${lines.linePos(node.range?.[0] ?? 0).line}: ${what} not allowed here; write the value out`,
    );
  };
  visit(document, {
    Alias: (_, node) => reject(node, 'an alias is'),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) reject(node, 'an anchor is');
      if (node.tag !== undefined) reject(node, 'a tag is');
    },
  });
}

function nodeAt(document: Document, at: readonly (string | number)[]): Node | undefined {
  const node = at.length === 0 ? document.contents : document.getIn(at, true);
  return isNode(node) ? node : undefined;
}

function nearestStart(document: Document, at: readonly (string | number)[]): number {
  for (let length = at.length; length >= 0; length--) {
    const start = nodeAt(document, at.slice(0, length))?.range?.[0];
    if (start !== undefined) return start;
  }
  return 0;
}

function keyStart(document: Document, at: readonly (string | number)[], key: string): number {
  const map = nodeAt(document, at);
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  return (isNode(pair?.key) ? pair.key.range?.[0] : undefined) ?? nearestStart(document, at);
}

/** The text of a block scalar starts on the line after its `|` or `>`. */
const contentOffset = (node: Node | undefined): number =>
  isScalar(node) && (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL) ? 1 : 0;
