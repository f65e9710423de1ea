/**
 * A value as Terraform's expressions have it: cty's kinds, with Unknown for all that is not certain (hashicorp/terraform,
 * "Types and Values"). Which kind of collection it is decides what comes of it: a set has no order and no doubles, all
 * elements of a list, set or map have one type. `type` and `of` hold what the value alone does not show: which type a
 * null has, and which type the elements of a collection have when there are none or all are null.
 */
export type Value =
  | { readonly kind: 'null'; readonly type?: Type }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'list' | 'set'; readonly elements: readonly Value[]; readonly of?: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value>; readonly of?: Type }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | UnknownValue;

/**
 * A type as cty has it (zclconf/go-cty, docs/types.md). `dynamic` is the type of a bare null and the constraint `any`;
 * `undetermined` is ours: nobody here knows which type it is.
 */
export type Type =
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' | 'undetermined' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, Type>; readonly optional?: Optional };

/** The optional attributes of an object constraint, each with its default; undefined is `optional(T)` without one. */
export type Optional = ReadonlyMap<string, Value | undefined>;

/** Not known before an apply, not evaluated here, or a secret. Never equal to anything. */
export interface UnknownValue {
  readonly kind: 'unknown';
  /** Why, with the text of the expression: one printable line, never a value of a variable. */
  readonly reason: string;
  /** Its type, where that much is certain. */
  readonly type?: Type;
}

/**
 * What a reference means: `scope('var', 'name')`, `scope('local', 'name')`, `scope('each', 'key')`, `scope('count', 'index')`,
 * `scope('path', 'module')`, `scope('terraform', 'workspace')`, `scope('module', 'name')`, `scope('aws_kms_key', 'name')`,
 * `scope('data', 'aws_region')`. What it does not know is Unknown, never undefined.
 */
export type Scope = (root: string, name: string) => Value;
