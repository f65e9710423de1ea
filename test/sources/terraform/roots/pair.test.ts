import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../../../src/model/coverage.ts';
import { EVERYWHERE, type Reach } from '../../../../src/model/reach.ts';
import type { FoundRoot, LeftRoot } from '../../../../src/sources/terraform/roots/found.ts';
import { areStatesAsked, pairRoots, statesToRead } from '../../../../src/sources/terraform/roots/pair.ts';
import { byFlag, type GivenWhere } from '../../../../src/sources/terraform/state/where.ts';

const READ_AT = '2026-11-23T12:00:00.000Z';
const CWD = '/repository';

const bySettings = (where: string): GivenWhere => ({ where, from: 'repository' });

const rootAt = (
  name: string,
  states: readonly string[],
  over: Partial<FoundRoot> & { reach?: Reach } = {},
): FoundRoot => ({
  root: {
    root: name,
    dir: `${CWD}/${name}`,
    workspace: null,
    varFiles: [],
    states,
    reach: over.reach ?? EVERYWHERE,
  },
  states: states.map(bySettings),
  gaps: [],
  isSaid: false,
  isNamed: false,
  plan: undefined,
  ...over,
});

const read = (locator: string, lineage = locator, errored = false): Coverage => ({
  source: 'state',
  locator,
  status: 'complete',
  state: { lineage, serial: 1, digest: locator, errored, terraformVersion: null },
});
const unread = (locator: string): Coverage => ({ source: 'state', locator, status: 'failed', reason: 'denied' });

interface Pairing {
  readonly roots: readonly FoundRoot[];
  readonly given?: readonly GivenWhere[];
  readonly left?: readonly LeftRoot[];
  readonly areGivenAll?: boolean;
  readonly coverage?: readonly Coverage[];
  /** Locators by WHERE; each WHERE is its own where nothing is said. */
  readonly locators?: Readonly<Record<string, readonly string[]>>;
}

function pair({ roots, given = [], left = [], areGivenAll = false, coverage = [], locators = {} }: Pairing) {
  const stated = { coverage, locatorsOf: (where: string) => locators[where] ?? [where] };
  const {
    facts,
    coverage: gaps,
    diagnostics,
  } = pairRoots({
    roots,
    given,
    left,
    areGivenAll,
    stated: statesToRead(roots, given).length === 0 ? undefined : stated,
    reachOf: () => ({ accounts: ['111122223333'], regions: ['eu-west-1'] }),
    cwd: CWD,
    readAt: READ_AT,
  });
  return {
    states: facts.map((fact) => (fact.kind === 'root' ? [fact.root, fact.states] : fact)),
    gaps: gaps.map(({ locator, status, reason }) => `${status} ${locator}: ${reason}`),
    warnings: diagnostics.map(({ message }) => message),
  };
}

const SAY = 'say where its state is with --state or in keydrift.yaml';

describe('which states are read', () => {
  const roots = [rootAt('a', ['a.tfstate']), rootAt('b', ['b.tfstate'], { isSaid: true })];
  it.each<[string, readonly GivenWhere[], readonly string[]]>([
    ['those of the roots where none is given', [], ['a.tfstate', 'b.tfstate']],
    ['those of flags and no others', [byFlag('x')], ['x']],
    ['those of the settings, with those that they say of roots', [bySettings('x')], ['x', 'b.tfstate']],
  ])('%s', (_, given, wheres) => {
    expect(statesToRead(roots, given).map(({ where }) => where)).toEqual(wheres);
  });

  it('each once', () => {
    expect(statesToRead([rootAt('a', ['x']), rootAt('b', ['x'])], [])).toHaveLength(1);
  });

  it.each<[string, readonly FoundRoot[], readonly GivenWhere[], boolean]>([
    ['nothing', [rootAt('a', [])], [], false],
    ['a backend that is not read', [rootAt('a', [], { gaps: ['gcs'] })], [], true],
    ['a state of a root', [rootAt('a', ['x'])], [], true],
    ['a flag without any root', [], [byFlag('x')], true],
  ])('and asked for by %s or not', (_, some, given, isAsked) => {
    expect(areStatesAsked(some, given)).toBe(isAsked);
  });
});

describe('states that backends lead to', () => {
  it('belong to their roots', () => {
    const roots = [rootAt('a', ['s3://states/k', 's3://states/env:/*/k']), rootAt('c', ['c.tfstate'])];
    const locators = { 's3://states/k': ['s3://states/k'], 's3://states/env:/*/k': ['s3://states/env:/prod/k'] };
    expect(pair({ roots, locators })).toEqual({
      states: [
        ['a', ['s3://states/env:/prod/k', 's3://states/k']],
        ['c', ['c.tfstate']],
      ],
      gaps: [],
      warnings: [],
    });
  });

  it('and that are not read leave a gap of the root', () => {
    const roots = [rootAt('a', ['a.tfstate']), rootAt('b', [], { gaps: ['gcs', 'more'] })];
    expect(pair({ roots })).toEqual({
      states: [
        ['a', ['a.tfstate']],
        ['b', ['b (its state)']],
      ],
      gaps: ['failed b (its state): gcs; more'],
      warnings: [],
    });
  });

  it('and that turn out not to be there leave one too', () => {
    const roots = [rootAt('a', ['s3://states/k?region=eu-west-1'])];
    expect(pair({ roots, locators: { 's3://states/k?region=eu-west-1': [] } })).toMatchObject({
      states: [['a', ['a (its state)']]],
      gaps: [`failed a (its state): there is none at s3://states/k: ${SAY}`],
    });
  });

  it('and that nobody knows of leave one where others are known', () => {
    expect(pair({ roots: [rootAt('a', ['a.tfstate']), rootAt('b', [])] })).toMatchObject({
      states: [
        ['a', ['a.tfstate']],
        ['b', ['b (its state)']],
      ],
      gaps: [`failed b (its state): it names no backend and has no state in its directory: ${SAY}`],
    });
  });

  it('are simply not asked for where nothing is known of any', () => {
    expect(pair({ roots: [rootAt('a', []), rootAt('b', [])] })).toEqual({
      states: [
        ['a', null],
        ['b', null],
      ],
      gaps: [],
      warnings: [],
    });
  });
});

describe('states that are given', () => {
  const a = rootAt('a', [`${CWD}/a/terraform.tfstate`]);
  const b = rootAt('b', ['s3://states/k?region=eu-west-1', 's3://states/env:/*/k']);
  const UNPAIRED = /^none of the given states is known to be of b: pair them in keydrift\.yaml \(roots\)$/;

  it('belong to the roots whose backends lead to them, and others to none', () => {
    const coverage = [read('a/terraform.tfstate'), read('s3://states/env:/prod/k'), read('x.tfstate')];
    expect(pair({ roots: [a, b], given: [byFlag('x')], coverage })).toEqual({
      states: [
        ['a', ['a/terraform.tfstate']],
        ['b', ['s3://states/env:/prod/k']],
      ],
      gaps: [],
      warnings: [],
    });
  });

  it('and lead from no root leave it without states, and say so', () => {
    const outcome = pair({ roots: [a, b], given: [byFlag('x')], coverage: [read('a/terraform.tfstate'), read('x')] });
    expect(outcome).toMatchObject({ states: [expect.anything(), ['b', null]], gaps: [] });
    expect(outcome.warnings).toEqual([expect.stringMatching(UNPAIRED)]);
  });

  it.each<[string, readonly Coverage[], readonly string[] | null]>([
    ['one state', [read('x')], ['x']],
    ['copies of one', [read('x', 'l'), read('y', 'l')], ['x', 'y']],
    ['one and what a crash left', [read('x', 'l'), read('errored.tfstate', 'm', true)], ['errored.tfstate', 'x']],
    ['one that could not be read', [unread('x')], ['x']],
    ['two', [read('x'), read('y')], null],
    ['one and another that could not be read', [read('x'), unread('y')], null],
    ['two, one of which its backend leads to', [read('x'), read('a/terraform.tfstate')], ['a/terraform.tfstate']],
  ])('belong to the only root: %s', (_, coverage, states) => {
    expect(pair({ roots: [a], given: [byFlag('x')], coverage }).states).toEqual([['a', states]]);
  });

  it('by settings stand beside those that the settings say of roots', () => {
    const said = rootAt('a', ['a.tfstate'], { isSaid: true });
    const outcome = pair({ roots: [said, b], given: [bySettings('x')], coverage: [read('x'), read('a.tfstate')] });
    expect(outcome.states).toEqual([
      ['a', ['a.tfstate']],
      ['b', null],
    ]);
  });
});

describe('roots that the settings name, where flags give states', () => {
  const GAP =
    'failed b (its state): keydrift.yaml names this root, and its state is not among those of --state: leave --state out or add it';
  const a = rootAt('a', ['a.tfstate'], { isSaid: true, isNamed: true });
  const b = rootAt('b', ['b.tfstate', 'c.tfstate'], { isSaid: true, isNamed: true });
  const byBackend = rootAt('b', ['b.tfstate', 'c.tfstate'], { isNamed: true });

  it.each<[string, Partial<Pairing>, readonly unknown[], readonly string[]]>([
    ['have a gap where none is theirs', { coverage: [read('a.tfstate')] }, ['b', ['b (its state)']], [GAP]],
    [
      'have one for those that are not given',
      { coverage: [read('a.tfstate'), read('b.tfstate')] },
      ['b', ['b (its state)', 'b.tfstate']],
      [GAP],
    ],
    [
      'have none where all are given',
      { coverage: [read('a.tfstate'), read('b.tfstate'), read('c.tfstate')] },
      ['b', ['b.tfstate', 'c.tfstate']],
      [],
    ],
    [
      'have none for places where their backend may have states',
      { roots: [a, byBackend], coverage: [read('a.tfstate'), read('b.tfstate')] },
      ['b', ['b.tfstate']],
      [],
    ],
    [
      'have none where a flag says that the given ones are all',
      { areGivenAll: true, coverage: [read('a.tfstate')] },
      ['b', null],
      [],
    ],
  ])('%s', (_, over, states, gaps) => {
    const outcome = pair({ roots: [a, b], given: [byFlag('x')], ...over });
    expect([outcome.states.at(-1), outcome.gaps]).toEqual([states, gaps]);
  });
});

describe('roots that the settings name, and no directory that is given holds', () => {
  const left = [
    { root: 'b', states: ['b.tfstate'], reach: EVERYWHERE },
    { root: 'c', states: [], reach: EVERYWHERE },
  ];
  const a = rootAt('a', ['a.tfstate']);
  it('have states that nobody read, which are no gap of the scan', () => {
    expect(pair({ roots: [a], left })).toMatchObject({
      states: [expect.anything(), ['b', ['b (its state)']], ['c', ['c (its state)']]],
      gaps: [],
    });
  });

  it('have theirs where a flag gives them', () => {
    const outcome = pair({ roots: [a], left, given: [byFlag('x')], coverage: [read('b.tfstate'), read('a.tfstate')] });
    expect(outcome.states.slice(1)).toEqual([
      ['b', ['b.tfstate']],
      ['c', ['c (its state)']],
    ]);
  });

  it.each<[string, Partial<Pairing>]>([
    ['a flag says that the given states are all', { given: [byFlag('x')], areGivenAll: true }],
    ['no state is asked for', { roots: [rootAt('a', [])] }],
  ])('do not matter where %s', (_, over) => {
    expect(pair({ roots: [a], left, ...over }).states).toHaveLength(1);
  });
});

describe("a root's reach", () => {
  it.each<[string, Reach, Reach]>([
    ['is that of its provider blocks', EVERYWHERE, { accounts: ['111122223333'], regions: ['eu-west-1'] }],
    [
      'is what the settings say',
      { accounts: ['444455556666'], regions: ['us-east-1'] },
      { accounts: ['444455556666'], regions: ['us-east-1'] },
    ],
    [
      'is what either says where the other is silent',
      { accounts: null, regions: ['us-east-1'] },
      { accounts: ['111122223333'], regions: ['us-east-1'] },
    ],
  ])('%s', (_, said, reach) => {
    const { facts } = pairRoots({
      roots: [rootAt('a', [], { reach: said })],
      given: [],
      left: [],
      areGivenAll: false,
      stated: undefined,
      reachOf: () => ({ accounts: ['111122223333'], regions: ['eu-west-1'] }),
      cwd: CWD,
      readAt: READ_AT,
    });
    expect(facts).toEqual([{ kind: 'root', root: 'a', states: null, reach }]);
  });
});
