import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { plainText } from '../reporters/plain-text.ts';
import { SettingOption, VARIABLE_PREFIX } from './setting-option.ts';
import { StandInOption } from './stand-in-option.ts';
import { truthOf } from './truth.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Gives a command what variables say of the flags that are not on the command line, and gives back which those are, by
 * the names of their values. An empty variable says nothing.
 * Throws a UserError, which names the variable and never its value, for one that says what the flag may not, and for one
 * that cannot go with a flag that is given.
 */
export function takeEnvironment(command: Command, env: Environment): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const standIns = standInsOf(command);
  for (const { option, name } of speaking(command, env)) {
    const refusing = standIns.find(({ never }) => never.includes(name));
    if (refusing !== undefined) throw new UserError(`${option.variable} cannot be used with ${refusing.long}`);
    if (standIns.some(({ inPlaceOf }) => inPlaceOf.includes(name))) continue;
    command.setOptionValueWithSource(name, valueIn(option, env[option.variable] ?? ''), 'env');
    taken.set(name, option.variable);
  }
  return taken;
}

/** Throws like takeEnvironment for what variables say that are for other commands alone: a wrong value is wrong there too. */
export function checkOthers(command: Command, env: Environment, known: readonly SettingOption[]): void {
  const own = new Set(settingsOf(command).map(({ variable }) => variable));
  for (const option of known) {
    const text = env[option.variable] ?? '';
    if (text.trim() !== '' && !own.has(option.variable)) valueIn(option, text);
  }
}

/** A line for each given flag that stands in for what variables say. */
export function passedOver(command: Command, env: Environment): readonly string[] {
  const variables = speaking(command, env);
  return standInsOf(command).flatMap(({ inPlaceOf, long }) => {
    const idle = variables.flatMap(({ option, name }) => (inPlaceOf.includes(name) ? [option.variable] : []));
    return idle.length === 0 ? [] : [`${long} stands in for ${idle.join(', ')}: passed over`];
  });
}

/** Settings of which a variable says something, and no flag. */
const speaking = (command: Command, env: Environment): readonly { option: SettingOption; name: string }[] =>
  settingsOf(command)
    .map((option) => ({ option, name: option.attributeName() }))
    .filter(
      ({ option, name }) => (env[option.variable] ?? '').trim() !== '' && command.getOptionValueSource(name) !== 'cli',
    );

/** Those that are given. */
const standInsOf = (command: Command): readonly StandInOption[] =>
  command.options
    .filter((option) => option instanceof StandInOption)
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');

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
    const read = option.variableParser ?? option.parseArg;
    return read === undefined ? text : read(text, before);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError || error instanceof UserError)) throw error;
    const words = error instanceof UserError ? error.message : clause(error.message);
    throw new UserError(`${where}: ${words}`, { cause: error });
  }
}

/** A sentence as the rest of a line. */
const clause = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
