import { Command, CommanderError, Help, type Option } from 'commander';
import { UserError } from '../errors.ts';
import { addBaseline } from './baseline-command.ts';
import { addCheck } from './check-command.ts';
import type { Cli } from './cli.ts';
import { type Answer, addCollect, addReport, addRules, addScan, type Subcommand } from './commands.ts';
import { addCompletion } from './completion-command.ts';
import { addConfig } from './config-command.ts';
import { checkOthers, passedOver, strangersIn, takeEnvironment, takesSettings } from './environment.ts';
import { WIDTH } from './face.ts';
import { settingOptions, settingVariables } from './flags.ts';
import { PROGRAM_HELP } from './help.ts';
import { addInit } from './init-command.ts';
import { addCommandsNotBuilt } from './not-built.ts';
import { SettingOption } from './setting-option.ts';

/** Reads one command line and runs its command. Resolves to the exit code; throws UserError for wrong usage. */
export async function dispatch(args: readonly string[], cli: Cli): Promise<number> {
  const help: string[] = [];
  let code = 0;
  const answer: Answer = async (running) => {
    code = await running;
  };
  const program = commandTree(cli, answer, help);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return answerUsage(error, { help: help.join(''), program }, cli);
  }
}

/** Every command with its flags. `help` takes what commander would print. */
export function commandTree(cli: Cli, answer: Answer, help: string[]): Command {
  const program = emptyProgram(cli, help);
  program.hook('preAction', (_, command) => settle(command, cli.host));
  for (const add of COMMANDS) add(program, cli, answer);
  addCommandsNotBuilt(program);
  return program;
}

const COMMANDS: readonly Subcommand[] = [
  addScan,
  addCheck,
  addCollect,
  addReport,
  addRules,
  addBaseline,
  addConfig,
  addInit,
  addCompletion,
];

/** Flags first, then what variables say of the rest. */
function settle(command: Command, { env, stderr }: Cli['host']): void {
  if (!takesSettings(command)) return;
  for (const line of strangersIn(env, settingVariables())) stderr.write(`keydrift: ${line}\n`);
  takeEnvironment(command, env);
  checkOthers(command, env, settingOptions());
  for (const line of passedOver(command, env)) stderr.write(`keydrift: ${line}\n`);
}

/** Help is collected instead of written, and ends parsing with a CommanderError, like wrong usage does. */
function emptyProgram({ host }: Cli, help: string[]): Command {
  return new Command('keydrift')
    .description(
      'Every KMS key accounted for: what CloudTrail says was created, what Terraform declares, what KMS says now.',
    )
    .version(host.package.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', PROGRAM_HELP)
    .exitOverride()
    .configureHelp({ optionDescription: withVariable })
    .configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: (text) => help.push(text),
      outputError: () => {},
      getOutHelpWidth: () => host.stdout.columns ?? WIDTH,
      getErrHelpWidth: () => host.stderr.columns ?? WIDTH,
    });
}

/** What commander would say, and which variable says the same. */
function withVariable(option: Option): string {
  const words = new Help().optionDescription(option);
  return option instanceof SettingOption ? `${words} [${option.variable}]` : words;
}

/** Help that was asked for is an answer; help because the command is missing is a usage error. */
async function answerUsage(
  error: CommanderError,
  { help, program }: { readonly help: string; readonly program: Command },
  { host }: Cli,
): Promise<number> {
  if (error.exitCode === 0) {
    await host.stdout.write([help]);
    return 0;
  }
  if (error.code === 'commander.help') throw new UserError(`name a command: ${commandIn(help)} --help lists them`);
  throw new UserError(usageMessage(error.message, program));
}

/** Which of ours a help is of: that of a command without one of its own commands is of itself. */
const commandIn = (help: string): string => /^Usage: ((?:[\w-]+ )*[\w-]+) /.exec(help)?.[1] ?? 'keydrift';

/** "error: unknown option '--sate'\n(Did you mean --state?)" on one line, without its first word. */
function usageMessage(message: string, program: Command): string {
  const words = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  const [unknown, name = ''] = /^unknown command '([\w-]+)'/.exec(words) ?? [];
  const meant = unknown === undefined ? [] : commandsBelow(program, name);
  return meant.length === 0 ? words : `${unknown} (Did you mean ${meant.join(' or ')}?)`;
}

/** `rules lint` of `lint`: what is meant by the name of a command that belongs to another. */
const commandsBelow = (program: Command, name: string): readonly string[] =>
  program.commands.flatMap((command) =>
    command.commands.some((each) => each.name() === name) ? [`${command.name()} ${name}`] : [],
  );
