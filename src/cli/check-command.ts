import type { Option } from 'commander';
import type { CheckFlags } from './check.ts';
import type { Given, Subcommand } from './commands.ts';
import { asOfOption, baselineOption, changedSinceOption, hereOptions, NOT_GIVEN, reportOptions } from './flags.ts';
import { CHECK_HELP, EXIT_CODES } from './help.ts';
import { addGroup } from './option-groups.ts';
import { StandInOption } from './stand-in-option.ts';

/** `keydrift check`: what a work tree says, and nobody is asked. */
export const addCheck: Subcommand = (program, cli, answer) => {
  const command = program
    .command('check')
    .description('judge configuration, plans and snapshots of states here, without AWS and without network');
  addGroup(command, 'What to read:', [...hereOptions(), standInOption()]);
  addGroup(command, 'How to judge:', [changedSinceOption(), baselineOption(), asOfOption()]);
  addGroup(command, 'What to say:', reportOptions());
  command
    .addHelpText('after', `${CHECK_HELP}\n${EXIT_CODES}`)
    .action((given: Given<CheckFlags>) =>
      answer(import('./check.ts').then(({ check }) => check({ ...NOT_GIVEN, ...given }, cli))),
    );
};

const standInOption = (): Option =>
  new StandInOption(
    '--inventory <file>',
    'what keydrift collect saved: its keys, records and states stand in for AWS; what is declared and planned here is laid beside them',
    { inPlaceOf: ['state'] },
  );
