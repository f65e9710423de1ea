/** A root module that the settings name; what is undefined is found out. */
export interface NamedRoot {
  /** Absolute. */
  readonly dir: string;
  readonly workspace: string | undefined;
  /** As `--state` takes them; undefined: its backend says where. */
  readonly states: readonly string[] | undefined;
  /** Absolute; undefined: nobody said which it is given. */
  readonly varFiles: readonly string[] | undefined;
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
  /** Absolute. */
  readonly plan: string | undefined;
  /** Real paths of the directories that its states may not lead out of; without them they are free. */
  readonly within?: readonly string[];
  /** Where the settings name it, as errors say it. */
  readonly at?: string;
}

/** Who names something: whoever runs keydrift, or a file that may be under review. */
export type NamedBy = 'flag' | 'repository';

/** A Pulumi export or checkpoint that a flag or the settings name. */
export interface PulumiFile {
  /** A file names no pipe and no device: these may never end. */
  readonly from: NamedBy;
  /** From the working directory, if it is not absolute. */
  readonly file: string;
  /** Who answers for its keys, in place of `PROJECT/STACK`; undefined: as it says itself. */
  readonly name: string | undefined;
}
