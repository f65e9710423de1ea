import { readForNames } from './for-names.ts';
import type { ReadExpression, Reader } from './reader.ts';
import type { For, Node } from './syntax.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a template is made of, before it is a tree. */
export type Token = Span &
  (
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'value'; readonly node: Node }
    | { readonly kind: 'if'; readonly condition: Node }
    | ({ readonly kind: 'for'; readonly collection: Node } & Pick<For, 'keyName' | 'valueName'>)
    | { readonly kind: 'else' | 'endif' | 'endfor' }
  );

/** `${…}` or `%{…}`, and on which sides it has a `~`. */
interface Sequence {
  readonly token: Token;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

const DOLLAR = 36;

/** Reads `${…}` or `%{…}` from where the reader stands, with its `~` on either side. */
export function readSequence(reader: Reader, readExpression: ReadExpression): Sequence {
  const start = reader.at;
  const isValue = reader.text.charCodeAt(start) === DOLLAR;
  reader.at += 2;
  const trimsBefore = reader.text.startsWith('~', reader.at);
  if (trimsBefore) reader.at += 1;
  return reader.within(true, () => {
    const content = isValue ? readValue(reader, readExpression) : readDirective(reader, readExpression);
    const trimsAfter = reader.takes('~}');
    if (!trimsAfter) reader.expect('}', 'a template sequence is not closed');
    return { token: { ...content, start, end: reader.at }, trimsBefore, trimsAfter };
  });
}

type Content = Token extends infer T ? (T extends Span ? Omit<T, keyof Span> : never) : never;

const readValue = (reader: Reader, readExpression: ReadExpression): Content => ({
  kind: 'value',
  node: readExpression(reader),
});

function readDirective(reader: Reader, readExpression: ReadExpression): Content {
  const keyword = reader.identifier();
  switch (keyword) {
    case 'if':
      return { kind: 'if', condition: readExpression(reader) };
    case 'for':
      return { kind: 'for', ...readForNames(reader), collection: readExpression(reader) };
    case 'else':
    case 'endif':
    case 'endfor':
      return { kind: keyword };
    default:
      return reader.fail('a %{ is not followed by if, else, endif, for or endfor');
  }
}

/** White space as Go's unicode.IsSpace has it. */
const isSpace = (code: number): boolean =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0x85 ||
  code === 0xa0 ||
  (code > 0xff && /[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(String.fromCharCode(code)));

/** Without the space at its start, as `~}` before it trims. */
export function trimStart(text: string): string {
  let at = 0;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return text.slice(at);
}

/** Without the space at its end, as `{~` behind it trims. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
