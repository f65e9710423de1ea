import type { Need } from '../model/rule.ts';
import { raiseUnknown } from './unknown.ts';

/** What an expression can hold, as far as rules are checked: closed enums, views, and lists of them. */
export type Shape =
  | { readonly kind: 'string' | 'int' | 'bool' | 'map' }
  | {
      readonly kind: 'enum';
      readonly values: readonly string[];
      /** What a rule needs that compares with this value. */
      readonly needsOf?: (value: string) => readonly Need[];
    }
  | { readonly kind: 'view'; readonly view: ViewType }
  | { readonly kind: 'list'; readonly of: Shape };

/** A declared field of a view. */
export interface FieldType {
  readonly shape: Shape;
  /** What a rule that reads this field must list in `needs`. */
  readonly needs?: readonly Need[];
  /** What it goes by beside that, where a rule lists it. */
  readonly uses?: readonly Need[];
  /** One line for the reference in rules/README.md. */
  readonly says: string;
}

/** A field and how it is read. `undefined` is omitted; Unknown is raised. */
export interface Field<S> extends FieldType {
  readonly read: (source: S) => unknown;
}

/** A type of CEL: a class of ours with declared fields. */
export interface ViewType {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldType>>;
  readonly ctor: new (...sources: never[]) => object;
}

/** A view over sources of one type; instances are thin and read lazily. */
export interface View<S> extends ViewType {
  readonly fields: Readonly<Record<string, Field<S>>>;
  readonly of: (source: S) => object;
  /** An instance with these fields known and all others Unknown. */
  readonly unknownBut: (known: Readonly<Record<string, unknown>>, reason: string) => object;
}

/** What an instance without a source knows. */
interface Known {
  readonly values: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

// Symbols, because an own property would hide a field of the same name.
const SOURCE = Symbol('source');
const KNOWN = Symbol('known');
const EVERYTHING: Known = { values: {}, reason: '' };

/** Declares a view: one table says which fields there are, of which type, and how each is read. */
export function defineView<S>(name: string, fields: Readonly<Record<string, Field<S>>>): View<S> {
  class Instance {
    readonly [SOURCE]: S | undefined;
    readonly [KNOWN]: Known;
    constructor(source: S | undefined, known: Known = EVERYTHING) {
      this[SOURCE] = source;
      this[KNOWN] = known;
    }
  }
  for (const [field, { read }] of Object.entries(fields)) {
    Object.defineProperty(Instance.prototype, field, {
      get(this: Instance): unknown {
        const source = this[SOURCE];
        if (source !== undefined) return read(source);
        const { values, reason } = this[KNOWN];
        return field in values ? values[field] : raiseUnknown(reason);
      },
    });
  }
  return {
    name,
    fields,
    ctor: Instance,
    of: (source) => new Instance(source),
    unknownBut: (values, reason) => new Instance(undefined, { values, reason }),
  };
}

/** Shapes of fields without more to say of them. */
export const text: Shape = { kind: 'string' };
export const int: Shape = { kind: 'int' };
export const bool: Shape = { kind: 'bool' };
export const textMap: Shape = { kind: 'map' };
/** A closed list of words: a rule with another is refused. `needsOf` says what a word makes a rule need. */
export const oneOf = (values: readonly string[], needsOf?: (value: string) => readonly Need[]): Shape => ({
  kind: 'enum',
  values,
  ...(needsOf === undefined ? {} : { needsOf }),
});
/** One witness or part of a key, with fields of its own. */
export const viewOf = (view: ViewType): Shape => ({ kind: 'view', view });
/** Any number of one shape. */
export const listOf = (of: Shape): Shape => ({ kind: 'list', of });

/** How CEL spells a shape. */
export function celType(shape: Shape): string {
  switch (shape.kind) {
    case 'enum':
      return 'string';
    case 'map':
      return 'map<string, string>';
    case 'view':
      return shape.view.name;
    case 'list':
      return `list<${celType(shape.of)}>`;
    default:
      return shape.kind;
  }
}
