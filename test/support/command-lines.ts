import { type Command, CommanderError } from 'commander';
import { commandTree } from '../../src/cli/program.ts';
import { memoryHost } from '../cli/memory-host.ts';

/**
 * The commands of keydrift that a text (pipeline, script, Markdown) has somebody type, as arguments. The bare name of a
 * command within a sentence of Markdown only speaks of it.
 */
export function commandLines(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/(^|[\s`(;&|])keydrift((?: +(?:"[^"\n]*"|'[^'\n]*'|[^\s`|;&><#)"']+)+)+)/gm)]
    .map(([, before, rest = '']) => ({ isMention: before === '`' && /^(?: [a-z]+)+$/.test(rest), args: wordsOf(rest) }))
    .filter(({ isMention, args: [name = ''] }) => !isMention && (name.startsWith('-') || COMMANDS.has(name)))
    .map(({ args }) => args);
}

/** Words in prose behind the name of the program are none of these. */
const COMMANDS: ReadonlySet<string> = new Set(commandTreeAlone().commands.map((command) => command.name()));

/** As a shell would cut them; what a variable holds is any word, and what a document leaves out is none. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)]
    .map(([word]) => word.replaceAll(/["']/g, '').replaceAll(/\$\{?\w+\}?/g, 'value'))
    .filter((word) => word !== '…');

/** Reads arguments as keydrift does, and runs nothing. Rejects with what keydrift would say of them. */
export const parseArguments = async (args: readonly string[]): Promise<void> => {
  try {
    await commandTreeAlone().parseAsync([...args], { from: 'user' });
  } catch (error) {
    // Help that is asked for ends the reading too.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
};

/** The commands as keydrift has them, which do nothing. */
export function commandTreeAlone(): Command {
  const host = memoryHost();
  const collect = (): never => {
    throw new Error('nothing is to be looked at');
  };
  const program = commandTree({ host, collect }, async () => {}, []);
  for (const command of leaves(program)) command.action(() => {});
  return program;
}

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}
