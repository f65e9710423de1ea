import type { Subcommand } from './commands.ts';
import type { ConfigFlags } from './config.ts';
import { configOption, showingOption } from './flags.ts';
import { CONFIG_HELP } from './help.ts';
import { addGroup, givenOf } from './option-groups.ts';

/** `keydrift config`. */
export const addConfig: Subcommand = (program, { host }, answer) => {
  const command = program.command('config').description('show each setting as it holds here, and who says so');
  const config = configOption();
  addGroup(command, 'Which settings:', [config]);
  addGroup(command, 'What to say:', [showingOption()]);
  command.addHelpText('after', CONFIG_HELP).action((flags: ConfigFlags) => {
    const given = givenOf(command, [config]).map((flag) => flag.slice('--'.length));
    return answer(import('./config.ts').then(({ showConfig }) => showConfig(flags, given, host)));
  });
};
