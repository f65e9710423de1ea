import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { plainText } from '../reporters/plain-text.ts';
import { SettingOption, VARIABLE_PREFIX } from './setting-option.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Gives a command what variables say of the flags that are not on the command line, and gives back which those are, by
 * the names of their values. An empty variable says nothing.
 * Throws a UserError, which names the variable and never its value, for one that says what the flag may not.
 */
export function takeEnvironment(command: Command, env: Environment): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  for (const option of settingsOf(command)) {
    const text = env[option.variable] ?? '';
    const name = option.attributeName();
    if (text.trim() === '' || command.getOptionValueSource(name) === 'cli') continue;
    command.setOptionValueWithSource(name, valueIn(option, text), 'env');
    taken.set(name, option.variable);
  }
  return taken;
}

const settingsOf = (command: Command): readonly SettingOption[] =>
  command.options.filter((option) => option instanceof SettingOption);

/** Whether a command has settings at all: only there a misspelt variable would have been one. */
export const takesSettings = (command: Command): boolean => settingsOf(command).length > 0;

/** A line for each variable that looks like one of ours and is none. `known` are all there are. */
export function strangersIn(env: Environment, known: readonly string[]): readonly string[] {
  const names = known.map(withoutPrefix);
  return Object.keys(env)
    .filter((name) => name.startsWith(VARIABLE_PREFIX) && !known.includes(name))
    .sort()
    .map((name) => {
      // Of the whole names a third may differ, and they all begin alike.
      const hint = didYouMean(withoutPrefix(name), names).replace('"', `"${VARIABLE_PREFIX}`);
      return `${plainText(name)} is no setting, and says nothing${hint}`;
    });
}

const withoutPrefix = (variable: string): string => variable.slice(VARIABLE_PREFIX.length);

function valueIn(option: SettingOption, text: string): unknown {
  if (option.form === 'one') return parsed(option, text.trim(), undefined, option.variable);
  let values: unknown;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() !== '') values = parsed(option, line.trim(), values, `${option.variable}, line ${at + 1}`);
  }
  return values;
}

function parsed(option: SettingOption, text: string, before: unknown, where: string): unknown {
  if (option.isBoolean()) return truthOf(text, where);
  try {
    return option.parseArg === undefined ? text : option.parseArg(text, before);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError || error instanceof UserError)) throw error;
    const words = error instanceof UserError ? error.message : clause(error.message);
    throw new UserError(`${where}: ${words}`, { cause: error });
  }
}

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

function truthOf(text: string, where: string): boolean {
  const truth = TRUTHS[text.toLowerCase()];
  if (truth !== undefined) return truth;
  throw new UserError(`${where}: write true or false`);
}

/** A sentence as the rest of a line. */
const clause = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
