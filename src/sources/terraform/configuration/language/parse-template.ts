import { flush } from './flush-heredoc.ts';
import type { ReadExpression, Reader } from './reader.ts';
import type { Node } from './syntax.ts';
import { readLineText, readQuotedText } from './template-text.ts';
import { readSequence, type Token, trimEnd, trimStart } from './template-tokens.ts';
import { buildTemplate } from './template-tree.ts';

/** Reads text up to the next sequence or the end of the template; undefined at either. */
type ReadText = (reader: Reader) => string | undefined;

const QUOTE = 34;

/** A string in quotes, with its templates. */
export function parseQuoted(reader: Reader, readExpression: ReadExpression): Node {
  const start = reader.at;
  reader.at += 1;
  const isEnd = (): boolean => reader.text.charCodeAt(reader.at) === QUOTE;
  const tokens = readTokens(reader, readExpression, isEnd, readQuotedText);
  reader.at += 1;
  return buildTemplate(reader, tokens, { start, end: reader.at });
}

const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** From `<<MARKER` to the line that holds the marker alone, leaving the newline after it. */
export function parseHeredoc(reader: Reader, readExpression: ReadExpression): Node {
  const start = reader.at;
  HEREDOC.lastIndex = start;
  const [, dash, marker] = HEREDOC.exec(reader.text) ?? reader.fail('an expression is missing');
  reader.at = HEREDOC.lastIndex;
  let markerEnd: number | undefined;
  const isEnd = (): boolean => {
    markerEnd = endOfMarker(reader, marker ?? '');
    return markerEnd !== undefined;
  };
  const tokens = readTokens(reader, readExpression, isEnd, readLineText);
  reader.at = markerEnd ?? reader.at;
  return buildTemplate(reader, dash === '-' ? flush(reader, tokens) : tokens, { start, end: reader.at });
}

/** The whole text as a template. */
export function parseTemplateText(reader: Reader, readExpression: ReadExpression): Node {
  const isEnd = (): boolean => reader.at >= reader.text.length;
  const tokens = readTokens(reader, readExpression, isEnd, readLineText);
  return buildTemplate(reader, tokens, { start: 0, end: reader.at });
}

/** Where the marker that stands alone on this line ends; undefined when this is another line, or the middle of one. */
function endOfMarker(reader: Reader, marker: string): number | undefined {
  const { text, at } = reader;
  if (text.charCodeAt(at - 1) !== 10) return undefined;
  const newline = text.indexOf('\n', at);
  const line = text.slice(at, newline === -1 ? text.length : newline);
  if (trimEnd(trimStart(line)) !== marker) return undefined;
  return at + (line.endsWith('\r') ? line.length - 1 : line.length);
}

/**
 * Text and sequences in turn. `~` trims the one token of text before or after it, which in heredocs and JSON is at most
 * a line (hashicorp/hcl, hclsyntax/parser_template.go).
 */
function readTokens(
  reader: Reader,
  readExpression: ReadExpression,
  isEnd: () => boolean,
  readText: ReadText,
): readonly Token[] {
  const tokens: Token[] = [];
  let isTrimming = false;
  while (!isEnd()) {
    if (reader.at >= reader.text.length) reader.fail('a string is not closed');
    const start = reader.at;
    const text = readText(reader);
    if (text !== undefined) {
      tokens.push({ kind: 'text', text: isTrimming ? trimStart(text) : text, start, end: reader.at });
      isTrimming = false;
      continue;
    }
    const sequence = readSequence(reader, readExpression);
    const last = tokens.at(-1);
    if (sequence.trimsBefore && last?.kind === 'text')
      tokens[tokens.length - 1] = { ...last, text: trimEnd(last.text) };
    isTrimming = sequence.trimsAfter;
    tokens.push(sequence.token);
  }
  return tokens;
}
