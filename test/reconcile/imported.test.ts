import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { ConfigurationFact, Fact, ImportFact, RootFact } from '../../src/model/facts.ts';
import type { PlannedChange } from '../../src/model/key-record.ts';
import { STATE_ELSEWHERE } from '../../src/model/not-asked.ts';
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
import { reconciled } from '../support/reconciled.ts';

const options = { estate: 'complete', graceMs: 0, secondLook: 'assumed' } as const;
const K = keyArn(1);
const ID = K.split('/')[1] ?? '';
const TO = 'aws_kms_key.adopted';
const OTHER_STATE = 'b/terraform.tfstate';
const OTHER = { root: 'b', path: 'b/main.tf' } as const;

const brings = (over: Partial<ImportFact> = {}) => imports(TO, ID, { ...OTHER, ...over });
const block = (over: Partial<ConfigurationFact> = {}) => declared({ address: TO, line: 12, ...OTHER, ...over });
const differs = (over: Partial<ConfigurationFact> = {}) => block({ attributes: { multiRegion: true }, ...over });
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
  ];
  const roots = [root('.', [STATE]), { ...root('b', [OTHER_STATE]), ...over }];
  const { keys } = reconciled(inventory([...roots, ...facts], { coverage }), options);
  const key = keys.find(({ id }) => id === K);
  return { changes: key?.planned ?? [], gap: key?.unknown.planned };
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
});

/** Another key at the address that the import is to. */
function heldThere(arn: Parameters<typeof held>[0]): Fact {
  return held(arn, { address: TO, source: OTHER_STATE, lineage: 'other' });
}

describe('an import by an id that several keys share', () => {
  it.each<[string, string | null, number]>([
    ['is of the one in the Region of its block', 'eu-west-1', 1],
    ['may be of either where that is not known', null, 0],
  ])('%s', (_, region, count) => {
    const [here, there] = [multiRegionArn(1), multiRegionArn(1, US_EAST_1)];
    const id = here.split('/')[1] ?? '';
    const facts = [
      imports(TO, id),
      declared({ address: TO, region, attributes: { multiRegion: false } }),
      ...[here, there].map((arn) => live(arn, { attributes: { multiRegion: true } })),
    ];
    const coverage = [kmsCovered(), kmsCovered(US_EAST_1), stateCovered(), configurationCovered()];
    const { keys } = reconciled(inventory([root('.', [STATE]), ...facts], { coverage }), options);
    expect(keys.flatMap((key) => key.planned.map(({ action }) => action))).toEqual(Array(count).fill('replace'));
    expect(keys.filter(({ arn, unknown }) => arn !== null && unknown.planned !== undefined)).toHaveLength(
      count === 1 ? 0 : 2,
    );
  });
});
