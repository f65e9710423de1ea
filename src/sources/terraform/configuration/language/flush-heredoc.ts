import type { Reader } from './reader.ts';
import { type Token, trimStart } from './template-tokens.ts';

/**
 * Characters that may join the one before them, white space too, so that Terraform counts both as one: of
 * unicode.org/reports/tr29 Extend and SpacingMark, and what another version of Unicode may add to them.
 */
const JOINING = /^[\p{M}\p{Cf}\p{Lm}\p{Cn}\p{Emoji_Modifier}\u0e33\u0eb3]/u;

/**
 * The tokens of a `<<-` heredoc without the indentation that all lines share. Only what begins a line counts; a line of
 * white space alone neither counts nor is shortened (hashicorp/hcl, hclsyntax/parser_template.go).
 */
export function flush(reader: Reader, tokens: readonly Token[]): readonly Token[] {
  const indents = tokens.map((token, index) => indentAt(reader, tokens, token, index));
  const least = Math.min(...indents.filter((indent) => indent !== undefined), Number.MAX_SAFE_INTEGER);
  return tokens.map((token, index) =>
    token.kind === 'text' && indents[index] !== undefined ? { ...token, text: token.text.slice(least) } : token,
  );
}

/** How far a token is indented; undefined when it does not begin a line or is blank. */
function indentAt(reader: Reader, tokens: readonly Token[], token: Token, index: number): number | undefined {
  const before = tokens[index - 1];
  const beginsLine = before === undefined || (before.kind === 'text' && before.text.endsWith('\n'));
  if (!beginsLine) return undefined;
  if (token.kind !== 'text') return 0;
  const rest = trimStart(token.text);
  if (rest === '' && token.text.endsWith('\n')) return undefined;
  if (JOINING.test(rest)) reader.fail('a line of a heredoc begins with a combining mark', token.start);
  return token.text.length - rest.length;
}
