import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, RemovedFact } from '../../src/model/facts.ts';
import type { PlannedChange } from '../../src/model/key-record.ts';
import { IN_NO_PLAN, NOT_ASKED } from '../../src/model/not-asked.ts';
import {
  absent,
  configurationCovered,
  declared,
  held,
  imports,
  inventory,
  keyArn,
  kmsCovered,
  live,
  multiRegionArn,
  planned,
  root,
  STATE,
  stateCovered,
  US_EAST_1,
} from '../support/facts.ts';
import { outlookOf, reconciled } from '../support/reconciled.ts';

const K = keyArn(1);

function outlook(facts: readonly Fact[], over: Partial<Coverage>[] = []) {
  const coverage = [kmsCovered(), stateCovered(), configurationCovered(), ...over.map(gap)];
  return outlookOf(K, inventory([root('.', [STATE]), ...facts], { coverage }));
}

const gap = (over: Partial<Coverage>): Coverage => ({
  source: 'configuration',
  status: 'failed',
  reason: 'unread',
  ...over,
});

const removed = (from: string, destroy: boolean | null): RemovedFact => ({
  kind: 'removed',
  from,
  destroy,
  root: '.',
  path: 'main.tf',
  line: 7,
});

const moved = (to: string): Fact => ({
  kind: 'moved',
  from: 'aws_kms_key.this',
  to,
  root: '.',
  path: 'main.tf',
  line: 3,
});

const ELSEWHERE = declared({ address: 'aws_kms_key.other' });

describe('what configuration and state come to', () => {
  it.each<[string, Fact[], Partial<PlannedChange>[]]>([
    ['declared as it is', [declared(), held(K), live(K)], []],
    [
      'another key spec',
      [declared({ attributes: { keySpec: 'RSA_2048' } }), held(K, { deletionWindowInDays: 7 }), live(K)],
      [{ action: 'replace', because: ['keySpec'], deletionWindowInDays: 7, location: { path: 'main.tf', line: 1 } }],
    ],
    [
      'another description',
      [declared({ attributes: { description: 'new' } }), held(K), live(K, { attributes: { description: 'old' } })],
      [],
    ],
    [
      'tainted',
      [declared(), held(K, { status: 'tainted' }), live(K)],
      [{ action: 'replace', reason: 'the instance is tainted' }],
    ],
    ['deposed', [declared(), held(K, { status: 'deposed' }), live(K)], []],
    [
      'no block',
      [ELSEWHERE, held(K), live(K)],
      [{ action: 'destroy', reason: 'no block declares it', location: null }],
    ],
    ['no block, and already gone', [ELSEWHERE, held(K), absent(K)], []],
    ['no block, and pending deletion', [ELSEWHERE, held(K), live(K, { keyState: 'PendingDeletion' })], []],
    [
      'an index that count no longer comes to',
      [declared({ address: 'aws_kms_key.this[0]' }), held(K, { address: 'aws_kms_key.this[1]' }), live(K)],
      [
        {
          action: 'destroy',
          reason: 'its block no longer declares this instance',
          location: { path: 'main.tf', line: 1 },
        },
      ],
    ],
    ['count 0', [declared({ instances: 'none' }), held(K), live(K)], [{ action: 'destroy' }]],
    ['count taken away', [declared(), held(K, { address: 'aws_kms_key.this[0]' }), live(K)], []],
    [
      'moved to a block',
      [declared({ address: 'module.m.aws_kms_key.new' }), moved('module.m.aws_kms_key.new'), held(K), live(K)],
      [],
    ],
    [
      'moved to where the state holds another key',
      [
        declared({ address: 'aws_kms_key.other' }),
        moved('aws_kms_key.other'),
        held(keyArn(2), { address: 'aws_kms_key.other' }),
        held(K),
        live(K),
      ],
      [
        {
          action: 'destroy',
          reason:
            'a moved block leads from aws_kms_key.this to aws_kms_key.other, where the state holds another object already',
          location: { path: 'main.tf', line: 3 },
        },
      ],
    ],
    [
      'moved as a whole to a block with count',
      [declared({ address: 'aws_kms_key.other[0]' }), moved('aws_kms_key.other'), held(K), live(K)],
      [{ action: 'destroy' }],
    ],
    [
      'count comes, and another key has its place',
      [
        declared({ address: 'aws_kms_key.this[0]' }),
        held(K),
        held(keyArn(2), { address: 'aws_kms_key.this[0]' }),
        live(K),
      ],
      [{ action: 'destroy' }],
    ],
    ['count comes', [declared({ address: 'aws_kms_key.this[0]' }), held(K), live(K)], []],
    [
      'count comes to its module',
      [
        declared({ address: 'module.m[0].aws_kms_key.this' }),
        held(K, { address: 'module.m.aws_kms_key.this' }),
        live(K),
      ],
      [{ action: 'destroy' }],
    ],
    [
      'removed, and to be forgotten',
      [removed('aws_kms_key.this', false), held(K), live(K)],
      [{ action: 'forget', location: { path: 'main.tf', line: 7 } }],
    ],
    [
      'removed with its module, and to be forgotten',
      [removed('module.m', false), held(K, { address: 'module.m["x"].aws_kms_key.this' }), live(K)],
      [{ action: 'forget' }],
    ],
    ['removed, and to be destroyed', [removed('aws_kms_key.this', true), held(K), live(K)], [{ action: 'destroy' }]],
    [
      'removed, and it does not say how',
      [removed('aws_kms_key.this', null), held(K), live(K)],
      [{ action: 'destroy', reason: expect.stringContaining('OpenTofu only forgets') as unknown as string }],
    ],
    ['another removed', [ELSEWHERE, declared(), removed('aws_kms_key.that', false), held(K), live(K)], []],
  ])('%s', (_, facts, changes) => {
    const said = outlook(facts);
    expect(said.changes).toMatchObject(changes);
    expect(said.changes).toHaveLength(changes.length);
    expect(said.gap).toBeUndefined();
  });

  it.each<[string, Fact[], Partial<Coverage>[], string | RegExp]>([
    [
      'a key spec that is an expression',
      [declared({ attributes: {}, unknown: { keySpec: 'customer_master_key_spec: var.spec' } })],
      [],
      /^customer_master_key_spec: var\.spec$/,
    ],
    [
      'a count that is not known',
      [declared({ address: 'aws_kms_key.this[*]', instances: 'unknown' })],
      [],
      'count or for_each',
    ],
    [
      'no block, and a file that was not read',
      [ELSEWHERE],
      [{ locator: '.', status: 'partial', reason: 'b.tf: denied' }],
      'b.tf',
    ],
  ])('%s: nothing is said', (_, facts, coverage, reason) => {
    const said = outlook([...facts, held(K), live(K)], coverage);
    expect(said.changes).toEqual([]);
    expect(said.gap).toMatch(reason);
  });

  it('nothing is open of what the block does not declare', () => {
    const hidden = live(K, { attributes: {}, unknown: { keySpec: 'denied' } });
    expect(outlook([declared({ attributes: {} }), held(K), hidden]).gap).toBeUndefined();
  });

  it('nothing is said of a key spec that the state cannot tell, where KMS was not asked', () => {
    const unread = held(K, { attributes: {}, unknown: { keySpec: 'keySpec is no text' } });
    expect(outlook([declared(), unread])).toEqual({ changes: [], gap: 'keySpec: keySpec is no text' });
  });

  it.each([
    ['module.m["x"].aws_kms_key.this', [], 'unread'],
    ['module.n.aws_kms_key.this', [{ action: 'destroy' }], undefined],
    ['aws_kms_key.this', [{ action: 'destroy' }], undefined],
  ])('of %s, where the module m was not read', (address, changes, reason) => {
    const coverage = [{ locator: '.#module.m[*]', operation: 'module' }];
    const said = outlook([ELSEWHERE, held(K, { address }), live(K)], coverage);
    expect(said.changes).toMatchObject(changes);
    expect(said.gap).toBe(reason);
  });
});

describe('a block for another Region than the key is in', () => {
  const BY_BLOCK = { region: 'us-east-1', regionBy: 'resource' } as const;
  const BY_PROVIDER = { region: 'us-east-1', regionBy: 'provider' } as const;

  it.each<[string, Fact[], Partial<PlannedChange>[]]>([
    [
      'by its own argument',
      [declared(BY_BLOCK), held(K)],
      [
        {
          action: 'replace',
          because: ['region'],
          reason: 'its block names us-east-1, and the key is in eu-west-1',
          location: { path: 'main.tf', line: 1 },
        },
      ],
    ],
    [
      'by its provider, which finds it where the state says',
      [declared(BY_PROVIDER), held(K, { region: 'eu-west-1' })],
      [
        {
          action: 'replace',
          because: ['region'],
          reason: 'its provider names us-east-1, and the key is in eu-west-1',
        },
      ],
    ],
    [
      'by its provider, which no longer finds it',
      [declared(BY_PROVIDER), held(K)],
      [
        {
          action: 'replace-and-forget',
          because: [],
          reason: 'its provider names us-east-1, and the key is in eu-west-1, where a refresh no longer looks for it',
        },
      ],
    ],
    [
      'and of another key spec',
      [declared({ ...BY_BLOCK, attributes: { keySpec: 'RSA_2048' } }), held(K), live(K)],
      [{ action: 'replace', because: ['keySpec', 'region'] }],
    ],
    [
      'and tainted',
      [declared(BY_BLOCK), held(K, { status: 'tainted' })],
      [
        {
          action: 'replace',
          reason: 'its block names us-east-1, and the key is in eu-west-1, and the instance is tainted',
        },
      ],
    ],
    ['no: in the same', [declared({ ...BY_BLOCK, region: 'eu-west-1' }), held(K)], []],
    ['no: none is known', [declared(), held(K)], []],
    ['no: changes of its own argument are ignored', [declared({ region: 'us-east-1' }), held(K)], []],
    [
      'no: the block of its replica',
      [
        declared({ ...BY_BLOCK, region: 'eu-west-1' }),
        held(K),
        declared({ ...BY_PROVIDER, address: 'aws_kms_replica_key.r', resourceType: 'aws_kms_replica_key' }),
        held(multiRegionArn(1, US_EAST_1), { address: 'aws_kms_replica_key.r', resourceType: 'aws_kms_replica_key' }),
      ],
      [],
    ],
    [
      'and at another address',
      [declared({ ...BY_BLOCK, address: 'aws_kms_key.new' }), moved('aws_kms_key.new'), held(K)],
      [{ action: 'replace', because: ['region'], address: 'aws_kms_key.this' }],
    ],
    [
      'and at another address, by its provider, which no longer finds it',
      [declared({ ...BY_PROVIDER, address: 'aws_kms_key.new' }), moved('aws_kms_key.new'), held(K)],
      [{ action: 'replace-and-forget' }],
    ],
    [
      'and counted from now on',
      [declared({ ...BY_BLOCK, address: 'aws_kms_key.this[0]' }), held(K)],
      [{ action: 'replace', because: ['region'] }],
    ],
    [
      'no: at another address in the same',
      [
        declared({ ...BY_BLOCK, region: 'eu-west-1', address: 'aws_kms_key.new' }),
        moved('aws_kms_key.new'),
        held(K, { region: 'eu-west-1' }),
      ],
      [],
    ],
    [
      'also where an import block names the key, which Terraform passes over there',
      [declared(BY_BLOCK), imports('aws_kms_key.this', K), held(K)],
      [{ action: 'replace' }],
    ],
  ])('%s', (_, facts, changes) => {
    const said = outlook([live(K), ...facts.filter((fact) => fact.kind !== 'live')]);
    expect(said.changes).toMatchObject(changes);
    expect(said.changes).toHaveLength(changes.length);
  });
});

describe('what a plan says', () => {
  const dropped = {
    kind: 'plan-drift',
    plan: 'plan.json',
    root: null,
    address: 'aws_kms_key.this',
    resourceType: 'aws_kms_key',
    arn: K,
    keyId: null,
    change: 'deleted',
    deletionWindowInDays: 9,
    readAt: '2026-11-23T12:00:10.000Z',
  } as const satisfies Fact;
  it.each<[string, Fact[], Partial<PlannedChange>[]]>([
    ['nothing', [planned({ arn: K })], []],
    ['a destroy', [planned({ arn: K, action: 'destroy' })], [{ action: 'destroy', by: 'plan', plan: 'plan.json' }]],
    ['nothing, of a key that no block declares', [ELSEWHERE, planned({ arn: K })], []],
    [
      'a replacement, of a key whose block says so too',
      [declared({ attributes: { keySpec: 'RSA_2048' } }), planned({ arn: K, action: 'replace', because: ['keySpec'] })],
      [{ action: 'replace', by: 'plan', because: ['keySpec'] }],
    ],
    ['that the refresh dropped it', [dropped], [{ action: 'recreate', by: 'plan', deletionWindowInDays: 9 }]],
  ])('%s: it takes precedence', (_, facts, changes) => {
    const said = outlook([...facts, held(K), live(K)]);
    expect(said.changes).toMatchObject(changes);
    expect(said.changes).toHaveLength(changes.length);
  });

  it.each<[string, Fact[], PlannedChange['location']]>([
    ['the block that declares it', [declared({ line: 3 })], { path: 'main.tf', line: 3 }],
    ['the block that lets it go', [ELSEWHERE, removed('aws_kms_key.this', true)], { path: 'main.tf', line: 7 }],
    [
      'the block that no longer declares the instance',
      [declared({ address: 'aws_kms_key.this[0]', line: 5 })],
      { path: 'main.tf', line: 5 },
    ],
    ['no block', [ELSEWHERE], null],
  ])('is shown at %s', (_, facts, location) => {
    const said = outlook([...facts, planned({ arn: K, action: 'destroy' }), held(K), live(K)]);
    expect(said.changes).toMatchObject([{ action: 'destroy', by: 'plan', location }]);
  });

  it.each<[string, Fact[], Partial<PlannedChange>]>([
    [
      'the block that removes it',
      [ELSEWHERE, removed('aws_kms_key.this', true)],
      { reason: 'a removed block with destroy = true', location: { path: 'main.tf', line: 7 } },
    ],
    [
      'the block that says to forget it, in its own words',
      [ELSEWHERE, removed('aws_kms_key.this', false)],
      { reason: 'no block declares it', location: { path: 'main.tf', line: 7 } },
    ],
    [
      'the block that no longer declares the instance',
      [declared({ address: 'aws_kms_key.this[0]', line: 5 })],
      { location: { path: 'main.tf', line: 5 } },
    ],
    ['no block', [ELSEWHERE], { reason: 'no block declares it', location: null }],
  ])('is shown at %s without a state, too', (_, facts, change) => {
    const reason = 'delete_because_no_resource_config';
    const said = outlook([...facts, planned({ arn: K, root: '.', action: 'destroy', reason }), live(K)]);
    expect(said.changes).toMatchObject([{ action: 'destroy', by: 'plan', ...change }]);
  });

  it('keeps its own reason where what goes is a deposed instance', () => {
    const deposed = planned({ arn: K, root: '.', action: 'destroy', deposed: true });
    const said = outlook([ELSEWHERE, removed('aws_kms_key.this', true), deposed, live(K)]);
    expect(said.changes).toMatchObject([{ reason: expect.stringContaining('deposed'), location: { line: 7 } }]);
  });

  it('names a key by its id alone where one key has that id', () => {
    const byId = planned({ keyId: K.split('/')[1] ?? '', action: 'destroy' });
    expect(outlook([byId, held(K), live(K)]).changes).toMatchObject([{ action: 'destroy', by: 'plan' }]);
    const [here, there] = [multiRegionArn(2), multiRegionArn(2, US_EAST_1)];
    const shared = planned({ keyId: here.split('/')[1] ?? '', action: 'destroy' });
    const requested = ['kms', 'state', 'plan'] as const;
    const facts = [shared, held(here), live(here), held(there), live(there)];
    const scan = inventory(facts, { header: { requested: [...requested] } });
    expect(reconciled(scan).keys.flatMap((key) => key.planned)).toEqual([]);
  });

  it.each([
    ['neither plan nor configuration was given', ['kms', 'state'], NOT_ASKED.plan],
    ['no plan names the key', ['kms', 'state', 'plan'], IN_NO_PLAN],
  ] as const)('is not known where %s', (_, requested, reason) => {
    const scan = inventory([held(K), live(K)], { header: { requested: [...requested] } });
    expect(reconciled(scan).keys[0]?.unknown.planned).toBe(reason);
  });

  it('a key that an apply makes is not created, whether a block declares it or not', () => {
    const scan = inventory([
      root('.', [STATE]),
      declared({ address: 'aws_kms_key.declared' }),
      planned({ root: '.', action: 'create', address: 'aws_kms_key.declared' }),
      planned({ action: 'create', address: 'aws_kms_key.planned' }),
    ]);
    const { keys } = reconciled(scan);
    expect(
      keys.map(({ id, standing, planned: changes }) => [id, standing, changes.map(({ action }) => action)]),
    ).toEqual([
      ['.#aws_kms_key.declared', 'not-created', ['create']],
      ['plan.json#aws_kms_key.planned', 'not-created', ['create']],
    ]);
  });

  it('what the refresh dropped is made again at its address: no other key', () => {
    const scan = inventory([dropped, planned({ action: 'create' }), live(K, { keyState: 'PendingDeletion' })]);
    expect(reconciled(scan).keys.map(({ id }) => id)).toEqual([K]);
  });
});
