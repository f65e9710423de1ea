import type { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import type { CollectFlags } from './collect.ts';
import {
  allowPartialOptions,
  baselineOption,
  changedSinceOption,
  configOption,
  detailedExitcodeOption,
  judgingOptions,
  NOT_GIVEN,
  reportOptions,
  saveOption,
  showingOption,
  sourceOptions,
} from './flags.ts';
import { COLLECT_EXIT_CODES, EXIT_CODES, RULE_LINT_EXIT_CODES, RULE_TEST_EXIT_CODES } from './help.ts';
import { flagsNotBuilt } from './not-built.ts';
import { addGroup, givenOf } from './option-groups.ts';
import type { ReportCommandFlags } from './report.ts';
import type { RulesFlags } from './rule-set.ts';
import type { ShowingFlags } from './rules.ts';
import type { ScanFlags } from './scan.ts';
import { StandInOption } from './stand-in-option.ts';

/** Takes the exit code of a command that runs. */
export type Answer = (running: Promise<number>) => Promise<void>;

/** Adds one command to the program. What a command needs is loaded when it runs, not when it is named. */
export type Subcommand = (program: Command, cli: Cli, answer: Answer) => void;

type Defaulted = keyof typeof NOT_GIVEN;
/** Flags as commander leaves them: what was not given and has no default is absent. */
export type Given<Flags> = Omit<Flags, Defaulted> & Partial<Pick<Flags, Defaulted & keyof Flags>>;

/** `keydrift scan`, with everything that it can be told. */
export const addScan: Subcommand = (program, cli, answer) => {
  const command = program.command('scan').description('look, judge and report');
  addGroup(command, 'Where to look:', [...sourceOptions(), replayOption()]);
  addGroup(command, 'How to judge:', [...judgingOptions(), baselineOption(), changedSinceOption()]);
  addGroup(command, 'What to say:', [...reportOptions(), saveOption()]);
  addGroup(command, 'Not built yet:', flagsNotBuilt());
  command
    .addHelpText('after', EXIT_CODES)
    .action((given: Given<ScanFlags>) =>
      answer(import('./scan.ts').then(({ scan }) => scan({ ...NOT_GIVEN, ...given }, cli))),
    );
};

/** `keydrift collect`: the sources of `scan`, and where to save. */
export const addCollect: Subcommand = (program, cli, answer) => {
  const command = program.command('collect').description('look and save an inventory, judge nothing');
  addGroup(command, 'Where to look:', sourceOptions());
  addGroup(command, 'What the inventory says of itself:', judgingOptions());
  addGroup(command, 'What to answer:', [
    saveOption().makeOptionMandatory(),
    ...allowPartialOptions(),
    detailedExitcodeOption(),
  ]);
  addGroup(command, 'Not built yet:', flagsNotBuilt());
  command
    .addHelpText('after', COLLECT_EXIT_CODES)
    .action((given: Given<CollectFlags>) =>
      answer(import('./collect.ts').then(({ collect }) => collect({ ...NOT_GIVEN, ...given }, cli))),
    );
};

/** `keydrift report FILE`: how to judge and what to say, no sources. */
export const addReport: Subcommand = (program, cli, answer) => {
  const command = program
    .command('report')
    .description('judge a saved inventory again, or show a JSON report in another format')
    .argument('<file>', 'what --save-inventory or -o json=FILE wrote');
  const judging = [...judgingOptions(), baselineOption()];
  addGroup(command, 'How to judge (saved inventories):', judging);
  addGroup(command, 'Which settings:', [configOption()]);
  addGroup(command, 'What to say:', reportOptions());
  command.addHelpText('after', EXIT_CODES).action((file: string, given: Given<ReportCommandFlags>) => {
    const flags = { ...NOT_GIVEN, ...given, judging: givenOf(command, judging) };
    return answer(import('./report.ts').then(({ report }) => report(file, flags, cli)));
  });
};

/** `keydrift rules list|show|test|lint`. */
export const addRules: Subcommand = (program, cli, answer) => {
  const command = program.command('rules').description('list, explain, test and lint rules');
  const load = () => import('./rules.ts');
  command
    .command('list')
    .description('every rule, worst first, and what settings make of it')
    .addOption(configOption())
    .addOption(showingOption())
    .action((flags: ShowingFlags) => answer(load().then(({ listRules }) => listRules(flags, cli.host))));
  command
    .command('show')
    .argument('<id>', 'a rule, such as unmanaged-key')
    .description('what one rule says, why, and what to do')
    .addOption(configOption())
    .addOption(showingOption())
    .action((id: string, flags: ShowingFlags) => answer(load().then(({ showRule }) => showRule(id, flags, cli.host))));
  command
    .command('test')
    .argument('[where...]', 'rule files, and directories of them (default: all rules, with those of the settings)')
    .description('run the tests that stand in the rule files')
    .addOption(configOption())
    .addHelpText('after', RULE_TEST_EXIT_CODES)
    .action((where: readonly string[], flags: RulesFlags) =>
      answer(load().then(({ testRuleFiles }) => testRuleFiles(where, flags, cli.host))),
    );
  command
    .command('lint')
    .argument('[where...]', 'rule files, and directories of them (default: all rules, with those of the settings)')
    .description('what is wrong with rules, and what they would be better without')
    .addOption(configOption())
    .addHelpText('after', RULE_LINT_EXIT_CODES)
    .action((where: readonly string[], flags: RulesFlags) =>
      answer(import('./rules-lint.ts').then(({ lintRules }) => lintRules(where, flags, cli.host))),
    );
};

const replayOption = (): Option =>
  new StandInOption('--inventory <file>', 'judge a saved inventory instead of looking', {
    inPlaceOf: [
      'region',
      'profile',
      'state',
      'stateHeader',
      'configDir',
      'varFile',
      'plan',
      'pulumi',
      'events',
      'since',
    ],
    never: ['saveInventory', 'changedSince'],
  });
