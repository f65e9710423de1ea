import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseAllDocuments, Scalar, visit } from 'yaml';
import { UserError } from '../errors.ts';

/** A YAML file as plain data, with where each value stands. */
export interface YamlFile {
  readonly path: string;
  readonly data: unknown;
  /** 1-based line where the text of a value starts; of its nearest parent when there is no such value. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
  /** Where that text starts, as `path:line:column`, both 1-based. */
  readonly placeOf: (path: readonly (string | number)[]) => string;
  /** The same of a key of the mapping at this path. */
  readonly placeOfKey: (path: readonly (string | number)[], key: string) => string;
}

/** Far above any settings or rule, far below what could hurt. */
const LARGEST = 1_000_000;

/**
 * Reads YAML of one document. Anchors, aliases and tags are refused: a few bytes of them expand to gigabytes, and
 * nothing here needs them. Throws UserError with path, line and column.
 */
export function parseYaml(path: string, source: string): YamlFile {
  if (source.length > LARGEST)
    throw new UserError(`${path}: larger than ${LARGEST} characters; this is no file of keydrift`);
  const lines = new LineCounter();
  const document = onlyDocument(path, source, lines);
  const place = placeIn(path, lines);
  rejectReferences(document, place);
  return {
    path,
    data: document.toJS(),
    lineOf: (at) => lines.linePos(nearestStart(document, at)).line + contentOffset(nodeAt(document, at)),
    placeOf: (at) => place(nearestStart(document, at)),
    placeOfKey: (at, key) => place(keyStart(document, at, key)),
  };
}

const placeIn =
  (path: string, lines: LineCounter) =>
  (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };

function onlyDocument(path: string, source: string, lineCounter: LineCounter): Document {
  const documents = parseAllDocuments(source, { lineCounter, uniqueKeys: true, version: '1.2', logLevel: 'silent' });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (document === undefined) throw new UserError(`${path}:1:1: the file is empty`);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    // What follows a colon quotes the file, which may hold a secret.
    const [message] = problem.message.split(/ at line \d|:\s|\n/);
    throw new UserError(`${placeIn(path, lineCounter)(problem.pos[0])}: ${message}`);
  }
  if (second === undefined) return document;
  throw new UserError(`${placeIn(path, lineCounter)(second.range[0])}: only one document in a file`);
}

function rejectReferences(document: Document, place: (offset: number) => string): void {
  const reject = (node: Node, what: string): never => {
    throw new UserError(`${place(node.range?.[0] ?? 0)}: ${what} not allowed here; write the value out`);
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
