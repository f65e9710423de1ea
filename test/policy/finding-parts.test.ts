import { describe, expect, it } from '@jest/globals';
import type { AnchorFact } from '../../src/model/facts.ts';
import { evidenceOf } from '../../src/policy/evidence.ts';
import { fingerprint } from '../../src/policy/fingerprint.ts';
import { locationOf } from '../../src/policy/location.ts';
import { givenKey } from '../support/rules.ts';

const ANCHOR: AnchorFact = {
  kind: 'anchor',
  block: 'provider',
  region: 'eu-west-1',
  accounts: [],
  root: '.',
  path: 'providers.tf',
  line: 3,
};

describe('the evidence on a policy', () => {
  const statement = (over: object) => ({ Sid: 'Root', Effect: 'Allow', Action: 'kms:*', Resource: '*', ...over });
  const declared = JSON.stringify({ Statement: [statement({ Principal: { AWS: '111122223333' } })] });
  const live = JSON.stringify({ Statement: [statement({ Principal: '*' })], Version: '2012-10-17' });
  const record = givenKey({
    standing: 'managed',
    state: [{ policy: declared }],
    live: { policy: live },
    differences: [{ attribute: 'policy', pair: 'state/live', state: declared, live }],
  });
  const differing = (about: 'policy' | 'tags') =>
    evidenceOf(record, about).filter(({ witness }) => witness === 'difference');

  it('says first in what it differs', () => {
    expect(differing('policy')).toEqual([
      { witness: 'difference', text: 'changed the policy itself: Version + 2012-10-17' },
      { witness: 'difference', text: 'changed Root: Principal - AWS 111122223333 + AWS *' },
    ]);
    expect(evidenceOf(record, 'policy')[0]).toEqual(differing('policy')[0]);
    expect(differing('tags')).toEqual([]);
  });

  it('is the same for texts of another order', () => {
    const said = (witness: string) =>
      evidenceOf({ ...record, differences: [] }, 'policy').find((entry) => entry.witness === witness)?.text;
    expect(said('state')).toContain('policy {"Statement":[{"Action":["kms:*"],"Effect":"Allow","Principal":{"AWS"');
    expect(said('live')).toContain('policy {"Statement":[{"Action":["kms:*"],"Effect":"Allow","Principal":{"AWS"');
  });
});

describe('where a finding stands', () => {
  const block = { configuration: [{ path: 'kms.tf', line: 12 }] };
  const state = { state: [{ source: 'envs/prod.tfstate' }] };
  it.each<[string, object, AnchorFact | null, string, number]>([
    ['the block that declares the key', { ...block, ...state }, ANCHOR, 'kms.tf', 12],
    ['the provider that covers it', state, ANCHOR, 'providers.tf', 3],
    ['its state file', state, null, 'envs/prod.tfstate', 1],
    ['an errored state file', { errored: [{ source: 'errored.tfstate' }] }, null, 'errored.tfstate', 1],
    ['the settings, when the state is no file', { state: [{ source: 's3://states/prod' }] }, null, 'keydrift.yaml', 1],
    ['the settings, when a command gave the state', { state: [{ source: 'exec:infra' }] }, null, 'keydrift.yaml', 1],
    ['the settings, when the state came from stdin', { state: [{ source: '-' }] }, null, 'keydrift.yaml', 1],
    ['the settings, when nothing else is there', {}, null, 'keydrift.yaml', 1],
  ])('is %s', (_, given, anchor, path, line) => {
    expect(locationOf({ ...givenKey({ standing: 'managed', ...given }), anchor }, 'estate')).toEqual({ path, line });
  });

  const planned = { action: 'destroy', by: 'configuration', location: { path: 'removed.tf', line: 4 } };
  it.each([
    ['where the change is made, of a rule about changes', 'change', [planned], block, 'removed.tf', 4],
    ['the block of the key, of a rule about the estate', 'estate', [planned], block, 'kms.tf', 12],
    ['the block of the key, where a plan says no place', 'change', [{ action: 'replace' }], block, 'kms.tf', 12],
    ['the state, before the plan', 'change', [{ action: 'destroy', plan: 'p.json' }], state, 'envs/prod.tfstate', 1],
    ['the plan, where nothing else is there', 'change', [{ action: 'destroy', plan: 'p.json' }], {}, 'p.json', 1],
  ] as const)('is %s', (_, about, changes, given, path, line) => {
    const record = givenKey({ standing: 'managed', planned: changes, ...given });
    expect(locationOf({ ...record, anchor: null }, about)).toEqual({ path, line });
  });

  it('is the block that sets the policy, of what is found of that', () => {
    const record = givenKey({ standing: 'managed', ...block });
    const set = (installed?: true) => {
      const by = { address: 'aws_kms_key_policy.p', path: 'policy.tf', line: 7, ...(installed ? { installed } : {}) };
      return { ...record, configuration: record.configuration.map((fact) => ({ ...fact, policyBy: by })) };
    };
    expect(locationOf(set(), 'estate', 'policy')).toEqual({ path: 'policy.tf', line: 7 });
    expect(locationOf(set(), 'estate', 'tags')).toEqual({ path: 'kms.tf', line: 12 });
    expect(locationOf(set(true), 'estate', 'policy')).toEqual({ path: 'kms.tf', line: 12 });
  });

  it('is none in an installed module, which git does not have: its call', () => {
    const path = '.terraform/modules/kms/main.tf';
    const block = { path, line: 4, installed: true as const };
    const record = givenKey({ standing: 'managed', planned: [{ action: 'replace' }], configuration: [{ path }] });
    const planned = record.planned.map((change) => ({ ...change, location: block }));
    const configuration = record.configuration.map((fact) => ({ ...fact, installed: true as const }));
    const call: AnchorFact = { ...ANCHOR, block: 'module', address: 'module.kms', path: 'main.tf', line: 10 };
    const placed = { ...record, planned, configuration, anchor: call };
    expect(['change', 'estate'].map((about) => locationOf(placed, about as 'change'))).toEqual([
      { path: 'main.tf', line: 10 },
      { path: 'main.tf', line: 10 },
    ]);
    expect(locationOf({ ...placed, state: [], anchor: null }, 'change')).toEqual({ path: 'keydrift.yaml', line: 1 });
  });
});

describe('fingerprints', () => {
  it('are those of earlier releases: baselines depend on them', () => {
    expect(fingerprint('spec-mismatch', 'arn:aws:kms:eu-west-1:111122223333:key/a', 'keySpec')).toBe(
      'd1d5173b4ed232858e6685c3635df53d1929ae6725b03ccbb4ebe45d295f8536',
    );
  });

  it('differ by rule, key and attribute', () => {
    const prints = [
      fingerprint('a', 'k', undefined),
      fingerprint('b', 'k', undefined),
      fingerprint('a', 'l', undefined),
      fingerprint('a', 'k', 'keySpec'),
      fingerprint('a', 'k', 'origin'),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('evidence', () => {
  it('is what each witness said, in the order of the life of a key', () => {
    const key = givenKey({
      standing: 'managed',
      created: {
        via: 'console',
        principal: 'arn:aws:iam::111122223333:user/bob',
        userAgent: 'Mozilla\n/5.0',
        eventTime: '2026-04-01',
        eventId: 'e1',
      },
      replicated: {
        primaryArn: 'arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
        via: 'terraform',
        eventTime: '2026-04-01',
        eventId: 'e2',
      },
      configuration: [{ path: 'kms.tf', line: 7, keySpec: 'RSA_2048' }],
      state: [{ status: 'tainted', keySpec: 'RSA_2048', policy: '{}', serial: 4 }],
      live: {
        keyState: 'PendingDeletion',
        deletionDate: '2026-06-08',
        keySpec: 'RSA_4096',
        unknown: { tags: 'not asked' },
      },
      keyStore: { connectionState: 'FAILED' },
      deletion: { via: 'cli', eventTime: '2026-05-25', eventId: 'e3', pendingWindowInDays: 14 },
    });
    expect(evidenceOf(key, 'keySpec')).toEqual([
      {
        witness: 'created',
        text: 'made 2026-04-01T00:00:00.000Z by arn:aws:iam::111122223333:user/bob with the console (event e1, user agent Mozilla /5.0)',
      },
      {
        witness: 'replicated',
        text: 'replicated from arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab 2026-04-01T00:00:00.000Z by someone with Terraform (event e2)',
      },
      { witness: 'configuration', text: 'aws_kms_key.orders at kms.tf:7 declares keySpec RSA_2048' },
      { witness: 'state', text: 'aws_kms_key.orders (tainted) in terraform.tfstate, serial 4: keySpec RSA_2048' },
      { witness: 'live', text: 'PendingDeletion, deleted 2026-06-08T00:00:00.000Z: keySpec RSA_4096' },
      { witness: 'key store', text: 'cks-1234567890abcdef0 is FAILED' },
      {
        witness: 'deletion',
        text: 'scheduled 2026-05-25T00:00:00.000Z by someone with the AWS CLI, to wait 14 days (event e3)',
      },
    ]);
  });

  it('says what could not be asked, and why', () => {
    const key = givenKey({
      standing: 'undetermined',
      state: [{}],
      unknown: { created: 'events were not asked for', live: 'ListKeys: AccessDenied' },
    });
    expect(evidenceOf(key, undefined)).toEqual([
      { witness: 'state', text: 'aws_kms_key.orders in terraform.tfstate, serial 1: no attributes known' },
      { witness: 'created', text: 'unknown: events were not asked for' },
      { witness: 'live', text: 'unknown: ListKeys: AccessDenied' },
    ]);
  });

  it('says when KMS denied that the key exists', () => {
    expect(
      evidenceOf(givenKey({ standing: 'missing', state: [{ address: 'aws_kms_key.a' }] }), undefined),
    ).toContainEqual({
      witness: 'live',
      text: 'KMS, asked 2026-06-01T00:00:00.000Z, says NotFound',
    });
  });

  it('shows tags only where they are the matter, and long values cut', () => {
    const key = givenKey({ standing: 'managed', state: [{ tags: { b: '2', a: '1' }, description: 'x'.repeat(500) }] });
    expect(evidenceOf(key, undefined)[0]?.text).toBe(
      `aws_kms_key.orders in terraform.tfstate, serial 1: description ${'x'.repeat(160)}…`,
    );
    expect(evidenceOf(key, 'tags')[0]?.text).toMatch(/, tags a=1, b=2$/);
  });
});
