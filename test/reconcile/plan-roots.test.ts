import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact } from '../../src/model/facts.ts';
import { withPlanRoots } from '../../src/reconcile/plan-roots.ts';
import {
  configurationCovered,
  declared,
  held,
  inventory,
  keyArn,
  planned,
  root,
  stateCovered,
} from '../support/facts.ts';

const K = keyArn(1);
const OTHER = keyArn(2);
const A = 'live/a';
const B = 'live/b';
const STATES = { a: 'a.tfstate', b: 'b.tfstate' };

const inRoot = (name: string): Fact => declared({ root: name, path: `${name}/main.tf` });
/** Two roots with a block of the same address each. */
const ROOTS = [root(A, [STATES.a]), root(B, [STATES.b]), inRoot(A), inRoot(B)];
const read = (source: string, lineage: string): Coverage => stateCovered({ locator: source, lineage });
const HELD = [held(K, { source: STATES.a, lineage: 'a' }), held(OTHER, { source: STATES.b, lineage: 'b' })];
const ALL_READ = [read(STATES.a, 'a'), read(STATES.b, 'b')];

const plan = (locator: string, over: Partial<Coverage['plan']> = {}): Coverage => ({
  source: 'plan',
  locator,
  status: 'complete',
  plan: { root: null, whole: true, ...over },
});
const knows = (locator: string, over: Parameters<typeof planned>[0] = {}): Fact =>
  planned({ plan: locator, root: null, arn: K, keyId: K.split('/')[1] ?? null, ...over });

/** What is said of the plans after, and the roots that their facts have. */
function paired(facts: readonly Fact[], coverage: readonly Coverage[]) {
  const configured = [A, B].map((locator) => ({ ...configurationCovered(), locator }));
  const after = withPlanRoots(inventory(facts, { coverage: [...configured, ...coverage] }));
  const roots = after.facts.flatMap((fact) => (fact.kind === 'planned' ? [fact.root] : []));
  const said = after.coverage.flatMap((entry) => entry.plan ?? []);
  return { roots, said };
}

describe('a plan of which nobody says whose it is belongs to', () => {
  it.each<[string, string, Fact[], Coverage[], string | null]>([
    ['the root in whose directory it lies', `${A}/plan.json`, [...ROOTS, knows(`${A}/plan.json`)], [], A],
    ['the root whose state holds its keys', 'plan.json', [...ROOTS, ...HELD, knows('plan.json')], ALL_READ, A],
    [
      'the root that alone declares its addresses',
      'plan.json',
      [
        ...ROOTS,
        declared({ root: B, address: 'aws_kms_key.more' }),
        knows('plan.json', { address: 'aws_kms_key.more' }),
      ],
      [],
      B,
    ],
    ['none, where several declare them', 'plan.json', [...ROOTS, knows('plan.json')], [], null],
    [
      'none, where it lies beside another root’s than its keys',
      `${B}/plan.json`,
      [...ROOTS, ...HELD, knows(`${B}/plan.json`)],
      ALL_READ,
      null,
    ],
    [
      'none, where roots are below its directory',
      'live/plan.json',
      [...ROOTS, root('live', null), knows('live/plan.json')],
      [],
      null,
    ],
  ])('%s', (_, locator, facts, coverage, expected) => {
    const { roots, said } = paired(facts, [...coverage, plan(locator)]);
    expect(roots).toEqual([expected]);
    expect(said).toEqual([{ root: expected, whole: true }]);
  });

  it('none of several that only addresses tell', () => {
    const more = { address: 'aws_kms_key.more' };
    const facts = [...ROOTS, declared({ root: B, ...more }), knows('1.json', more), knows('2.json', more)];
    expect(paired(facts, [plan('1.json'), plan('2.json')]).roots).toEqual([null, null]);
  });
});

describe('what plans of a root say is all of it', () => {
  const ofA = { root: A };
  /** Of another workspace. */
  const MORE = held(keyArn(3), { source: 'more.tfstate', lineage: 'more' });
  const TWO = [...ROOTS.slice(1), root(A, [STATES.a, 'more.tfstate']), ...HELD, MORE];
  const ONE = [...ROOTS, ...HELD];
  const whole = { root: A, whole: true };
  const part = { ...whole, partial: true };

  it.each<[string, Fact[], Coverage[], object[]]>([
    ['where one knows each key', [...ONE, knows('p', ofA)], [plan('p', ofA)], [whole]],
    ['not where it knows none', ONE, [plan('p', ofA)], [part]],
    [
      'not where it knows one that the root does not hold',
      [...ONE, knows('p', ofA), knows('p', { ...ofA, arn: OTHER })],
      [plan('p', ofA)],
      [{ root: A, whole: false }],
    ],
    ['not where it is of one of two workspaces', [...TWO, knows('p', ofA)], [plan('p', ofA)], [part]],
    [
      'where there is one of each workspace',
      [...TWO, knows('p', ofA), knows('q', { ...ofA, arn: keyArn(3) })],
      [plan('p', ofA), plan('q', ofA)],
      [whole, whole],
    ],
    [
      'not where that of the other came with the repository',
      [...TWO, knows('p', ofA), knows('q', { ...ofA, arn: keyArn(3), committed: true })],
      [plan('p', ofA), plan('q', { ...ofA, committed: true })],
      [part, { ...part, committed: true }],
    ],
  ])('%s', (_, facts, plans, expected) => {
    const coverage = [...ALL_READ, read('more.tfstate', 'more'), ...plans];
    expect(paired(facts, coverage).said).toEqual(expected);
  });

  it('not where it does not say so', () => {
    expect(paired(ROOTS, [plan(`${A}/p`, { whole: false })]).said).toEqual([{ root: A, whole: false }]);
  });
});

describe('a plan of which nobody says whose it is, and that its root speaks against, belongs to', () => {
  const UNDECLARED = ROOTS.filter((fact) => !(fact.kind === 'configuration' && fact.root === A));
  const MORE = { address: 'aws_kms_key.more' };
  it.each<[string, Fact[], string | null]>([
    ['the root that holds its keys and no longer declares one', [...UNDECLARED, ...HELD, knows('p')], A],
    [
      'none, where it makes what another workspace holds',
      [
        ...ROOTS,
        ...HELD,
        declared({ root: A, ...MORE }),
        held(keyArn(3), { ...MORE, source: STATES.a, lineage: 'a' }),
        knows('p'),
        planned({ plan: 'p', root: null, ...MORE, action: 'create' }),
      ],
      null,
    ],
  ])('%s', (_, facts, expected) => {
    expect(new Set(paired(facts, [...ALL_READ, plan('p')]).roots)).toEqual(new Set([expected]));
  });
});
