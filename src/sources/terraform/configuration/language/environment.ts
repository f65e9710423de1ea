import type { Doubts } from './doubts.ts';
import type { Node } from './syntax.ts';
import type { Scope, Value } from './value.ts';

/** What the nodes of one expression are evaluated in. */
export interface Environment {
  readonly scope: Scope;
  readonly doubts: Doubts;
  readonly source: string;
  /** Evaluates a node: handed on, so that the files of the evaluator need not know one another. */
  readonly evaluate: (node: Node, environment: Environment) => Value;
  /** The variables of the `for` expressions around, innermost first. */
  readonly variables?: Variables;
  /** The element that a splat is at. */
  readonly item?: Value;
}

interface Variables {
  readonly name: string;
  readonly value: Value;
  readonly outer: Variables | undefined;
}

/** The same, with one more variable. */
export const withVariable = (environment: Environment, name: string, value: Value): Environment => ({
  ...environment,
  variables: { name, value, outer: environment.variables },
});

/** The value of a `for` expression's variable; undefined for other names. */
export function lookUp(name: string, environment: Environment): Value | undefined {
  for (let at = environment.variables; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  return undefined;
}
