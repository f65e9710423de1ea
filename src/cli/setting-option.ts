import { Option } from 'commander';

/** Names of the variables that settings are read from begin so. */
export const VARIABLE_PREFIX = 'KEYDRIFT_';

/**
 * A flag that is a setting: a variable named after it says the same where it is not given. Commander's own variables
 * (`Option.env`) are not used: they know no lists, take `false` for true and quote what is wrong.
 */
export class SettingOption extends Option {
  /** `list`: the flag may be repeated, and its variable has one value a line. */
  readonly form: 'one' | 'list';

  constructor(flags: string, description: string, form: 'one' | 'list' = 'one') {
    super(flags, description);
    this.form = form;
  }

  /** `--config-dir` is KEYDRIFT_CONFIG_DIR. */
  get variable(): string {
    return VARIABLE_PREFIX + `${this.long}`.slice('--'.length).toUpperCase().replaceAll('-', '_');
  }
}
