import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  Scalar,
  visit,
} from 'yaml';
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

const UNREADABLE = 'this is no YAML that can be read: put the text in quotes, or write it on a line of its own';
const QUOTED = 'a key has more on its line than a key can have: put it in quotes, with ": " and the value behind it';

/** What is wrong, and what to do about it. */
const SYNTAX: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: UNREADABLE,
  BAD_ALIAS: 'an alias is not allowed here; write the value out',
  BAD_COLLECTION_TYPE: UNREADABLE,
  BAD_DIRECTIVE: 'a line with % in front is not for this file: leave it out',
  BAD_DQ_ESCAPE: 'a \\ in double quotes begins an escape that there is not: write \\\\, or use single quotes',
  BAD_INDENT:
    'the indentation does not fit the lines above: indent with spaces, alike for all that stands together, and close each bracket',
  BAD_PROP_ORDER: UNREADABLE,
  BAD_SCALAR_START: 'a text cannot begin with this character: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " on one line: put the value in quotes, or the mapping on lines of its own',
  BLOCK_IN_FLOW: 'within [ ] and { } nothing begins with "- " or a line of its own: write it as [a, b] or {a: b}',
  DUPLICATE_KEY: 'this field is there already: join the two, or leave one out',
  IMPOSSIBLE: UNREADABLE,
  KEY_OVER_1024_CHARS: QUOTED,
  MISSING_CHAR: 'something is missing: a quote, bracket or ":" that closes what begins before',
  MULTILINE_IMPLICIT_KEY: QUOTED,
  MULTIPLE_ANCHORS: 'an anchor is not allowed here; write the value out',
  MULTIPLE_DOCS: 'only one document in a file',
  MULTIPLE_TAGS: 'a tag is not allowed here; write the value out',
  NON_STRING_KEY: 'the name of a field is a text: put it in quotes',
  RESOURCE_EXHAUSTION: 'nested deeper than any file of keydrift',
  TAB_AS_INDENT: 'a tab is no indentation: use spaces',
  TAG_RESOLVE_FAILED: 'a tag is not allowed here; write the value out',
  UNEXPECTED_TOKEN: UNREADABLE,
};

function onlyDocument(path: string, source: string, lineCounter: LineCounter): Document {
  const documents = parseAllDocuments(source, { lineCounter, uniqueKeys: true, version: '1.2', logLevel: 'silent' });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (document === undefined) throw new UserError(`${path}:1:1: the file is empty`);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    // The parser's own words are for those who know YAML well, and quote the file, which may hold a secret.
    throw new UserError(`${placeIn(path, lineCounter)(problem.pos[0])}: ${SYNTAX[problem.code]}`);
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
