import { type Command, Option } from 'commander';
import { UserError } from '../errors.ts';

/** Flags that a later version brings. */
const FLAGS = ['--role-arn', '--account'];

/** Commands that a later version brings. */
const COMMANDS = ['explain', 'import', 'diff', 'merge', 'doctor'];

/** The answer to what a later version brings: better than "unknown", which would be untrue. */
export const notBuilt = (what: string, instead?: string): UserError =>
  new UserError(`${what} is not built yet${instead === undefined ? '' : `; ${instead}`}`);

/** Hidden options that refuse themselves. */
export const flagsNotBuilt = (): Option[] =>
  FLAGS.map((flag) =>
    new Option(`${flag} [value]`)
      .preset('')
      .argParser((): never => {
        throw notBuilt(flag);
      })
      .hideHelp(),
  );

/** Adds hidden commands that refuse themselves, whatever follows them. */
export function addCommandsNotBuilt(program: Command): void {
  for (const name of COMMANDS) {
    program
      .command(name, { hidden: true })
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action((): never => {
        throw notBuilt(`the command ${name}`);
      });
  }
}
