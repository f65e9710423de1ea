import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { ConfigurationFact, Fact, ImportFact, RootFact, StateFact } from '../../src/model/facts.ts';
import type { PlannedChange } from '../../src/model/key-record.ts';
import { STATE_ELSEWHERE } from '../../src/model/not-asked.ts';
import {
  absent,
  configurationCovered,
  declared,
  eventsCovered,
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
  T,
  US_EAST_1,
} from '../support/facts.ts';
import { outlookOf, reconciled } from '../support/reconciled.ts';

const K = keyArn(1);
const ID = K.split('/')[1] ?? '';
const TO = 'aws_kms_key.adopted';
const OTHER_STATE = 'b/terraform.tfstate';
const OTHER = { root: 'b', path: 'b/main.tf' } as const;

const brings = (over: Partial<ImportFact> = {}) => imports(TO, ID, { ...OTHER, ...over });
const block = (over: Partial<ConfigurationFact> = {}) => declared({ address: TO, line: 12, ...OTHER, ...over });
const differs = (over: Partial<ConfigurationFact> = {}) => block({ attributes: { multiRegion: true }, ...over });
const moved: Fact = { kind: 'moved', from: 'aws_kms_key.this', to: TO, root: '.', path: 'main.tf', line: 3 };
const droppedByRefresh: Fact = {
  kind: 'plan-drift',
  plan: 'plan.json',
  root: '.',
  address: 'aws_kms_key.this',
  resourceType: 'aws_kms_key',
  arn: K,
  keyId: ID,
  change: 'deleted',
  deletionWindowInDays: null,
  readAt: T.states,
};
const forgotten: Fact = {
  kind: 'removed',
  from: 'aws_kms_key.this',
  destroy: false,
  root: '.',
  path: 'main.tf',
  line: 7,
};

function outlook(facts: readonly Fact[], over: Partial<RootFact> = {}) {
  const coverage: Coverage[] = [
    kmsCovered(),
    stateCovered(),
    stateCovered({ locator: OTHER_STATE, lineage: 'other', digest: 'b' }),
    configurationCovered(),
    { ...configurationCovered(), locator: 'b' },
    { ...configurationCovered(), locator: 'b#module.m', operation: 'module', status: 'failed', reason: 'unread' },
  ];
  const roots = [root('.', [STATE]), { ...root('b', [OTHER_STATE]), ...over }];
  return outlookOf(K, inventory([...roots, ...facts], { coverage }));
}

describe('what an import block does to the key that it brings', () => {
  it.each<[string, Fact[], Partial<PlannedChange>[]]>([
    [
      'replaces one that KMS has otherwise',
      [brings(), differs(), live(K)],
      [
        {
          action: 'replace',
          by: 'configuration',
          address: TO,
          because: ['multiRegion'],
          reason: 'the import block at b/main.tf:9 brings the key to this block',
          location: { path: 'b/main.tf', line: 12 },
        },
      ],
    ],
    [
      'replaces one that another state has otherwise',
      [brings(), differs(), declared(), held(K)],
      [{ action: 'replace', address: TO }],
    ],
    [
      'replaces one that its own root forgets',
      [brings(), differs(), forgotten, held(K)],
      [{ action: 'replace' }, { action: 'forget' }],
    ],
    [
      'replaces one that a plan of another root forgets',
      [brings(), differs(), held(K), planned({ arn: K, root: '.', action: 'forget' })],
      [{ action: 'replace' }, { action: 'forget' }],
    ],
    ['imports one that is as it is declared', [brings(), block(), live(K)], [{ action: 'import', address: TO }]],
    [
      'imports one that another root forgets',
      [brings(), block(), forgotten, held(K)],
      [{ action: 'import' }, { action: 'forget' }],
    ],
    [
      'only what its own block says, where another root has one of that address',
      [
        imports('aws_kms_key.this', ID, OTHER),
        declared({ ...OTHER, attributes: { multiRegion: true } }),
        declared(),
        held(K),
      ],
      [{ action: 'replace', location: { path: 'b/main.tf', line: 1 } }],
    ],
    [
      'nothing more of one that a plan finds gone',
      [
        brings(),
        block({ attributes: {}, unknown: { keySpec: 'key_spec: var.spec' } }),
        declared(),
        held(K),
        droppedByRefresh,
      ],
      [{ action: 'recreate' }],
    ],
    ['nothing of one that its state has there', [brings(), differs(), live(K), heldThere(keyArn(2))], []],
    ['nothing where no block is', [brings(), live(K)], []],
    ['nothing of a block for another Region', [brings(), differs({ region: 'us-west-2' }), live(K)], []],
    ['nothing of one that KMS does not find', [brings(), differs(), declared(), held(K), absent(K)], []],
    ['nothing of one that is pending deletion', [brings(), differs(), live(K, { keyState: 'PendingDeletion' })], []],
    [
      'what the plan of its root says',
      [brings(), differs(), live(K), planned({ arn: K, root: 'b', address: TO, action: 'import' })],
      [{ action: 'import', by: 'plan' }],
    ],
    [
      'what a plan of no known root says of its address',
      [brings(), differs(), live(K), planned({ arn: K, address: TO, action: 'import' })],
      [{ action: 'import', by: 'plan' }],
    ],
    [
      'what it does in spite of a plan that came with the repository',
      [brings(), differs(), live(K), planned({ arn: K, root: 'b', address: TO, action: 'import', committed: true })],
      [
        { action: 'replace', despite: ['plan.json'] },
        { action: 'import', by: 'plan' },
      ],
    ],
    [
      'nothing where its block has no instance',
      [
        brings({ to: `${TO}[*]` }),
        block({ instances: 'none', attributes: {}, unknown: { keySpec: 'key_spec: var.spec' } }),
        live(K),
      ],
      [],
    ],
    [
      'no more than an import of one that may not be declared',
      [brings(), block({ instances: 'unknown' }), live(K)],
      [],
    ],
    [
      'imports one of a type that nothing replaces, whatever it is',
      [
        brings({ to: 'awscc_kms_key.x' }),
        block({ address: 'awscc_kms_key.x', resourceType: 'awscc_kms_key' }),
        planned({ arn: K, action: 'none' }),
      ],
      [{ action: 'import' }],
    ],
  ])('%s', (_, facts, changes) => {
    const said = outlook(facts);
    expect(said.gap).toBeUndefined();
    expect(said.changes).toMatchObject(changes);
    expect(said.changes).toHaveLength(changes.length);
  });

  it.each<[string, Fact[], string]>([
    [
      'an attribute that is not known',
      [brings(), block({ attributes: {}, unknown: { keySpec: 'key_spec: var.spec' } }), forgotten, held(K)],
      'key_spec: var.spec',
    ],
    ['an instance that may not be', [brings(), differs({ instances: 'unknown', open: 'var.n' }), live(K)], 'var.n'],
    ['a key of which nobody says what it is', [brings(), block(), planned({ arn: K, action: 'none' })], 'neither KMS'],
    [
      'one of several instances',
      [brings({ to: `${TO}[*]` }), differs({ address: `${TO}["a"]` }), live(K)],
      'has another multiRegion, and the instance that it names is not known',
    ],
    ['a block in a module that was not read', [brings({ to: 'module.m.aws_kms_key.x' }), live(K)], 'unread'],
    ['one that a state has as deposed alone', [brings(), block(), held(K, { status: 'deposed' })], 'neither KMS'],
    [
      'one that a state cannot tell',
      [brings(), block(), forgotten, held(K, { unknown: { keyUsage: 'damaged' } })],
      'keyUsage: damaged',
    ],
  ])('cannot be told of %s', (_, facts, reason) => {
    const { changes, gap } = outlook(facts);
    expect(changes).toEqual([]);
    expect(gap).toMatch(/^whether the import block at b\/main\.tf:9 replaces it: /);
    expect(gap).toContain(reason);
  });

  it('cannot be told of a difference where the state of the root was not read', () => {
    const elsewhere = { states: ['c.tfstate'], elsewhere: true as const };
    expect(outlook([brings(), differs(), declared(), held(K)], elsewhere)).toEqual({
      changes: [],
      gap: `whether the import block at b/main.tf:9 replaces it: its block has another multiRegion, and ${STATE_ELSEWHERE}`,
    });
    expect(outlook([brings(), block(), forgotten, held(K)], elsewhere).changes).toHaveLength(2);
  });

  it('leaves open what becomes of the instance that holds it', () => {
    const open = declared({ address: 'aws_kms_key.this[*]', instances: 'unknown', open: 'var.n' });
    expect(outlook([brings(), block(), open, held(K), live(K)])).toEqual({
      changes: [],
      gap: 'it may not be declared: var.n',
    });
  });

  it('stands beside the plan of another root, which says nothing of it', () => {
    const { changes } = outlook([brings(), differs(), held(K), live(K), planned({ arn: K, root: '.' })]);
    expect(changes).toMatchObject([{ action: 'replace' }]);
    expect(changes[0]).not.toHaveProperty('despite');
  });
});

/** Another key at the address that the import is to. */
function heldThere(arn: Parameters<typeof held>[0]): StateFact {
  return held(arn, { address: TO, source: OTHER_STATE, lineage: 'other' });
}

describe('an import to an address that a state has filled', () => {
  const standings = (...facts: readonly Fact[]) => {
    const coverage = [kmsCovered(), eventsCovered(), stateCovered(), configurationCovered()];
    const { keys } = reconciled(inventory([root('.', [STATE]), ...facts], { coverage }));
    return keys.map(({ id, standing, configuration }) => [id, standing, configuration.length]);
  };
  const adopts = imports(TO, ID);

  it.each<[string, Fact[]]>([
    ['another key', [held(keyArn(2), { address: TO })]],
    ['another key that a moved block takes there', [held(keyArn(2)), moved]],
    ['an instance that names no key', [held(null, { address: TO, keyId: 'mrk-1' })]],
  ])('leaves a key unmanaged where that is %s', (_, facts) => {
    expect(standings(live(K), live(keyArn(2)), adopts, declared({ address: TO }), ...facts)[0]).toEqual([
      K,
      'unmanaged',
      0,
    ]);
  });

  it.each<[string, Fact[]]>([
    ['a deposed instance alone', [held(keyArn(2), { address: TO, status: 'deposed' })]],
    ['another address', [held(keyArn(2))]],
  ])('is planned where that is %s', (_, facts) => {
    const said = standings(live(K), live(keyArn(2)), adopts, declared({ address: TO }), ...facts);
    expect(said[0]).toEqual([K, 'import-planned', 1]);
  });
});

describe('an import to an address where a plan has another key, and no state was read', () => {
  const there = (over: Parameters<typeof planned>[0] = {}) =>
    planned({ arn: keyArn(2), root: '.', address: TO, action: 'none', ...over });
  const named = (...facts: readonly Fact[]) => {
    const header = { requested: ['kms' as const, 'configuration' as const, 'plan' as const] };
    const all = [root('.', null), imports(TO, ID), declared({ address: TO }), live(K), live(keyArn(2)), ...facts];
    const { keys } = reconciled(inventory(all, { header, coverage: [kmsCovered(), configurationCovered()] }));
    return keys.find(({ id }) => id === K)?.configuration.map(({ address }) => address);
  };

  it('says nothing of the key that it names', () => {
    expect(named(there())).toEqual([]);
  });

  it.each<[string, Fact]>([
    ['the plan imports', there({ arn: K, action: 'import' })],
    ['the plan replaces as it imports it', there({ arn: K, action: 'replace' })],
    ['the plan has elsewhere', there({ address: 'aws_kms_key.other' })],
    ['a plan of the repository has there', there({ committed: true })],
    ['is left there to be destroyed', there({ deposed: true, action: 'destroy' })],
  ])('is of one that %s', (_, fact) => {
    expect(named(fact)).toEqual([TO]);
  });
});

describe('an import by an id that several keys share', () => {
  it.each<[string, string | null, number]>([
    ['is of the one in the Region of its block', 'eu-west-1', 1],
    ['may be of either where that is not known', null, 0],
    ['may be of either where its instances are in several', 'both', 0],
  ])('%s', (_, region, count) => {
    const [here, there] = [multiRegionArn(1), multiRegionArn(1, US_EAST_1)];
    const id = here.split('/')[1] ?? '';
    const facts = [
      imports(region === 'both' ? `${TO}[*]` : TO, id),
      ...(region === 'both' ? ['eu-west-1', 'us-east-1'] : [region]).map((each) =>
        declared({
          address: region === 'both' ? `${TO}["${each}"]` : TO,
          region: each,
          attributes: { multiRegion: false },
        }),
      ),
      ...[here, there].map((arn) => live(arn, { attributes: { multiRegion: true } })),
    ];
    const coverage = [kmsCovered(), kmsCovered(US_EAST_1), stateCovered(), configurationCovered()];
    const { keys } = reconciled(inventory([root('.', [STATE]), ...facts], { coverage }));
    expect(keys.flatMap((key) => key.planned.map(({ action }) => action))).toEqual(Array(count).fill('replace'));
    expect(keys.filter(({ arn, unknown }) => arn !== null && unknown.planned !== undefined)).toHaveLength(
      count === 1 ? 0 : 2,
    );
  });

  it.each<[string, Partial<ImportFact>[], readonly string[]]>([
    ['of several imports one may replace', [{ to: 'aws_kms_key.other' }, { to: TO, line: 20 }], ['main.tf:9']],
    ['its block may stand where nothing was read', [{ to: 'module.m.aws_kms_key.x' }], ['main.tf:9', 'unread']],
    ['its block would replace none', [{ to: TO }], []],
  ])('is not known where %s', (_, wanted, reasons) => {
    const id = multiRegionArn(1).split('/')[1] ?? '';
    const unread = { ...configurationCovered(), locator: '.#module.m', operation: 'module', status: 'failed' } as const;
    const facts = [
      declared({ address: TO, attributes: { multiRegion: true } }),
      declared({ address: 'aws_kms_key.other', attributes: { multiRegion: false } }),
      ...wanted.map((over) => imports(TO, id, over)),
      ...[multiRegionArn(1), multiRegionArn(1, US_EAST_1)].map((arn) =>
        live(arn, { attributes: { multiRegion: true } }),
      ),
    ];
    const coverage = [kmsCovered(), stateCovered(), configurationCovered(), { ...unread, reason: 'unread' }];
    const { gap } = outlookOf(multiRegionArn(1), inventory([root('.', [STATE]), ...facts], { coverage }));
    expect(gap === undefined).toBe(reasons.length === 0);
    for (const reason of reasons) expect(gap).toContain(reason);
  });
});
