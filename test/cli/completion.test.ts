import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { commandWords, everyCommand } from '../../src/cli/completion/tree.ts';
import { commandTree } from '../../src/cli/program.ts';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const here = scratch();

/** Where files and directories are completed. */
const FOLDER = resolve('examples/quickstart');

async function scriptFor(shell: string): Promise<string> {
  const host = memoryHost();
  expect(await run(['completion', shell], host)).toBe(0);
  expect(host.said.stderr).toBe('');
  return host.said.stdout;
}

/** Runs a shell in the quickstart with the script at hand as `$1`, and gives the lines it prints. */
async function shellSays(shell: string, args: readonly string[], program: string): Promise<readonly string[]> {
  const script = here.file(`keydrift.${shell}`);
  await writeFile(script, await scriptFor(shell));
  const { stdout } = await promisify(execFile)(shell, [...args, program.replaceAll('$SCRIPT', script)], {
    cwd: FOLDER,
    env: { PATH: process.env['PATH'], HOME: here.path },
  });
  return stdout.split('\n').filter((line) => line !== '');
}

const isHere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;

/** The words of the line as far as it is typed, the last one being completed, and what is offered for it. */
const OFFERS: readonly (readonly [string, readonly string[]])[] = [
  ['keydrift sca', ['scan']],
  ['keydrift rules te', ['test']],
  ['keydrift scan --fail-', ['--fail-on']],
  ['keydrift scan --fail-on ', ['critical', 'high', 'info', 'low', 'medium', 'never']],
  ['keydrift scan --events ', ['lookup', 'off']],
  ['keydrift scan --region eu-west-1 -o j', ['json', 'junit']],
  ['keydrift scan --state wor', ['world.json']],
  ['keydrift report wor', ['world.json']],
  ['keydrift completion ', ['bash', 'fish', 'zsh']],
  ['keydrift help sca', ['scan']],
];

describe('bash', () => {
  /** Bash cuts the line at blanks and at each `=`. */
  const completed = async (line: string): Promise<readonly string[]> => {
    const words = line.split(/ |(?<==)|(?==)/).map((word) => `'${word}'`);
    const said = await shellSays(
      'bash',
      ['--norc', '-c'],
      `source $SCRIPT; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _keydrift; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
    return said.toSorted();
  };

  it.each(OFFERS)('%s', async (line, offered) => {
    expect(await completed(line)).toEqual(offered);
  });

  it.each([
    ['keydrift scan --fail-on=h', ['high']],
    ['keydrift scan -o json=wor', ['world.json']],
    ['keydrift scan --output=json=wor', ['world.json']],
    ['keydrift scan --config-dir ', ['infra']],
    ['keydrift scan --region ', []],
  ])('%s', async (line, offered) => {
    expect(await completed(line)).toEqual(offered);
  });

  it('is registered for keydrift', async () => {
    expect(await shellSays('bash', ['--norc', '-c'], 'source $SCRIPT; complete -p keydrift')).toEqual([
      'complete -F _keydrift keydrift',
    ]);
  });
});

(isHere('fish') ? describe : describe.skip)('fish', () => {
  it.each([...OFFERS, ['keydrift scan --output=json=wor', ['--output=json=world.json']]] as const)(
    '%s',
    async (line, offered) => {
      const said = await shellSays('fish', ['--no-config', '-c'], `source $SCRIPT; complete -C '${line}'`);
      expect(said.map((each) => each.split('\t')[0]).toSorted()).toEqual(offered);
    },
  );
});

(isHere('zsh') ? describe : describe.skip)('zsh', () => {
  it('takes the script, and registers it', async () => {
    const program = 'autoload -U compinit; compinit -u -D; source $SCRIPT; print $_comps[keydrift]';
    expect(await shellSays('zsh', ['-f', '-c'], program)).toEqual(['_keydrift']);
  });

  it.each(OFFERS)('%s', async (line, offered) => {
    const said = await shellSays('zsh', ['-f', '-c'], zshTyping(line));
    expect([...new Set(said)].toSorted()).toEqual(offered);
  });
});

/**
 * Completion runs in an editor of lines alone: a shell in a terminal of its own (zsh/zpty) is typed at, and notes what is
 * offered to it. It is typed at once the editor says that it reads, and its next command runs when that is through.
 */
const zshTyping = (line: string): string => `
zmodload zsh/zpty
zpty editor zsh -f -i
zpty -w editor 'PS1=; autoload -U compinit; compinit -u -D; source $SCRIPT'
zpty -w editor 'compadd() { local -a hits; builtin compadd -O hits "$@"; (( $#hits )) && print -rl -- $hits >>$HOME/offers; builtin compadd "$@" }'
zpty -w editor 'zle-line-init() { print READ""Y }; zle -N zle-line-init'
zpty -r editor seen '*READY*'
zpty -w -n editor $'${line}\\t'
zpty -w editor $'\\C-uprint DON""E'
zpty -r editor seen '*DONE*'
cat $HOME/offers
`;

it('every command and flag that help shows is in the scripts', async () => {
  const host = memoryHost();
  const cli = { host, collect: () => Promise.reject(new Error('nothing is looked at')) };
  const commands = everyCommand(commandWords(commandTree(cli, async () => {}, [])));
  expect(commands.map(({ path }) => path.join(' '))).toEqual(expect.arrayContaining(['scan', 'rules show', 'help']));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = await scriptFor(shell);
    const missing = commands
      .flatMap(({ flags }) => flags.flatMap(({ names }) => names))
      .filter((name) => {
        const bare = name.replace(/^-+/, '');
        return !script.includes(shell === 'fish' ? ` ${bare} ` : name);
      });
    expect(missing).toEqual([]);
  }
});

it('a shell that is none of them is a usage error', async () => {
  const host = memoryHost();
  expect(await run(['completion', 'tcsh'], host)).toBe(2);
  expect(host.said.stderr).toContain('bash, zsh, fish');
});
