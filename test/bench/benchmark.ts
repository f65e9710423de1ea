/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  /** Ours ÷ baseline, both from this run. Of times and of growth: less is better. */
  readonly ratio: number;
  /** What the baseline is, and what was counted. */
  readonly note: string;
}

/** What a benchmark is given. */
export interface Bench {
  /** A directory of its own, removed afterwards. */
  readonly dir: string;
  /** The repository: where `rules/`, `dist/` and `.build/` are. */
  readonly root: string;
  readonly progress: (text: string) => void;
}

/** Measures one part of keydrift against something plain that does the same, or less. */
export type Benchmark = (bench: Bench) => Promise<readonly Row[]>;
