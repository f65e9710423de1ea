import { describe, expect, it } from '@jest/globals';
import { actionRequest } from '../../../src/cli/action/inputs.ts';
import fc from '../../support/fast-check.ts';

describe('inputs of the action', () => {
  it('say nothing: a scan with annotations', () => {
    expect(actionRequest({ INPUT_REGION: '', INPUT_OUTPUT: ' ' })).toEqual({
      args: ['scan'],
      outputs: ['github'],
      directory: '.',
    });
  });

  it.each<[Record<string, string>, readonly string[]]>([
    [{ INPUT_COMMAND: 'check' }, ['check']],
    [{ INPUT_REGION: 'eu-west-1\n\n  us-east-1\r\n' }, ['scan', '--region=eu-west-1', '--region=us-east-1']],
    [{ 'INPUT_FAIL-ON': 'medium', INPUT_SINCE: '30d' }, ['scan', '--since=30d', '--fail-on=medium']],
    [{ 'INPUT_ALLOW-PARTIAL': 'true', 'INPUT_SHOW-SUPPRESSED': 'false' }, ['scan', '--allow-partial']],
    [
      { 'INPUT_ALLOW-PARTIAL': 'FALSE', 'INPUT_SHOW-SUPPRESSED': '1' },
      ['scan', '--no-allow-partial', '--show-suppressed'],
    ],
    [
      { INPUT_COMMAND: 'check', 'INPUT_CHANGED-SINCE': 'origin/main', 'INPUT_CONFIG-DIR': 'infra' },
      ['check', '--config-dir=infra', '--changed-since=origin/main'],
    ],
  ])('%j', (env, args) => {
    expect(actionRequest(env).args).toEqual(args);
  });

  it('never become a flag of another name, or a word for a shell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const { args } = actionRequest({ INPUT_STATE: text, INPUT_BASELINE: text });
        expect(args[0]).toBe('scan');
        for (const arg of args.slice(1)) expect(arg).toMatch(/^--(state|baseline)=./su);
      }),
    );
  });

  it.each([
    [{ INPUT_COMMAND: 'collect' }, 'command: give scan or check'],
    [{ INPUT_COMMAND: 'scan --fail-on=never' }, 'command: give scan or check'],
    [{ 'INPUT_ALLOW-PARTIAL': 'yes' }, 'allow-partial: write true or false'],
  ])('%j is refused', (env, message) => {
    expect(() => actionRequest(env)).toThrow(message);
  });
});
