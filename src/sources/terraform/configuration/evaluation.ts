import type { Argument } from './blocks.ts';
import type { Gate } from './expressions.ts';
import type { Value } from './language/value.ts';
import { unknown } from './language/values.ts';
import type { Room } from './room.ts';

/** What is the same for all instances of all modules of a root. */
export interface Evaluation {
  readonly gate: Gate;
  /** null: not known. */
  readonly workspace: string | null;
  /** Indexes of addresses by their text, each parsed once. */
  readonly indexes: Map<string, Argument>;
  /** For instances of modules and resources. */
  readonly room: Room;
  /** Values in evaluation: named values refer to each other, and a configuration could make that endless. */
  depth: number;
}

/** Named values referring to each other; people seldom go past ten. */
const DEEPEST = 100;

/** Works a named value out, one deeper: Unknown where too many refer to each other. */
export function oneDeeper(evaluation: Evaluation, what: string, evaluate: () => Value): Value {
  if (evaluation.depth >= DEEPEST) return unknown(`${what} refers to more than ${DEEPEST} values in a row`);
  evaluation.depth += 1;
  try {
    return evaluate();
  } finally {
    evaluation.depth -= 1;
  }
}
