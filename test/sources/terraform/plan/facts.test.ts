import { describe, expect, it } from '@jest/globals';
import { ARN, driftsIn, entryOf, fixture, KEY, lookAt, plannedIn, plannedOf, planOf } from './plan-text.ts';

const EVERY_ACTION = await lookAt(fixture('every-action'));
const planned = new Map(plannedIn(EVERY_ACTION).map((fact) => [fact.address, fact]));

describe('a plan of Terraform 1.11.4 and provider 5.100', () => {
  it.each([
    ['aws_kms_key.same', 'none', [], null],
    ['aws_kms_key.updated', 'update', [], null],
    ['aws_kms_key.new', 'create', [], null],
    ['aws_kms_key.adopted', 'import', [], null],
    ['aws_kms_key.respecified', 'replace', ['keySpec'], 'replace_because_cannot_update'],
    ['aws_kms_key.rolled', 'replace', ['keySpec'], 'replace_because_cannot_update'],
    ['aws_kms_key.primary', 'replace', ['multiRegion'], 'replace_because_cannot_update'],
    ['aws_kms_replica_key.follower', 'replace', ['primaryKeyArn'], 'replace_because_cannot_update'],
    ['aws_kms_external_key.material', 'replace', ['key_material_base64'], 'replace_because_cannot_update'],
    ['aws_kms_key.tainted', 'replace', [], 'replace_because_tainted'],
    ['aws_kms_key.triggered', 'replace', [], 'replace_by_triggers'],
    ['aws_kms_key.requested', 'replace', [], 'replace_by_request'],
    ['aws_kms_key.removed_block', 'destroy', [], 'delete_because_no_resource_config'],
    ['aws_kms_key.counted[1]', 'destroy', [], 'delete_because_count_index'],
    ['aws_kms_key.each["green"]', 'destroy', [], 'delete_because_each_key'],
    ['module.gone.aws_kms_key.vault', 'destroy', [], 'delete_because_no_resource_config'],
    ['aws_kms_key.forgotten', 'forget', [], 'delete_because_no_resource_config'],
    ['aws_kms_key.arrived', 'none', [], null],
  ])('%s: %s', (address, action, because, reason) => {
    expect(planned.get(address)).toMatchObject({ action, because, reason, deposed: false });
  });

  it('is covered completely, and has a fact for each key and for nothing else', () => {
    expect(EVERY_ACTION.coverage).toEqual([
      {
        source: 'plan',
        locator: 'plan.json',
        status: 'complete',
        plan: { root: null, whole: true },
        readAt: expect.any(String),
      },
    ]);
    const { resource_changes } = JSON.parse(fixture('every-action'));
    const keys = resource_changes.filter(({ type }: { type: string }) => /^aws_kms_.*key$/.test(type));
    expect([...planned.keys()]).toEqual(keys.map(({ address }: { address: string }) => address));
  });

  it('names the key that is there, what a destroy waits for, and where it came from', () => {
    expect(planned.get('aws_kms_key.removed_block')).toMatchObject({
      arn: expect.stringMatching(/^arn:aws:kms:eu-west-1:111122223333:key\//),
      deletionWindowInDays: 14,
      attributes: { keySpec: 'SYMMETRIC_DEFAULT', multiRegion: false },
    });
    expect(planned.get('aws_kms_external_key.material')).toMatchObject({
      keyId: expect.stringMatching(/^11111111-/),
      deletionWindowInDays: 12,
    });
    expect(planned.get('aws_kms_key.new')).toMatchObject({ arn: null, keyId: null });
    expect(planned.get('aws_kms_key.arrived')?.previousAddress).toBe('aws_kms_key.moved');
    expect(planned.get('aws_kms_key.rolled')?.createsFirst).toBe(true);
    expect(planned.get('aws_kms_key.respecified')?.createsFirst).toBe(false);
  });

  it('knows what is planned, and not what only the apply tells', () => {
    expect(planned.get('aws_kms_key.respecified')).toMatchObject({
      attributes: { keySpec: 'RSA_4096', keyUsage: 'SIGN_VERIFY', customKeyStoreId: null, origin: 'AWS_KMS' },
      unknown: { multiRegion: 'known after the apply', policy: 'known after the apply', tags: 'known after the apply' },
    });
    expect(planned.get('aws_kms_replica_key.new')?.unknown).toMatchObject({ primaryKeyArn: 'known after the apply' });
    expect(planned.get('aws_kms_key.secretive')).toMatchObject({
      attributes: { enabled: true },
      unknown: { description: 'marked sensitive in the plan' },
    });
  });

  it('says which keys a refresh dropped and the apply makes again, and which differ', () => {
    const drifts = driftsIn(EVERY_ACTION).map(({ address, change }) => [address, change]);
    expect(drifts).toEqual([
      ['aws_kms_key.edited', 'changed'],
      ['aws_kms_key.scheduled', 'deleted'],
    ]);
    expect(planned.get('aws_kms_key.scheduled')?.action).toBe('create');
  });

  it('has a deposed key beside the one that took its place', async () => {
    const facts = plannedIn(await lookAt(fixture('deposed')));
    expect(facts.filter(({ address }) => address === 'aws_kms_key.rolled')).toMatchObject([
      { deposed: false, action: 'none' },
      { deposed: true, action: 'destroy' },
    ]);
  });

  it.each([
    ['errored', 'planning ended in an error: what Terraform did not get to is not in it'],
    [
      'targeted',
      'the plan says that it is not complete: made with -target, or some changes are deferred to a later one',
    ],
  ])('that is %s is covered in part', async (name, reason) => {
    const look = await lookAt(fixture(name));
    expect(look.coverage).toMatchObject([{ status: 'partial', reason }]);
    expect(plannedIn(look)).toHaveLength(1);
  });

  it('that only refreshes makes nothing again: nothing is said of what it dropped', async () => {
    const look = await lookAt(fixture('refresh-only'));
    expect([look.facts, look.coverage[0]?.status]).toEqual([[], 'complete']);
  });
});

describe('a change', () => {
  it.each([
    [['create', 'forget'], 'replace-and-forget', true],
    [['forget', 'create'], 'replace-and-forget', false],
    [['read'], 'read', false],
  ])('%j is %s', async (actions, action, createsFirst) => {
    expect(await plannedOf({ actions })).toMatchObject({ action, createsFirst });
  });

  it.each([
    [['no-op'], 'import'],
    [['update'], 'import'],
    [['delete', 'create'], 'replace'],
  ])('%j of what is imported is %s', async (actions, action) => {
    expect((await plannedOf({ actions, importing: { id: 'x' } })).action).toBe(action);
    expect((await plannedOf({ actions, importing: { unknown: true } })).action).toBe(action);
  });

  it.each([
    [[['tags', 'team']], ['tags']],
    [
      [['key_policy'], ['customer_master_key_spec'], ['key_spec']],
      ['keySpec', 'policy'],
    ],
    [[[], [0], ['Not An Argument'], ['x'.repeat(100)]], []],
  ])('forced by %j is because of %j', async (replace_paths, because) => {
    expect((await plannedOf({ actions: ['delete', 'create'], replace_paths })).because).toEqual(because);
  });

  it.each([
    [{ after_unknown: { tags_all: { team: true } } }, 'tags', 'known after the apply'],
    [{ after_sensitive: { description: [true] } }, 'description', 'marked sensitive in the plan'],
    [
      { after_unknown: { description: true }, after_sensitive: { description: true } },
      'description',
      'marked sensitive in the plan',
    ],
    [{ after_sensitive: true }, 'keySpec', 'marked sensitive in the plan'],
    [{ after_unknown: true }, 'keySpec', 'known after the apply'],
    [{ actions: ['delete'], after: null, before_sensitive: true }, 'keyUsage', 'marked sensitive in the plan'],
  ] as const)('with %j leaves %s Unknown', async (change, attribute, reason) => {
    const fact = await plannedOf(change);
    expect(fact.unknown[attribute]).toBe(reason);
    expect(fact.attributes[attribute]).toBeUndefined();
    expect(fact.arn).toBe(ARN);
  });

  it.each([
    ['aws_kms_key', 'deletion_window_in_days'],
    ['awscc_kms_key', 'pending_window_in_days'],
  ])('of %s has its waiting period by %s, as it is before the apply', async (type, argument) => {
    const change = {
      actions: ['delete', 'create'],
      before: { ...KEY, [argument]: 9 },
      after: { ...KEY, [argument]: 20 },
    };
    expect((await plannedOf(change, { type })).deletionWindowInDays).toBe(9);
  });

  it('of an instance in modules is at the address that a state has', async () => {
    const over = { module_address: 'module.a["x"].module.b[0]', index: 'we"st', name: 'this' };
    expect((await plannedOf({}, over)).address).toBe('module.a["x"].module.b[0].aws_kms_key.this["we\\"st"]');
  });

  it('of a data source is no change', async () => {
    expect((await lookAt(planOf([entryOf({}, { mode: 'data' })]))).facts).toEqual([]);
  });

  it.each([
    [{ actions: ['open'] }, {}, 'aws_kms_key.orders has actions that this keydrift does not know'],
    [{ actions: 'create' }, {}, 'resource_changes[0].change.actions is not what a plan has there'],
    [{ before: 'x' }, {}, 'resource_changes[0].change.before is not what a plan has there'],
    [{}, { module_address: '-module' }, 'resource_changes[0].module_address is not what a plan has there'],
    [{}, { type: undefined }, 'resource_changes[0] has no type'],
    [{}, { change: undefined }, 'resource_changes[0].change is not what a plan has there'],
    [{ before: { ...KEY, arn: 'arn:x' } }, {}, 'aws_kms_key.orders has an arn that is not the ARN of a key'],
    [{ before: {} }, {}, 'aws_kms_key.orders names no key'],
  ])('%j %j is damage', async (change, over, reason) => {
    const { coverage } = await lookAt(planOf([entryOf(change, over)]));
    expect(coverage).toMatchObject([{ status: 'partial', reason: `damaged: ${reason}` }]);
  });
});

describe('drift', () => {
  const made = entryOf({ actions: ['create'], before: null });
  const dropped = entryOf({ actions: ['delete'], after: null });

  it.each([
    ['made again', [made], dropped, ['deleted']],
    ['not made again: it is being decommissioned', [], dropped, []],
    ['deposed', [made], { ...dropped, deposed: '13636f1e' }, []],
    [
      'a map filled in',
      [],
      entryOf({ actions: ['update'], before: { ...KEY, tags: null }, after: { ...KEY, tags: {} } }),
      [],
    ],
    ['disabled', [], entryOf({ actions: ['update'], after: { ...KEY, is_enabled: false } }), ['changed']],
    [
      'another secret description',
      [],
      entryOf({ actions: ['update'], after: { ...KEY, description: 'x' }, after_sensitive: { description: true } }),
      ['changed'],
    ],
  ])('of a key that is %s', async (_, changes, entry, expected) => {
    const drifts = driftsIn(await lookAt(planOf(changes, { resource_drift: [entry] })));
    expect(drifts.map(({ change }) => change)).toEqual(expected);
    for (const drift of drifts) expect(drift).toMatchObject({ arn: ARN, address: 'aws_kms_key.orders' });
  });
});
