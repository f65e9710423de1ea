import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TakingFlags } from './baseline.ts';
import type { Subcommand } from './commands.ts';
import { baselineOption, configOption, judgingOptions } from './flags.ts';
import { BASELINE_HELP } from './help.ts';
import { addGroup, givenOf } from './option-groups.ts';

type Given = Omit<TakingFlags, 'rule' | 'judging'> & Partial<Pick<TakingFlags, 'rule'>>;

/** `keydrift baseline create|update|prune FILE`. */
export const addBaseline: Subcommand = (program, { host }, answer) => {
  const command = program
    .command('baseline')
    .description('keep the findings known from before, which do not count')
    .addHelpText('after', BASELINE_HELP);
  const load = () => import('./baseline.ts');
  const create = subcommand(command, 'create', 'make a baseline of all findings; refuses to write over one');
  addGroup(create, 'What to take in:', takingOptions());
  create.action((file: string, given: Given) =>
    answer(load().then(({ createBaseline }) => createBaseline(file, flagsOf(create, given), host))),
  );
  const update = subcommand(command, 'update', 'add the findings that are open, and renew severities');
  addGroup(update, 'What to take in:', takingOptions());
  update.action((file: string, given: Given) =>
    answer(load().then(({ updateBaseline }) => updateBaseline(file, flagsOf(update, given), host))),
  );
  const prune = subcommand(command, 'prune', 'take out the findings that are proved to be gone');
  prune.action((file: string, given: Given) =>
    answer(load().then(({ pruneBaseline }) => pruneBaseline(file, flagsOf(prune, given), host))),
  );
};

function subcommand(parent: Command, name: string, description: string): Command {
  const command = parent
    .command(name)
    .description(description)
    .argument('<file>', 'what --save-inventory or -o json=FILE wrote');
  addGroup(command, 'Which baseline:', [baselineOption(), configOption()]);
  addGroup(command, 'How to judge (saved inventories):', judgingOptions());
  return command;
}

const takingOptions = (): readonly Option[] => [
  new Option('--rule <id>', 'findings of this rule alone; repeatable').argParser(
    (id: string, before: readonly string[] = []) => [...before, id],
  ),
  new Option('--reason <text>', 'why these are all right for now').argParser(reasonIn),
];

function reasonIn(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Say why.');
}

const flagsOf = (command: Command, given: Given): TakingFlags => ({
  rule: [],
  ...given,
  judging: givenOf(command, judgingOptions()),
});
