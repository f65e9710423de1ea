import { describe, expect, it } from '@jest/globals';
import { effectiveGate, effectiveJudging, effectiveSources, estateNotes } from '../../src/cli/effective.ts';
import { NOT_GIVEN } from '../../src/cli/flags.ts';
import { parseSettings } from '../../src/config/settings.ts';
import { DAY, HOUR } from '../../src/model/time.ts';

const HOST = { cwd: '/repository' };
const held = (text: string) => ({
  settings: parseSettings('keydrift.yaml', text, '/repository'),
  file: '/repository/keydrift.yaml',
});
const sources = (flags: object, text = '{}') => effectiveSources({ ...NOT_GIVEN, ...flags }, held(text), HOST);

const FILE = `regions: [eu-west-1]
state: [a.tfstate]
config-dirs: [infra]
plans: [plan.json]
owners: [{ pulumi: edge.json }]
events: "off"
since: 7d
grace: 2h
estate: complete`;

describe('where to look', () => {
  it('is what the defaults say, without anything else', () => {
    expect(sources({})).toEqual({
      regions: [],
      states: [],
      configDirs: [],
      plans: [],
      pulumi: [],
      estate: 'partial',
      events: 'lookup',
      sinceMs: 90 * DAY,
      graceMs: HOUR,
    });
  });

  it('is what the file says, trusted as a file', () => {
    expect(sources({}, FILE)).toEqual({
      regions: ['eu-west-1'],
      states: [{ where: '/repository/a.tfstate', from: 'repository' }],
      configDirs: ['/repository/infra'],
      plans: ['/repository/plan.json'],
      pulumi: [{ name: undefined, file: '/repository/edge.json', from: 'repository' }],
      estate: 'complete',
      events: 'off',
      sinceMs: 7 * DAY,
      graceMs: 2 * HOUR,
    });
  });

  it('is what flags say before that, each list whole', () => {
    const flags = {
      region: ['us-east-1'],
      state: ['b.tfstate'],
      configDir: ['other'],
      plan: ['p.json'],
      pulumi: ['e.json'],
      events: 'lookup',
      since: DAY,
      grace: 0,
      estate: 'partial',
    };
    expect(sources(flags, FILE)).toEqual({
      regions: ['us-east-1'],
      states: [{ where: 'b.tfstate', from: 'flag' }],
      configDirs: ['other'],
      plans: ['p.json'],
      pulumi: [{ name: undefined, file: 'e.json', from: 'flag' }],
      estate: 'partial',
      events: 'lookup',
      sinceMs: DAY,
      graceMs: 0,
    });
  });

  it.each([
    ['the states that it names', 'state: a.tfstate', {}, 'complete'],
    ['other states', 'state: a.tfstate', { state: ['b.tfstate'] }, 'partial'],
    ['other states than those of its roots', 'roots: [{ path: . }]', { state: ['b.tfstate'] }, 'partial'],
    ['other states than those that its directories lead to', 'config-dirs: [.]', { state: ['b.tfstate'] }, 'partial'],
    ['states at large', 'regions: [eu-west-1]', { state: ['b.tfstate'] }, 'complete'],
    ['its directories, and more', 'config-dirs: [infra]', { configDir: ['./infra', 'more'] }, 'complete'],
    ['fewer directories than its own', 'config-dirs: [infra, more]', { configDir: ['infra'] }, 'partial'],
    ['a flag before it', 'state: a.tfstate', { state: ['b.tfstate'], estate: 'complete' }, 'complete'],
  ])('takes the word of the file that the estate is complete for %s', (_, text, flags, estate) => {
    expect(sources(flags, `${text}\nestate: complete`).estate).toBe(estate);
  });
});

describe('how to judge', () => {
  it('is what the file says where flags do not, but the estate of an inventory is its own', () => {
    expect(effectiveJudging({}, held('grace: 2h\nestate: complete'))).toMatchObject({
      estate: undefined,
      graceMs: 2 * HOUR,
    });
    expect(effectiveJudging({ grace: 0, estate: 'partial' }, held('grace: 2h'))).toMatchObject({
      estate: 'partial',
      graceMs: 0,
    });
  });

  it.each([
    ['{}', []],
    ['ownership: {}', ['deployers', 'owned']],
    ['owners: []', ['owners']],
    ['ignore-tags: ["cost:*"]', ['ignoreTags']],
  ])('leaves to the inventory whose keys are whose, where the file does not say: %s', (text, said) => {
    expect(Object.keys(effectiveJudging({}, held(text)).ownership)).toEqual(said);
  });
});

describe('what a gate answers by', () => {
  it.each([
    ['{}', {}, { failOn: 'high', allowPartial: false }],
    ['fail-on: low\nallow-partial: true', {}, { failOn: 'low', allowPartial: true }],
    [
      'fail-on: low\nallow-partial: true',
      { failOn: 'never', allowPartial: false },
      { failOn: 'never', allowPartial: false },
    ],
  ] as const)('%s with %j', (text, flags, gate) => {
    expect(effectiveGate(flags, held(text))).toEqual(gate);
  });
});

describe('an estate that the file calls complete', () => {
  const notes = (flags: object, text = FILE) =>
    estateNotes({ ...NOT_GIVEN, ...flags }, held(text), HOST).map(({ level, message }) => `${level}: ${message}`);

  it.each([
    ['another state', { state: ['b.tfstate'] }],
    ['other directories', { configDir: ['other'] }],
  ])('is warned of where flags name %s', (_, flags) => {
    expect(notes(flags)).toEqual([
      'warning: keydrift.yaml:9:1: estate: complete speaks of the states that this file leads to, and flags name others: it is partial here, unless --estate says so',
    ]);
  });

  it.each([
    ['no flag says otherwise', {}, FILE],
    ['the flag says which', { state: ['b.tfstate'], estate: 'partial' }, FILE],
    ['the file does not', { state: ['b.tfstate'] }, 'state: a.tfstate'],
  ])('is not warned of where %s', (_, flags, text) => {
    expect(notes(flags, text)).toEqual([]);
  });
});
