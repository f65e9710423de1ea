import { Argument } from 'commander';
import type { Subcommand } from './commands.ts';
import { SHELLS, type Shell } from './completion/shells.ts';
import { COMPLETION_HELP } from './help.ts';

/** `keydrift completion bash|zsh|fish`. */
export const addCompletion: Subcommand = (program, { host }, answer) => {
  program
    .command('completion')
    .description('print the completion of commands and flags for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', COMPLETION_HELP)
    .action((shell: Shell) =>
      answer(import('./completion.ts').then(({ completion }) => completion(program, shell, host))),
    );
};
