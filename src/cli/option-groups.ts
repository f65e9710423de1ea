import type { Command, Option } from 'commander';

/** Adds options under a heading of the help. */
export function addGroup(command: Command, heading: string, options: readonly Option[]): void {
  command.optionsGroup(heading);
  for (const option of options) command.addOption(option);
}

/** The long names of those options that stand on the command line. */
export const givenOf = (command: Command, options: readonly Option[]): readonly string[] =>
  options.flatMap((option) =>
    command.getOptionValueSource(option.attributeName()) === 'cli' ? [`${option.long}`] : [],
  );
