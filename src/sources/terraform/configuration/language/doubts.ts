import { Exhausted } from './refusal.ts';
import type { Type, Value } from './value.ts';
import { unknown } from './values.ts';

/** Steps, and nodes of values that are gone through, for one expression: far above what configurations do. */
const MOST = 1_000_000;

/** The same for all expressions of a root module together: a few seconds. */
const MOST_OF_ROOT = 40_000_000;

/** The same for all roots that are read at once. */
const MOST_OF_ALL = 10 * MOST_OF_ROOT;

/** What an evaluation may still spend; shared by all its parts, and drawn from `total` where there is one. */
export class Budget {
  private left: number;
  private readonly why: string;
  private readonly total: Budget | undefined;

  constructor(total?: Budget, left = MOST, why = 'takes more work than is given to an expression') {
    this.total = total;
    this.left = left;
    this.why = why;
  }

  static ofAll(): Budget {
    return new Budget(undefined, MOST_OF_ALL, 'comes after more work than is given to all root modules');
  }

  ofRoot(): Budget {
    return new Budget(this, MOST_OF_ROOT, 'comes after more work than is given to a root module');
  }

  /** Throws Exhausted when there is not so much left. */
  spend(units: number): void {
    this.left -= units;
    if (!(this.left >= 0)) throw new Exhausted(this.why);
    this.total?.spend(units);
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
