import { identifierEnd } from '../scan.ts';
import type { Node } from './syntax.ts';

/** Reads one expression from where the reader stands: what parsers of terms, steps and templates come back to. */
export type ReadExpression = (reader: Reader) => Node;

/** Thrown within the parser, caught where it starts: the text is no expression from `offset` on. */
export class NotExpression extends Error {
  readonly offset: number;
  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

/** Nodes within nodes. Deeper ones are refused, so that neither parser nor evaluator overflows the stack. */
const DEEPEST = 250;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;
const STAR = 42;
const SLASH = 47;

/** A position in a text, whether newlines are blank there, and how deep the parser has gone. */
export class Reader {
  readonly text: string;
  at = 0;
  private isNewlineBlank = false;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  fail(reason: string, offset = this.at): never {
    throw new NotExpression(offset, reason);
  }

  /** The code unit here, after blanks; NaN at the end. */
  peek(): number {
    this.skipBlank();
    return this.text.charCodeAt(this.at);
  }

  /** Whether this stands here, after blanks. */
  sees(token: string): boolean {
    this.skipBlank();
    return this.text.startsWith(token, this.at);
  }

  /** Past this, if it stands here. */
  takes(token: string): boolean {
    const isHere = this.sees(token);
    if (isHere) this.at += token.length;
    return isHere;
  }

  /** Past this, which must stand here. */
  expect(token: string, reason: string): void {
    if (!this.takes(token)) this.fail(reason);
  }

  /** The identifier here, after blanks; undefined when there is none. */
  identifier(): string | undefined {
    this.skipBlank();
    const end = identifierEnd(this.text, this.at);
    if (end === undefined) return undefined;
    const name = this.text.slice(this.at, end);
    this.at = end;
    return name;
  }

  /** The identifier here without going past it. */
  nextIdentifier(): string | undefined {
    const before = this.at;
    const name = this.identifier();
    this.at = before;
    return name;
  }

  /** What `read` reads with newlines blank or not, as brackets have it (hashicorp/hcl, hclsyntax/peeker.go). */
  within<T>(isNewlineBlank: boolean, read: () => T): T {
    const outer = this.isNewlineBlank;
    this.isNewlineBlank = isNewlineBlank;
    const result = read();
    this.isNewlineBlank = outer;
    return result;
  }

  /** What `read` reads, so many levels down. */
  deeper<T>(read: () => T): T {
    this.descend();
    const result = read();
    this.depth -= 1;
    return result;
  }

  descend(): void {
    this.depth += 1;
    if (this.depth > DEEPEST) this.fail(`it is nested more than ${DEEPEST} deep`);
  }

  ascend(levels: number): void {
    this.depth -= levels;
  }

  /** Past spaces and comments, and newlines where they are blank. */
  skipBlank(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === SPACE || code === TAB) this.at += 1;
      else if (this.isNewlineBlank && this.isNewline(code)) this.at += 1;
      else if (code === HASH || code === SLASH) {
        if (!this.skipComment(code)) return;
      } else return;
    }
  }

  private isNewline(code: number): boolean {
    return code === NEWLINE || (code === RETURN && this.text.charCodeAt(this.at + 1) === NEWLINE);
  }

  /** Past the comment here, leaving the newline that ends a line comment; false when there is none. */
  private skipComment(code: number): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (code === SLASH && next === STAR) {
      const end = this.text.indexOf('*/', this.at + 2);
      if (end === -1) this.fail('a comment is not closed');
      this.at = end + 2;
      return true;
    }
    if (code === SLASH && next !== SLASH) return false;
    const newline = this.text.indexOf('\n', this.at);
    this.at = newline === -1 ? this.text.length : newline;
    return true;
  }
}
