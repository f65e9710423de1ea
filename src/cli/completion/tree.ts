import { type Command, Help, type Option } from 'commander';
import { FORMATS } from '../../reporters/index.ts';

/** What may stand where a value is asked for. `format` is one of the words, perhaps with `=` and a file behind it. */
export type Value =
  | { readonly kind: 'words' | 'format'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'directory' | 'other' };

/** One flag of a command. */
export interface Flag {
  /** `-o` and `--output`. */
  readonly names: readonly string[];
  /** A few words, in one line. */
  readonly says: string;
  /** undefined: it takes none. */
  readonly value: Value | undefined;
}

/** One command, as far as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  /** The words that lead to it, without the program's own: `['rules', 'list']`; none of the program itself. */
  readonly path: readonly string[];
  readonly says: string;
  readonly flags: readonly Flag[];
  readonly commands: readonly CommandWords[];
  /** What stands behind it that is no flag. */
  readonly argument: Value | undefined;
}

/** A command and those below it that help shows: commander's own tree, so that nothing is written twice. */
export function commandWords(command: Command, path: readonly string[] = []): CommandWords {
  const help = new Help();
  const commands = help.visibleCommands(command).map((each) => commandWords(each, [...path, each.name()]));
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    path,
    says: firstWords(command.description()),
    flags: help.visibleOptions(command).map(flagOf),
    commands: commands.map((each) => (each.name === 'help' ? aboutOthers(each, commands) : each)),
    argument: argument === undefined ? undefined : valueFor(argument.name(), argument.argChoices),
  };
}

/** `help` takes the name of a command, which is no choice in commander's tree. */
const aboutOthers = (help: CommandWords, commands: readonly CommandWords[]): CommandWords => ({
  ...help,
  argument: { kind: 'words', words: commands.flatMap(({ name }) => (name === 'help' ? [] : [name])) },
});

/** This command and all below it, each before those that it has. */
export const everyCommand = (top: CommandWords): readonly CommandWords[] => [
  top,
  ...top.commands.flatMap(everyCommand),
];

/** ` rules list`: how the scripts tell commands apart. */
export const placeOf = (path: readonly string[]): string => path.map((word) => ` ${word}`).join('');

const flagOf = (option: Option): Flag => ({
  names: [option.short, option.long].filter((name) => typeof name === 'string'),
  says: firstWords(option.description),
  value: option.required || option.optional ? valueFor(placeholderOf(option), option.argChoices) : undefined,
});

/** `file` of `--plan <file>`. */
const placeholderOf = ({ flags }: Option): string => /[<[](.*)[>\]]$/.exec(flags)?.[1] ?? '';

/** What the word between the angles asks for. */
const VALUES: Readonly<Record<string, Value>> = {
  file: { kind: 'file' },
  where: { kind: 'file' },
  dir: { kind: 'directory' },
  how: { kind: 'words', words: ['lookup', 'off'] },
  'format[=path]': { kind: 'format', words: FORMATS },
};

function valueFor(placeholder: string, choices: readonly string[] | undefined): Value {
  return choices === undefined ? (VALUES[placeholder] ?? { kind: 'other' }) : { kind: 'words', words: choices };
}

/** As much as a shell shows beside a word; quotes and brackets would mean something to one of them. */
const firstWords = (text: string): string => (/^[^;:.([\n]*/.exec(text)?.[0] ?? '').replaceAll(/['"`\\$]/g, '').trim();
