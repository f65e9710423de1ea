import type { Value } from './value.ts';

/** An expression: its text, its tree, and the line on which it starts. */
export interface Expression {
  readonly text: string;
  readonly root: Node;
  readonly line: number;
}

/** What a parser made of a text, or the line where it stopped and why; the reason quotes nothing. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** Where a node stands in its text, in code units; `end` is past it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** HCL native syntax specification, "Operations". */
export type UnaryOperator = '-' | '!';
/** HCL native syntax specification, "Operations". */
export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** One key and its value; a key that is a bare name was made a literal by the parser. */
export interface Item {
  readonly key: Node;
  readonly value: Node;
}

/** `[for …]`, or `{for …}` with a key. */
export interface For {
  readonly kind: 'for';
  readonly keyName?: string;
  readonly valueName: string;
  readonly collection: Node;
  /** Undefined for a tuple. */
  readonly key?: Node;
  readonly value: Node;
  readonly condition?: Node;
  readonly isGrouped: boolean;
}

/** `x[*].y` and `x.*.y`. */
export interface Splat {
  readonly kind: 'splat';
  readonly source: Node;
  /** What is done with each element, which is `{kind: 'item'}` in it. */
  readonly each: Node;
}

/** A function that is called by its name. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Node[];
  /** The last argument is followed by `...`. */
  readonly isExpanded: boolean;
}

/** A node of the tree (HCL native syntax specification, "Expressions"). */
export type Node = Span &
  (
    | { readonly kind: 'literal'; readonly value: Value }
    | { readonly kind: 'template'; readonly parts: readonly Node[] }
    /** What a `%{for}` directive writes: the texts of a tuple, one after the other. */
    | { readonly kind: 'join'; readonly parts: Node }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: Node; readonly name: string }
    | { readonly kind: 'index'; readonly collection: Node; readonly key: Node }
    | Splat
    | { readonly kind: 'item' }
    | { readonly kind: 'parentheses'; readonly inner: Node }
    | { readonly kind: 'tuple'; readonly elements: readonly Node[] }
    | { readonly kind: 'object'; readonly items: readonly Item[] }
    | For
    | { readonly kind: 'conditional'; readonly condition: Node; readonly yes: Node; readonly no: Node }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
    | Call
  );
