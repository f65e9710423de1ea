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
  /** Reads values of the variable alone, where it may say what the flag may not. */
  variableParser: ((text: string, before: unknown) => unknown) | undefined;

  constructor(flags: string, description: string, form: 'one' | 'list' = 'one') {
    super(flags, description);
    this.form = form;
  }

  /** A variable may be there for other commands of a pipeline, and say more than this flag takes. */
  variableArg(parse: (text: string) => string): this {
    this.variableParser = (text, before) => [...(Array.isArray(before) ? before : []), parse(text)];
    return this;
  }

  /** `--config-dir` is KEYDRIFT_CONFIG_DIR. */
  get variable(): string {
    return VARIABLE_PREFIX + `${this.long}`.slice('--'.length).toUpperCase().replaceAll('-', '_');
  }
}
