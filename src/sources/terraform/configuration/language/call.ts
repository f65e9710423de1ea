import type { Environment } from './environment.ts';
import type { Call } from './syntax.ts';
import type { Value } from './value.ts';

/** A call of a function. */
export function evaluateCall(node: Call, environment: Environment): Value {
  return environment.doubts.unsure(`${node.name} is not evaluated here`);
}
