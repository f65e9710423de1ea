import { Option } from 'commander';

/** What a stand-in does without, by the names of the values. */
interface Without {
  /** It stands in for these: their flags are refused beside it, and their variables, of a whole pipeline, pass. */
  readonly inPlaceOf: readonly string[];
  /** These would decide and cannot, so that their variables are refused as well. */
  readonly never?: readonly string[];
}

/** A flag that stands in for others. Commander refuses them on one command line, and knows nothing of our variables. */
export class StandInOption extends Option {
  readonly inPlaceOf: readonly string[];
  readonly never: readonly string[];

  constructor(flags: string, description: string, { inPlaceOf, never = [] }: Without) {
    super(flags, description);
    this.inPlaceOf = inPlaceOf;
    this.never = never;
    this.conflicts([...inPlaceOf, ...never]);
  }
}
