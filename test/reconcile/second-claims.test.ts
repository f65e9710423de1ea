import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, PlannedFact, RemovedFact, RootFact } from '../../src/model/facts.ts';
import {
  configurationCovered,
  declared,
  held,
  imports,
  inventory,
  keyArn,
  planned,
  root,
  STATE,
  stateCovered,
} from '../support/facts.ts';
import { outlookOf } from '../support/reconciled.ts';

const K = keyArn(1);
const ID = K.split('/')[1] ?? '';
const TO = 'aws_kms_key.mine';
const OTHER_STATE = 'b/terraform.tfstate';
const B = { root: 'b', path: 'b/main.tf' } as const;
const IN_B = { source: OTHER_STATE, lineage: 'other' } as const;

/** Root `.` declares the key that its state holds; root `b` imports it. */
const KEPT: readonly Fact[] = [declared(), held(K)];
const BROUGHT: readonly Fact[] = [imports(TO, ID, B), declared({ address: TO, ...B })];
const by = (over: Partial<PlannedFact>): PlannedFact =>
  planned({ arn: K, keyId: ID, plan: 'b.json', root: 'b', ...over });
const imported = by({ action: 'import', address: TO });
const removed: RemovedFact = {
  kind: 'removed',
  from: 'aws_kms_key.this',
  destroy: false,
  root: '.',
  path: 'main.tf',
  line: 7,
};

function outlook(facts: readonly Fact[], over: Partial<RootFact> = {}) {
  const coverage: Coverage[] = [
    stateCovered(),
    stateCovered({ locator: OTHER_STATE, lineage: 'other', digest: 'b' }),
    configurationCovered(),
    { ...configurationCovered(), locator: 'b' },
  ];
  const roots = [root('.', [STATE]), { ...root('b', [OTHER_STATE]), ...over }];
  return outlookOf(K, inventory([...roots, ...facts], { coverage }));
}

const holders = (facts: readonly Fact[], over: Partial<RootFact> = {}) =>
  outlook(facts, over).changes.flatMap(({ stillHeldBy = [] }) =>
    stillHeldBy.map(({ source, address }) => `${source} ${address}`),
  );

describe('an import leaves the key with another instance, too', () => {
  it.each<[string, readonly Fact[]]>([
    ['by configuration', [...KEPT, ...BROUGHT]],
    ['by a plan of the root that imports it', [...KEPT, ...BROUGHT, imported]],
    ['by a plan of nobody knows which root', [...KEPT, ...BROUGHT, { ...imported, root: null }]],
    [
      'by plans of both roots',
      [...KEPT, ...BROUGHT, imported, planned({ arn: K, keyId: ID, root: '.', plan: 'a.json', action: 'update' })],
    ],
    ['within its own root', [...KEPT, imports(TO, ID), declared({ address: TO })]],
    [
      'where a moved block took it before',
      [
        held(K, { address: 'aws_kms_key.old' }),
        { kind: 'moved', from: 'aws_kms_key.old', to: 'aws_kms_key.this', root: '.', path: 'main.tf', line: 3 },
        declared(),
        ...BROUGHT,
      ],
    ],
  ])('%s', (_, facts) => {
    const [change] = outlook(facts).changes.filter(({ stillHeldBy }) => stillHeldBy !== undefined);
    expect(change).toMatchObject({ action: 'import', address: TO, stillHeldBy: [{ source: STATE }] });
    expect(change?.location?.line).toBe(9);
  });
});

describe('no second instance has a key that is imported', () => {
  it.each<[string, readonly Fact[], Partial<RootFact>?]>([
    ['which nobody has', BROUGHT],
    ['which a removed block lets go of', [removed, held(K), ...BROUGHT]],
    ['which a removed block lets go of, beside the plan of its new root', [removed, held(K), ...BROUGHT, imported]],
    [
      'which a plan of its root lets go of',
      [...KEPT, ...BROUGHT, imported, planned({ arn: K, keyId: ID, root: '.', plan: 'a.json', action: 'forget' })],
    ],
    ['whose old instance an apply destroys, which is the worse', [held(K), ...BROUGHT]],
    ['which an apply imported before, the block being left', [held(K, { address: TO, ...IN_B }), ...BROUGHT]],
    ['which an apply imported after the plan was made', [held(K, { address: TO, ...IN_B }), ...BROUGHT, imported]],
    ['which a deposed instance has', [held(K, { status: 'deposed' }), declared(), ...BROUGHT]],
    ['to a root whose state was not read', [...KEPT, ...BROUGHT], { states: ['b/other.tfstate'] }],
    [
      'which nobody knows whether its root keeps',
      [held(K), declared({ address: 'aws_kms_key.this[*]', instances: 'unknown' }), ...BROUGHT],
    ],
    ['which a plan of the repository itself imports', [...KEPT, { ...imported, committed: true }]],
  ])('%s', (...[, facts, over]) => {
    expect(holders(facts, over)).toEqual([]);
  });
});

describe('the plan of a root that imports a key', () => {
  it('does not say what becomes of the instance in another', () => {
    const { changes } = outlook([held(K), ...BROUGHT, imported]);
    expect(changes.map(({ action }) => action).sort()).toEqual(['destroy', 'import']);
  });

  it('says it where nobody knows whose plan it is', () => {
    const { changes } = outlook([held(K), { ...imported, root: null }]);
    expect(changes.map(({ action }) => action)).toEqual(['import']);
  });
});
