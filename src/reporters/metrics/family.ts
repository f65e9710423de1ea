export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its samples; without any it is only declared. */
export interface Family {
  readonly name: string;
  /** The name ends in it. */
  readonly unit?: 'seconds' | 'ratio';
  /** One line, without a backslash. */
  readonly help: string;
  readonly samples: Iterable<Sample>;
}

/** The one sample of a metric without labels. */
export const one = (value: number): Sample[] => [{ labels: {}, value }];
