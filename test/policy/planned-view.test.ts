import { describe, expect, it } from '@jest/globals';
import type { KeyRecord, PlannedChange } from '../../src/model/key-record.ts';
import { causeOf, plannedView } from '../../src/policy/planned-view.ts';
import { givenKey } from '../support/rules.ts';

const differences = [
  { attribute: 'keySpec', pair: 'configuration/live', configuration: 'RSA_4096', live: 'RSA_2048', replaces: true },
  { attribute: 'multiRegion', pair: 'configuration/state', configuration: false, state: true, replaces: true },
  { attribute: 'keyUsage', pair: 'state/live', state: 'SIGN_VERIFY', live: 'ENCRYPT_DECRYPT' },
];

/** The view of what a rule test would write down. */
function viewOf(
  planned: object,
  given: object = { differences },
): { change: PlannedChange; record: KeyRecord } & Record<string, unknown> {
  const record = givenKey({ standing: 'managed', planned: [{ action: 'replace', ...planned }], ...given });
  const [change] = record.planned;
  if (change === undefined) throw new Error('nothing is planned');
  const view = plannedView.of({ change, record });
  const read = Object.keys(plannedView.fields).map((field) => [field, Reflect.get(view, field)]);
  return { change, record, ...Object.fromEntries(read) };
}

describe('why a key is replaced, and how it is kept', () => {
  it.each([
    [
      ['keySpec'],
      null,
      'keySpec is declared RSA_4096, but is RSA_2048',
      'declare customer_master_key_spec as it is (RSA_2048)',
    ],
    [['multiRegion'], null, 'multiRegion is declared false, but is true', 'declare multi_region as it is (true)'],
    [['keyUsage'], null, 'keyUsage changes', 'declare key_usage as it is'],
    [
      ['keySpec', 'key_material_base64'],
      'the instance is tainted',
      'keySpec is declared RSA_4096, but is RSA_2048, key_material_base64 changes, the instance is tainted',
      'declare customer_master_key_spec as it is (RSA_2048) and key_material_base64 as it is',
    ],
    [
      [],
      'the instance is tainted',
      'the instance is tainted',
      `take away what asks for it: terraform untaint 'aws_kms_key.a["x y"]', -replace, or replace_triggered_by`,
    ],
  ])('%j, %j', (because, reason, cause, toKeep) => {
    expect(viewOf({ because, reason, address: 'aws_kms_key.a["x y"]' })).toMatchObject({ cause, toKeep });
  });

  it.each([
    ['aws_kms_key.a', 'keySpec', 'customer_master_key_spec'],
    ['module.m["aws_kms_key.x"].aws_kms_external_key.a[0]', 'keySpec', 'key_spec'],
    ['aws_kms_key.a', 'customKeyStoreId', 'custom_key_store_id'],
    ['aws_kms_replica_key.a', 'primaryKeyArn', 'primary_key_arn'],
    ['awscc_kms_key.a', 'policy', 'key_policy'],
    ['constructor.a', 'policy', 'policy'],
    ['aws_kms_external_key.a', 'key_material_base64', 'key_material_base64'],
  ])('in the words of the block: of %s, %s is %s', (address, attribute, argument) => {
    expect(viewOf({ because: [attribute], address }, {}).toKeep).toBe(`declare ${argument} as it is`);
  });

  it.each([
    ['destroy', 'plan', 'no reason is given, as by plan -destroy'],
    ['destroy', 'configuration', 'no reason is given'],
    ['replace', 'plan', 'no reason is given'],
  ])('without a reason: %s by %s', (action, by, cause) => {
    const { change, record } = viewOf({ action, by });
    expect(causeOf({ change, record })).toBe(cause);
  });
});

it.each([
  ['aws_kms_key.a', 'aws_kms_key.a'],
  ['aws_kms_key.a[0]', 'aws_kms_key.a'],
  ['module.m["x"].module.n[1].aws_kms_key.a["b"]', 'module.m.module.n.aws_kms_key.a'],
  ['module.m["]\\"["].aws_kms_key.a["[\\\\"]', 'module.m.aws_kms_key.a'],
  ['module.m[*].aws_kms_key.a[*]', 'module.m.aws_kms_key.a'],
])('%s is of the resource %s', (address, resource) => {
  expect(viewOf({ address }).resource).toBe(resource);
});

it.each([
  [null, undefined, 30n],
  [7, 7n, 7n],
])('a window of %p days is %p, and waits %p', (deletionWindowInDays, window, waitingDays) => {
  const view = viewOf({ deletionWindowInDays });
  expect([view.deletionWindowInDays, view.waitingDays]).toEqual([window, waitingDays]);
});
