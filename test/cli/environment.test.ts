import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { checkOthers, strangersIn, takeEnvironment, takesSettings } from '../../src/cli/environment.ts';
import { allowPartialOptions, settingOptions, settingVariables } from '../../src/cli/flags.ts';
import { DAY, HOUR } from '../../src/model/time.ts';
import { userErrorOf } from '../support/user-error.ts';

function commandWith(...args: string[]): Command {
  const command = new Command();
  for (const option of [...settingOptions(), ...allowPartialOptions().slice(1)]) command.addOption(option);
  return command.parse(args, { from: 'user' });
}

function valuesOf(env: Readonly<Record<string, string>>, ...args: string[]) {
  const command = commandWith(...args);
  takeEnvironment(command, env);
  return command.opts();
}

describe('variables', () => {
  it('say what their flags would', () => {
    const env = {
      KEYDRIFT_CONFIG: 'ci.yaml',
      KEYDRIFT_PROFILE: 'audit',
      KEYDRIFT_REGION: 'eu-west-1\r\n\n  us-east-1\n',
      KEYDRIFT_STATE: 'a.tfstate\nexec:infra',
      KEYDRIFT_CONFIG_DIR: 'infra',
      KEYDRIFT_VAR_FILE: 'a.tfvars',
      KEYDRIFT_PLAN: 'plan.json',
      KEYDRIFT_PULUMI: 'edge.json',
      KEYDRIFT_EVENTS: 'off',
      KEYDRIFT_SINCE: '7d',
      KEYDRIFT_ESTATE: 'complete',
      KEYDRIFT_GRACE: '0h',
      KEYDRIFT_FAIL_ON: ' low\n',
      KEYDRIFT_ALLOW_PARTIAL: 'TRUE',
      KEYDRIFT_BASELINE: 'known.json',
      KEYDRIFT_OUTPUT: 'table\njson=report.json',
      KEYDRIFT_CHANGED_SINCE: 'origin/main',
    };
    expect(Object.keys(env).sort()).toEqual(
      settingVariables()
        .filter((name) => name !== 'KEYDRIFT_STATE_HEADERS')
        .toSorted(),
    );
    expect(valuesOf(env)).toEqual({
      config: 'ci.yaml',
      profile: 'audit',
      region: ['eu-west-1', 'us-east-1'],
      state: ['a.tfstate', 'exec:infra'],
      configDir: ['infra'],
      varFile: ['a.tfvars'],
      plan: ['plan.json'],
      pulumi: ['edge.json'],
      events: 'off',
      since: 7 * DAY,
      estate: 'complete',
      grace: 0,
      failOn: 'low',
      allowPartial: true,
      baseline: 'known.json',
      output: [{ format: 'table' }, { format: 'json', path: 'report.json' }],
      changedSince: 'origin/main',
    });
  });

  it('say nothing where they are empty, or their flag is given', () => {
    expect(valuesOf({ KEYDRIFT_GRACE: '', KEYDRIFT_REGION: ' \n ', KEYDRIFT_ALLOW_PARTIAL: '' })).toEqual({});
    const env = { KEYDRIFT_GRACE: 'nonsense', KEYDRIFT_REGION: 'eu-west-1\neu-west-2', KEYDRIFT_ALLOW_PARTIAL: 'true' };
    expect(valuesOf(env, '--grace', '2h', '--region', 'us-east-1', '--no-allow-partial')).toEqual({
      grace: 2 * HOUR,
      region: ['us-east-1'],
      allowPartial: false,
    });
  });

  it.each([
    ['false', false],
    ['0', false],
    ['1', true],
  ])('that are true or false can be %s', (text, allowPartial) => {
    expect(valuesOf({ KEYDRIFT_ALLOW_PARTIAL: text })).toEqual({ allowPartial });
  });

  it('are named where they come from', () => {
    const command = commandWith('--grace', '1h');
    const taken = takeEnvironment(command, { KEYDRIFT_FAIL_ON: 'low', KEYDRIFT_GRACE: '2h' });
    expect([...taken]).toEqual([['failOn', 'KEYDRIFT_FAIL_ON']]);
    expect(command.getOptionValueSource('failOn')).toBe('env');
  });

  it.each([
    ['KEYDRIFT_GRACE', 'hunter2', 'KEYDRIFT_GRACE: a duration is written like 90d, 12h, 30m or 45s'],
    ['KEYDRIFT_SINCE', '0d', /^KEYDRIFT_SINCE: a duration is written like/],
    ['KEYDRIFT_REGION', '\neu-west-1\nhunter2', 'KEYDRIFT_REGION, line 3: a Region is named like eu-west-1'],
    ['KEYDRIFT_REGION', 'all', /^KEYDRIFT_REGION, line 1: --region all is not built yet/],
    ['KEYDRIFT_STATE', 'gs://hunter2', /^KEYDRIFT_STATE, line 1: --state gs:\/\/…: no such kind of place/],
    ['KEYDRIFT_FAIL_ON', 'hunter2', /^KEYDRIFT_FAIL_ON: allowed choices are critical, high,.* never$/],
    ['KEYDRIFT_ALLOW_PARTIAL', 'hunter2', 'KEYDRIFT_ALLOW_PARTIAL: write true or false'],
    ['KEYDRIFT_OUTPUT', 'json=a\nhunter2', /^KEYDRIFT_OUTPUT, line 2: formats are /],
  ])('with a wrong value are named, and never quoted: %s=%j', (name, value, message) => {
    const error = userErrorOf(() => valuesOf({ [name]: value }));
    expect(error).not.toContain('hunter2');
    if (typeof message === 'string') expect(error).toBe(message);
    else expect(error).toMatch(message);
  });
});

describe('a variable of another command', () => {
  it('is refused for a wrong value, and else says nothing', () => {
    const command = new Command();
    const check = (value: string) => checkOthers(command, { KEYDRIFT_GRACE: value }, settingOptions());
    expect(userErrorOf(() => check('1w'))).toMatch(/^KEYDRIFT_GRACE: /);
    check('1h');
    check('');
    expect(command.opts()).toEqual({});
  });
});

describe('what looks like a variable of ours and is none', () => {
  it('is told with the nearest name, and not with its value', () => {
    const env = { KEYDRIFT_REGIONS: 'hunter2', KEYDRIFT_X: 'hunter2', KEYDRIFT_GRACE: '1h', OTHER_GRACE: '1h' };
    expect(strangersIn(env, settingVariables())).toEqual([
      'KEYDRIFT_REGIONS is no setting, and says nothing (did you mean "KEYDRIFT_REGION"?)',
      'KEYDRIFT_X is no setting, and says nothing',
    ]);
  });

  it('matters only to commands with settings', () => {
    expect([takesSettings(commandWith()), takesSettings(new Command())]).toEqual([true, false]);
  });
});
