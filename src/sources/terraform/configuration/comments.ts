import type { SuppressionComment } from '../../../model/facts/configuration.ts';
import { grouped } from '../../../model/grouped.ts';
import { type Block, type Cut, lineCounter } from './blocks.ts';
import { isKeyResource } from './kept-blocks.ts';
import { commentsIn } from './scan.ts';
import { saidByComment } from './suppression-comment.ts';

/** A comment for keydrift that holds for nothing. */
export interface CommentFault {
  readonly line: number;
  /** null: it stands in a module that was installed, and whoever wrote that answers for nothing here. */
  readonly reason: string | null;
}

/** The blocks of a file with the suppressions in the comments above them, and the comments that say nothing. */
export interface CommentedBlocks {
  readonly blocks: Cut<readonly Block[]>;
  readonly faults: readonly CommentFault[];
}

interface Comment {
  readonly line: number;
  readonly endLine: number;
  /** Nothing else stands on its lines. */
  readonly isAlone: boolean;
  readonly text: string;
}

/** JSON has no comments, and most files none for keydrift: those are not looked through. */
const MENTIONED = /keydrift\s*:/i;

/**
 * Reads the comments for keydrift in the lines directly above the blocks of one file that are for keys: key resources and
 * module calls. `path` as facts name the file.
 */
export function withComments(blocks: Cut<readonly Block[]>, text: string, path: string): CommentedBlocks {
  if (!blocks.ok || !MENTIONED.test(text)) return { blocks, faults: [] };
  const comments = [...placedComments(text)];
  const said = comments.flatMap((comment) => meantIn(comment, path));
  const byLine = grouped(said, ({ line }) => line);
  const endingAt = new Map(comments.filter(({ isAlone }) => isAlone).map((comment) => [comment.endLine, comment]));
  const used = new Set<number>();
  const commented = blocks.value.map((block) => {
    const lines = isForKeys(block) ? above(block, endingAt) : [];
    for (const line of lines) used.add(line);
    const found = lines.flatMap((line) => byLine.get(line) ?? []).flatMap((one) => one.suppressions);
    const suppressions = found.map((one) => ({ ...one, above: nameIn(block) }));
    return suppressions.length === 0 ? block : { ...block, suppressions };
  });
  const faults = said.flatMap(({ line, fault }) => {
    if (fault !== undefined) return [{ line, reason: fault }];
    return used.has(line) ? [] : [{ line, reason: ABOVE_NOTHING }];
  });
  return { blocks: { ok: true, value: commented }, faults };
}

/** The same of a file in a module that was installed: its comments hold for nothing, whatever they say. */
export function withoutComments(blocks: Cut<readonly Block[]>, text: string): CommentedBlocks {
  if (!blocks.ok || !MENTIONED.test(text)) return { blocks, faults: [] };
  const said = [...placedComments(text)].flatMap((comment) => meantIn(comment, ''));
  return { blocks, faults: said.map(({ line }) => ({ line, reason: null })) };
}

const ABOVE_NOTHING =
  'does not stand alone in the lines directly above a resource block of a key or a module call, so it holds for nothing';

/** What a block is called in its module. */
const nameIn = ({ type, labels: [first, second] }: Block): string =>
  type === 'module' ? `module.${first}` : `${first}.${second}`;

const isForKeys = ({ type, labels }: Block): boolean =>
  type === 'module' || (type === 'resource' && isKeyResource(labels[0]));

/** The lines of the comments that end right above a block, without a blank line between, the first one first. */
function above(block: Block, endingAt: ReadonlyMap<number, Comment>): readonly number[] {
  const lines: number[] = [];
  for (
    let comment = endingAt.get(block.startLine - 1);
    comment !== undefined;
    comment = endingAt.get(comment.line - 1)
  ) {
    lines.unshift(comment.line);
  }
  return lines;
}

function* placedComments(text: string): Generator<Comment> {
  const lineAt = lineCounter(text, 1);
  for (const [start, end] of commentsIn(text)) {
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const newline = text.indexOf('\n', end);
    const after = text.slice(end, newline === -1 ? text.length : newline);
    yield {
      line: lineAt(start),
      endLine: lineAt(end),
      isAlone: before.trim() === '' && after.trim() === '',
      text: text.slice(start, end),
    };
  }
}

/** What a line of a comment is meant to say to keydrift, or why it does not. */
interface Meant {
  readonly line: number;
  readonly suppressions: readonly Omit<SuppressionComment, 'above'>[];
  readonly fault: string | undefined;
}

function meantIn({ line, endLine, text }: Comment, path: string): readonly Meant[] {
  const lines = text.split('\n').map((part) => part.replace(/^\s*(?:#+|\/\/+|\/?\*+)/, '').replace(/\*+\/\s*$/, ''));
  return lines.flatMap((part, at): readonly Meant[] => {
    const said = saidByComment(part);
    if (said === undefined) return [];
    const place = { path, line: line + at };
    if (!said.ok) return [{ line: place.line, suppressions: [], fault: said.reason }];
    if (endLine > line)
      return [
        { line: place.line, suppressions: [], fault: 'stands in a comment of several lines: give it one of its own' },
      ];
    return [
      { line, suppressions: said.suppressions.map((suppression) => ({ ...suppression, ...place })), fault: undefined },
    ];
  });
}
