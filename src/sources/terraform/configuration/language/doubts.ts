import { Exhausted } from './refusal.ts';
import type { Type, Value } from './value.ts';
import { unknown } from './values.ts';

/** Steps, elements and code units that one expression may take: far above what configurations do. */
const MOST = 500_000;

/** What one evaluation may still spend; shared by all its parts. */
export class Budget {
  private left = MOST;

  spend(units: number): void {
    this.left -= units;
    if (!(this.left >= 0)) throw new Exhausted('it takes more work than is given to an expression');
  }
}

/**
 * What was not settled while an expression was evaluated. A doubt says that Terraform may refuse something here, or give
 * it another type: `try` and `can` must not decide over a doubt, and an arm of a conditional with one has no certain type.
 */
export class Doubts {
  readonly budget: Budget;
  first: string | undefined;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** Unknown, and Terraform may refuse it. */
  unsure(reason: string, type?: Type): Value {
    this.note(reason);
    return unknown(reason, type);
  }

  note(reason: string): void {
    this.first ??= reason;
  }
}
