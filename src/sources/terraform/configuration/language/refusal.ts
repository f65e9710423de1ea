/** Thrown within the evaluator: Terraform is certain to refuse this. The text names no value. */
export class Refused extends Error {}

/**
 * Thrown within the evaluator: more work, or a larger value, than there is room for. The text follows the name of an
 * expression. No `try` catches it.
 */
export class Exhausted extends Error {}

const TOO_MUCH = 'takes more work than is given to an expression';

/** Why an evaluation was given up: its budget, or the stack; undefined for any other error. */
export function whyGivenUp(error: unknown): string | undefined {
  if (error instanceof Exhausted) return error.message;
  return error instanceof RangeError ? TOO_MUCH : undefined;
}
