import type { SuppressionComment } from '../../../model/facts/configuration.ts';
import {
  identifierEnd,
  isLineEnd,
  NotHcl,
  skipBlank,
  skipBrackets,
  skipExpression,
  skipInline,
  skipString,
} from './scan.ts';

/** One block, cut out of its file. Offsets count UTF-16 code units of the file's text, lines from 1. */
export interface Block {
  readonly type: string;
  /** Without their quotes. */
  readonly labels: readonly string[];
  readonly startLine: number;
  /** The line of the closing brace. */
  readonly endLine: number;
  readonly startOffset: number;
  /** Of the opening brace. */
  readonly bodyOffset: number;
  /** Past the closing brace. */
  readonly endOffset: number;
  readonly text: string;
  /** In the comments directly above it, which they name as its module does; left out when there are none. */
  readonly suppressions?: readonly SuppressionComment[];
}

/** A `dynamic "x"` block stands for blocks of type x. */
export const writtenType = ({ type, labels }: Pick<Block, 'type' | 'labels'>): string =>
  type === 'dynamic' ? (labels[0] ?? '') : type;

/** One argument of a block: its value is the text as written, without comments around it. */
export interface Argument {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

/** What stands directly within a block. */
export interface Body {
  readonly arguments: readonly Argument[];
  readonly blocks: readonly Block[];
}

/** Where and why a text is not HCL. Never quotes the text: it may hold a secret. */
export interface CutFailure {
  readonly ok: false;
  readonly line: number;
  readonly reason: string;
}
/** What cutting a text came to. */
export type Cut<T> = { readonly ok: true; readonly value: T } | CutFailure;

/** The line of an offset in code units, from 1. */
export type LineAt = (offset: number) => number;
type Item =
  | {
      readonly kind: 'argument';
      readonly name: string;
      readonly start: number;
      readonly value: number;
      readonly end: number;
    }
  | {
      readonly kind: 'block';
      readonly type: string;
      readonly labels: readonly string[];
      readonly start: number;
      readonly body: number;
      readonly end: number;
    };

const BYTE_ORDER_MARK = '\ufeff';

/** The top-level blocks of a `.tf` file. Their bodies are skipped, not read: cutBody does that for the few that matter. */
export function cutBlocks(text: string): Cut<readonly Block[]> {
  const lineAt = lineCounter(text, 1);
  return orFailure(lineAt, () => {
    const blocks: Block[] = [];
    const first = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    for (let at = skipBlank(text, first); at < text.length; ) {
      const item = readItem(text, at);
      // Terraform: "Unsupported argument", the root of a configuration holds blocks only.
      if (item.kind === 'argument') throw new NotHcl(at, 'an argument stands outside of any block');
      blocks.push(toBlock(text, item, lineAt));
      at = skipBlank(text, itemEnd(text, item.end));
    }
    return blocks;
  });
}

/** The arguments and nested blocks of one block, each with its line in the file. */
export function cutBody(block: Block): Cut<Body> {
  const { text } = block;
  const lineAt = lineCounter(text, block.startLine);
  return orFailure(lineAt, () => {
    const body = { arguments: [] as Argument[], blocks: [] as Block[] };
    const closing = text.length - 1;
    for (let at = skipBlank(text, block.bodyOffset - block.startOffset + 1); at < closing; ) {
      const item = readItem(text, at);
      if (item.kind === 'block') body.blocks.push(toBlock(text, item, lineAt));
      else body.arguments.push({ name: item.name, line: lineAt(at), text: text.slice(item.value, item.end) });
      const end = skipInline(text, item.end);
      at = end === closing ? closing : skipBlank(text, itemEnd(text, end));
    }
    return body;
  });
}

/** What `cut` gives, or at which line it gave up. */
export function orFailure<T>(lineAt: LineAt, cut: () => T): Cut<T> {
  try {
    return { ok: true, value: cut() };
  } catch (error) {
    if (!(error instanceof NotHcl)) throw error;
    return { ok: false, line: lineAt(error.offset), reason: error.message };
  }
}

/** What stands directly in a file that holds arguments and no blocks: a `.tfvars` file. */
export function cutArguments(text: string): Cut<readonly Argument[]> {
  const lineAt = lineCounter(text, 1);
  return orFailure(lineAt, () => {
    const found: Argument[] = [];
    const first = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    for (let at = skipBlank(text, first); at < text.length; ) {
      const item = readItem(text, at);
      if (item.kind === 'block') throw new NotHcl(at, 'a block stands where only arguments may');
      found.push({ name: item.name, line: lineAt(at), text: text.slice(item.value, item.end) });
      at = skipBlank(text, itemEnd(text, item.end));
    }
    return found;
  });
}

function toBlock(text: string, item: Item & { kind: 'block' }, lineAt: LineAt): Block {
  return {
    type: item.type,
    labels: item.labels,
    startLine: lineAt(item.start),
    endLine: lineAt(item.end - 1),
    startOffset: item.start,
    bodyOffset: item.body,
    endOffset: item.end,
    text: text.slice(item.start, item.end),
  };
}

function readItem(text: string, start: number): Item {
  const nameEnd = identifierEnd(text, start);
  if (nameEnd === undefined) throw new NotHcl(start, 'neither an argument nor a block begins here');
  const name = text.slice(start, nameEnd);
  const labels: string[] = [];
  for (let at = skipInline(text, nameEnd); ; ) {
    if (text[at] === '{') {
      return { kind: 'block', type: name, labels, start, body: at, end: skipBrackets(text, at) };
    }
    if (text[at] === '=' && labels.length === 0) return readArgument(text, name, start, at + 1);
    const end = labelEnd(text, at);
    labels.push(text[at] === '"' ? text.slice(at + 1, end - 1) : text.slice(at, end));
    at = skipInline(text, end);
  }
}

function readArgument(text: string, name: string, start: number, afterEquals: number): Item {
  const value = skipInline(text, afterEquals);
  const end = skipExpression(text, value);
  if (end === value) throw new NotHcl(start, 'an argument has no value');
  return { kind: 'argument', name, start, value, end };
}

function labelEnd(text: string, at: number): number {
  const end = text[at] === '"' ? skipString(text, at) : identifierEnd(text, at);
  if (end === undefined) throw new NotHcl(at, 'neither an argument nor a block begins here');
  if (/\\|[$%]\{/.test(text.slice(at, end))) throw new NotHcl(at, 'a block label holds an escape or a template');
  return end;
}

function itemEnd(text: string, end: number): number {
  const at = skipInline(text, end);
  if (!isLineEnd(text, at)) throw new NotHcl(at, 'a new line is missing here');
  return at;
}

/** Lines by offset, counting on from the last one asked for: offsets mostly grow. */
export function lineCounter(text: string, firstLine: number): LineAt {
  let counted = { line: firstLine, at: 0 };
  return (offset) => {
    let { line, at } = offset < counted.at ? { line: firstLine, at: 0 } : counted;
    for (let next = text.indexOf('\n', at); next !== -1 && next < offset; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    counted = { line, at };
    return line;
  };
}
