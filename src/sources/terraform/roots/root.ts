import type { Reach } from '../../../model/reach.ts';

/** A root module that is to be read: its configuration and its states belong together. */
export interface Root {
  /** As facts and coverage name it: the directory from the working directory, `@workspace` behind it where one directory has several. */
  readonly root: string;
  /** Absolute. */
  readonly dir: string;
  /** null: not known, so that `terraform.workspace` is Unknown. */
  readonly workspace: string | null;
  /** Absolute paths, in the order in which Terraform would be given them with -var-file; null: nobody said which. */
  readonly varFiles: readonly string[] | null;
  /** Its states, each written as `--state` takes it; null when it is not known where they are. */
  readonly states: readonly string[] | null;
  /** What the settings say; a part that is null is for the provider blocks to say. */
  readonly reach: Reach;
}
