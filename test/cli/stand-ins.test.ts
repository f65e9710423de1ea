import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { passedOver, takeEnvironment } from '../../src/cli/environment.ts';
import { commandTree } from '../../src/cli/program.ts';
import { run } from '../../src/cli/run.ts';
import { SettingOption } from '../../src/cli/setting-option.ts';
import { StandInOption } from '../../src/cli/stand-in-option.ts';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { userErrorOf } from '../support/user-error.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { drifted } from './seen.ts';

const never = () => Promise.reject(new TypeError('AWS is not to be asked'));
const tree = () => commandTree({ host: memoryHost(), collect: never }, async () => {}, []);

const withSubcommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** Every setting that does not go with a stand-in, of every command. */
const PAIRS = withSubcommands(tree()).flatMap((command) =>
  command.options
    .filter((option) => option instanceof StandInOption)
    .flatMap((standIn) =>
      command.options
        .filter((option) => option instanceof SettingOption)
        .flatMap((setting) => {
          const name = setting.attributeName();
          const isRefused = standIn.never.includes(name);
          if (!isRefused && !standIn.inPlaceOf.includes(name)) return [];
          return [{ command: command.name(), standIn: `${standIn.long}`, variable: setting.variable, name, isRefused }];
        }),
    ),
);

const VALUES: Readonly<Record<string, string>> = {
  KEYDRIFT_SINCE: '7d',
  KEYDRIFT_EVENTS: 'off',
  KEYDRIFT_REGION: 'eu-west-1',
};

/** The command as it parsed a stand-in alone. */
function parsed(name: string, standIn: string): Command {
  const command = tree().commands.find((one) => one.name() === name);
  if (command === undefined) throw new TypeError(`no command is named ${name}`);
  command.action(() => {});
  return command.parse([standIn, 'keys.ndjson'], { from: 'user' });
}

describe('a variable beside a flag that its own flag cannot go with', () => {
  it('is one of these', () => {
    expect(
      PAIRS.map(({ command, variable, isRefused }) => `${command} ${variable}${isRefused ? ' refused' : ''}`),
    ).toEqual([
      'scan KEYDRIFT_REGION',
      'scan KEYDRIFT_PROFILE',
      'scan KEYDRIFT_STATE',
      'scan KEYDRIFT_CONFIG_DIR',
      'scan KEYDRIFT_VAR_FILE',
      'scan KEYDRIFT_PLAN',
      'scan KEYDRIFT_PULUMI',
      'scan KEYDRIFT_EVENTS',
      'scan KEYDRIFT_SINCE',
      'scan KEYDRIFT_CHANGED_SINCE refused',
      'check KEYDRIFT_STATE',
    ]);
  });

  it.each(PAIRS)(
    'keydrift $command $standIn with $variable',
    ({ command: name, standIn, variable, name: value, isRefused }) => {
      const command = parsed(name, standIn);
      const env = { [variable]: VALUES[variable] ?? 'x' };
      if (isRefused) {
        expect(userErrorOf(() => takeEnvironment(command, env))).toBe(`${variable} cannot be used with ${standIn}`);
        return;
      }
      expect([...takeEnvironment(command, env).keys()]).toEqual([]);
      expect(command.opts()).not.toHaveProperty(value);
      expect(passedOver(command, env)).toEqual([`${standIn} stands in for ${variable}: passed over`]);
      expect(passedOver(command, { [variable]: ' ' })).toEqual([]);
    },
  );
});

describe('keydrift scan --inventory', () => {
  const here = scratch();

  it.each([
    [{ KEYDRIFT_CHANGED_SINCE: 'HEAD' }, 2, 'keydrift: KEYDRIFT_CHANGED_SINCE cannot be used with --inventory\n'],
    [
      { KEYDRIFT_STATE: 's3://bucket/key', KEYDRIFT_REGION: 'nowhere' },
      0,
      'keydrift: --inventory stands in for KEYDRIFT_REGION, KEYDRIFT_STATE: passed over\n',
    ],
  ])('with %j: exit %i', async (env, code, stderr) => {
    await writeInventory(here.file('keys.ndjson'), drifted, new AbortController().signal);
    const host = memoryHost({ cwd: here.path, env });
    const line = ['scan', '--inventory', 'keys.ndjson', '--fail-on', 'critical'];
    expect(await run(line, host, never)).toBe(code);
    expect(host.said.stderr).toBe(stderr);
  });
});

describe('keydrift check with KEYDRIFT_STATE for a whole pipeline', () => {
  const here = scratch();
  const check = async (state: string) => {
    await writeFile(here.file('main.tf'), '# nothing');
    const host = memoryHost({ cwd: here.path, env: { KEYDRIFT_STATE: state } });
    return { code: await run(['check', '-o', 'json=report.json'], host, never), stderr: host.said.stderr };
  };

  it('passes over states that are elsewhere', async () => {
    expect(await check('s3://bucket/key')).toEqual({ code: 0, stderr: '' });
  });

  it('reads those that are files here', async () => {
    await writeFile(here.file('here.tfstate'), '{"version":4,"serial":1,"lineage":"a","resources":[]}');
    expect(await check('exec:infra\nhere.tfstate')).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(await readFile(here.file('report.json'), 'utf8')).coverage).toContainEqual(
      expect.objectContaining({ source: 'state', locator: 'here.tfstate', status: 'complete' }),
    );
  });

  it('refuses what is no place of a state', async () => {
    expect((await check('s3://')).code).toBe(2);
  });
});
