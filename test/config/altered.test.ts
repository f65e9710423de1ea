import { describe, expect, it } from '@jest/globals';
import { alteredBetween } from '../../src/config/altered.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { parseYaml } from '../../src/config/yaml-document.ts';

const version = (text: string, dir = '/repo') => ({
  said: settingsSchema.parse(parseYaml('keydrift.yaml', text).data),
  dir,
});
const altered = (was: string, is: string): readonly string[] => alteredBetween(version(was), version(is));

const A = '{ path: a, var-files: [prod.tfvars] }';
const SUPPRESSION = '[{ rule: unused-key, match: { alias: alias/a }, reason: kept }]';

describe('settings that a change is judged by', () => {
  it.each<readonly [string, string, string, readonly string[]]>([
    ['files of values, of the first settings', '{}', `roots: [${A}]`, ['roots (a: var-files)']],
    ['files of values', 'roots: [{ path: a }]', `roots: [${A}]`, ['roots (a: var-files)']],
    ['no files of values', 'roots: [{ path: a }]', 'roots: [{ path: a, var-files: [] }]', ['roots (a: var-files)']],
    [
      'a state of a root',
      `roots: [${A}]`,
      `roots: [{ path: a, state: b, var-files: [prod.tfvars] }]`,
      ['roots (a: state)'],
    ],
    [
      'what was said of a root',
      'roots: [{ path: a, state: b, plan: p.json, accounts: ["111122223333"], regions: [eu-west-1] }]',
      'roots: [{ path: a }]',
      ['roots (a: state, accounts, regions, plan)'],
    ],
    [
      'a workspace of several',
      'roots: [{ path: a, workspace: x }, { path: a, workspace: y }]',
      'roots: [{ path: a, workspace: y }]',
      ['roots (a: workspace)'],
    ],
    [
      'more roots than are named',
      'roots: [{ path: a }]',
      `roots: [${['a', 'b', 'c', 'd', 'e'].map((path) => `{ path: ${path}, workspace: x }`)}]`,
      ['roots (a: workspace; b: workspace; c: workspace; 2 more)'],
    ],
    ['where roots are looked for', '{}', 'config-dirs: [a]', ['config-dirs']],
    ['a list of roots in its place', 'config-dirs: [.]', 'roots: [{ path: a }]', ['config-dirs']],
    ['a state', 'state: a.tfstate', 'state: b.tfstate', ['state']],
    ['plans', '{}', 'plans: [a.json]', ['plans']],
    ['the estate', 'estate: complete', 'estate: partial', ['estate']],
    ['Regions less', 'regions: [eu-west-1, eu-west-2]', 'regions: [eu-west-2]', ['regions']],
    ['no Regions', 'regions: [eu-west-1]', '{}', ['regions']],
    ['the gate', '{}', 'fail-on: never\nallow-partial: true\ngrace: 2h', ['fail-on', 'allow-partial', 'grace']],
    ['the gate, back to its default', 'fail-on: low', '{}', ['fail-on']],
    ['who answers for what', '{}', `suppressions: ${SUPPRESSION}\nignore-tags: [a]`, ['suppressions', 'ignore-tags']],
    ['rules', '{}', 'rules: { off: [tags-drift] }', ['rules (off.tags-drift)']],
    ['another baseline', '{}', 'baseline: known.json', ['baseline']],
  ])('%s', (_, was, is, expected) => {
    expect(altered(was, is)).toEqual(expected);
  });

  it.each([
    ['the same in other words', `roots: [${A}]`, 'roots: [{ path: ./a, var-files: [./prod.tfvars] }]'],
    ['one state as a list', 'state: a.tfstate', 'state: [./a.tfstate]'],
    ['a root that is listed now', 'roots: [{ path: a }]', 'roots: [{ path: a }, { path: b }]'],
    ['a list of roots to begin with', '{}', 'roots: [{ path: a }]'],
    ['the order of roots', `roots: [${A}, { path: b }]`, `roots: [{ path: b }, ${A}]`],
    ['Regions more', 'regions: [eu-west-1]', 'regions: [eu-west-1, eu-west-2]'],
    [
      'defaults',
      '{}',
      'config-dirs: [.]\nregions: [eu-west-1]\nestate: partial\nfail-on: high\nallow-partial: false\ngrace: 60m\nbaseline: .keydrift.baseline.json',
    ],
    [
      'what is empty',
      '{}',
      'ownership: { aliases: [] }\nsuppressions: []\nrules: { off: [], severity: {} }\nowners: []',
    ],
  ])('%s is no change of them', (_, was, is) => {
    expect(altered(was, is)).toEqual([]);
    expect(altered(is, is)).toEqual([]);
  });

  it('are what their paths lead to from where the file is', () => {
    const text = 'state: a.tfstate';
    expect(alteredBetween(version(text), version(text, '/repo/sub'))).toEqual(['state', 'baseline']);
    expect(alteredBetween(version('config-dirs: [sub]'), version('config-dirs: [.]', '/repo/sub'))).toEqual([
      'baseline',
    ]);
  });
});
