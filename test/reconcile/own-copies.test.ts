import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../src/model/facts.ts';
import type { PlannedChange } from '../../src/model/key-record.ts';
import {
  absent,
  configurationCovered,
  declared,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  planned,
  root,
  STATE,
  stateCovered,
} from '../support/facts.ts';
import { outlookOf, reconciled } from '../support/reconciled.ts';

const K = keyArn(1);
const COPY = 'copy/terraform.tfstate';
const covered = ['own', 'copy'].map((locator) => ({ ...configurationCovered(), locator }));
const ROOTS = [root('own', [STATE]), root('copy', [COPY])];
const block = (of: string, over: Parameters<typeof declared>[0] = {}): Fact =>
  declared({ root: of, path: `${of}/main.tf`, ...over });
const heldByBoth = (serial: number): Fact[] => [held(K), held(K, { source: COPY, serial })];

const scan = (facts: readonly Fact[], serial = 4) =>
  inventory([...ROOTS, ...facts], {
    coverage: [
      kmsCovered(),
      ...covered,
      stateCovered(),
      stateCovered({ locator: COPY, serial, ...(serial === 4 ? {} : { digest: `d${serial}` }) }),
    ],
  });

const recordOf = (facts: readonly Fact[], serial = 4) =>
  reconciled(scan(facts, serial)).keys.find(({ id }) => id === K);

describe('copies of one state in several roots: each root applies its own', () => {
  it.each<[string, Fact[], number, Partial<PlannedChange>[]]>([
    ['both declare the key', [block('own'), block('copy'), ...heldByBoth(4)], 4, []],
    [
      'one declares it no longer',
      [block('copy'), ...heldByBoth(4)],
      4,
      [{ action: 'destroy', source: STATE, reason: 'no block declares it, in own' }],
    ],
    [
      'the other declares it no longer, and has the older state',
      [block('own'), ...heldByBoth(3)],
      3,
      [{ action: 'destroy', source: COPY, reason: 'no block declares it, in copy' }],
    ],
    [
      'one declares it no longer, and the newer state of the other holds it at another address',
      [
        block('copy', { address: 'aws_kms_key.new' }),
        held(K),
        held(K, { source: COPY, serial: 5, address: 'aws_kms_key.new' }),
      ],
      5,
      [{ action: 'destroy', address: 'aws_kms_key.this' }],
    ],
    [
      'one declares another key spec',
      [block('own', { attributes: { keySpec: 'RSA_2048' } }), block('copy'), ...heldByBoth(4)],
      4,
      [{ action: 'replace', because: ['keySpec'], reason: 'in own' }],
    ],
    [
      'one is for another Region',
      [block('own', { region: 'us-east-1', regionBy: 'resource' }), block('copy'), ...heldByBoth(4)],
      4,
      [{ action: 'replace', because: ['region'] }],
    ],
    ['neither holds it any more, and KMS has it still', [block('own'), live(K)], 4, []],
  ])('%s', (_, facts, serial, changes) => {
    const said = outlookOf(K, scan([live(K), ...facts], serial));
    expect(said.gap).toBeUndefined();
    expect(said.changes).toMatchObject(changes);
    expect(said.changes).toHaveLength(changes.length);
  });

  it('a plan of one says nothing of the other', () => {
    const told = (of: string) => planned({ arn: K, root: of, action: 'none', plan: `${of}.json` });
    const facts = [block('copy'), ...heldByBoth(4)];
    expect(outlookOf(K, scan([...facts, told('copy')])).changes).toMatchObject([{ action: 'destroy', source: STATE }]);
    expect(outlookOf(K, scan([...facts, told('own')])).changes).toEqual([]);
  });

  it('the key is shown where something happens to it', () => {
    expect(recordOf([block('copy'), ...heldByBoth(4)])?.root).toBe('own');
    expect(recordOf([block('own'), ...heldByBoth(4)])?.root).toBe('copy');
  });

  it('a key that only the older one holds is managed by it', () => {
    const facts = [block('copy'), held(K, { source: COPY, serial: 3 })];
    expect(recordOf([live(K), ...facts], 3)).toMatchObject({ standing: 'managed', planned: [], claims: [] });
    expect(recordOf(facts, 3)?.configuration).toMatchObject([{ root: 'copy' }]);
  });

  it.each<[string, Fact, string | undefined]>([
    ['KMS does not find it', absent(K), undefined],
    ['it is pending deletion', live(K, { keyState: 'PendingDeletion' }), 'retiring'],
  ])('a key that only the older one holds and that ended is of nobody: %s', (_, said, standing) => {
    const record = recordOf([said, held(K, { source: COPY, serial: 3 })], 3);
    expect(record?.standing).toBe(standing);
    expect(record?.state ?? []).toEqual([]);
  });

  it('what an older one says of the key as it is does not count', () => {
    const old = held(K, { source: COPY, serial: 3, attributes: { description: 'old' } });
    const record = recordOf([live(K), block('own'), block('copy'), held(K), old], 3);
    expect(record?.differences).toEqual([]);
    expect(record?.state).toHaveLength(2);
  });

  it('of copies in one root the newest alone counts', () => {
    const twins = [root('own', [STATE, COPY]), root('copy', [])];
    const facts = [block('own'), held(K), held(keyArn(2), { source: COPY, serial: 3, address: 'aws_kms_key.old' })];
    const { keys } = reconciled({ ...scan(facts, 3), facts: [...twins, ...facts] });
    expect(keys.map(({ id }) => id)).toEqual([K]);
  });
});
