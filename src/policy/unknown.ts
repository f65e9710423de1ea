/**
 * Raised when a rule reads what is Unknown. CEL's `&&` and `||` absorb it where the other side decides; what escapes
 * means that the rule is not evaluated. It never leaves src/policy.
 */
export class UnknownValue extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** Reads as Unknown, for this reason. */
export function raiseUnknown(reason: string): never {
  throw new UnknownValue(reason);
}
