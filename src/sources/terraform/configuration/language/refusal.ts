/** Thrown within the evaluator: Terraform is certain to refuse this. The text names no value. */
export class Refused extends Error {}

/** Thrown within the evaluator: more work, or more text, than an expression is given. No `try` catches it. */
export class Exhausted extends Error {}
