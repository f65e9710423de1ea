import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { coverageSchema } from '../../../../../src/model/coverage.ts';
import type { GivenWhere } from '../../../../../src/sources/terraform/state/where.ts';
import { type HttpStub, startStub } from '../../../../support/stores/http-stub.ts';
import { type StubBucket, type StubObject, type StubRefusal, startS3 } from '../../../../support/stores/s3-stub.ts';
import { lookAt } from '../../state/looking.ts';
import { keyResource, stateOf } from '../../state/state-text.ts';

const textNamed = (lineage: string, serial = 4) => JSON.stringify(stateOf([keyResource()], { lineage, serial }));
const LOCK = JSON.stringify({ ID: '1', Operation: 'OperationTypeApply', Info: '', Who: 'a@b', Version: '1.11.4' });

let stub: HttpStub;
let objects: Map<string, StubObject>;
async function bucketOf(all: Readonly<Record<string, string | StubObject>>, more: Partial<StubBucket> = {}) {
  objects = new Map(
    Object.entries(all).map(([key, object]) => [key, typeof object === 'string' ? { body: object } : object]),
  );
  stub = await startS3({ objects, ...more });
}
beforeEach(() => {
  objects = new Map();
});
afterEach(() => stub.stop());

const look = (...where: (string | GivenWhere)[]) => lookAt(where, { env: { AWS_ENDPOINT_URL_S3: stub.url } });
const lines = ({ coverage }: Awaited<ReturnType<typeof look>>) =>
  coverage.map(({ locator, status, reason, permission }) => [
    locator?.replace('s3://states/', ''),
    status,
    ...(reason === undefined ? [] : [reason]),
    ...(permission === undefined ? [] : [permission]),
  ]);

describe('an object', () => {
  it('is read with the version that it is, and by its path where there is an endpoint', async () => {
    await bucketOf({ 'infra/prod.tfstate': { body: textNamed('p'), versionId: 'v1' } });
    const { coverage, facts, locatorsOf } = await look('s3://states/infra/prod.tfstate?region=eu-central-1');
    expect(coverage).toMatchObject([
      { locator: 's3://states/infra/prod.tfstate', status: 'complete', state: { lineage: 'p', versionId: 'v1' } },
    ]);
    for (const entry of coverage) expect(coverageSchema.parse(entry)).toEqual(entry);
    expect(facts).toMatchObject([{ source: 's3://states/infra/prod.tfstate' }]);
    expect(locatorsOf('s3://states/infra/prod.tfstate?region=eu-central-1')).toEqual([
      's3://states/infra/prod.tfstate',
    ]);
    expect(stub.requests.map(({ method, url }) => [method, url.replace(/\?.*/, '')])).toEqual([
      ['GET', '/states/infra/prod.tfstate'],
    ]);
  });

  it('of a bucket that keeps no versions now has none', async () => {
    await bucketOf({ a: { body: textNamed('p'), versionId: 'null' } });
    expect((await look('s3://states/a')).coverage[0]?.state).not.toHaveProperty('versionId');
  });

  it('may have wildcards in its name', async () => {
    await bucketOf({ 'a*b?c': textNamed('p'), axbxc: textNamed('x') });
    expect(lines(await look('s3://states/a%2Ab%3Fc'))).toEqual([['a*b?c', 'complete']]);
  });

  const denied = (message: string): StubRefusal => ({ status: 403, code: 'AccessDenied', message });
  it.each<[string, StubRefusal, readonly unknown[]]>([
    [
      'denied, and it is not said what',
      denied('Access Denied'),
      [
        's3:GetObject is denied: AccessDenied: Access Denied (or s3:ListBucket is, and the object is not there: without it S3 does not say so)',
        undefined,
      ],
    ],
    [
      'denied by the policy of its bucket',
      denied(
        'User: arn:aws:iam::111122223333:user/x is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" because no resource-based policy allows the s3:GetObject action',
      ),
      ['s3:GetObject is denied: no resource-based policy allows it', 's3:GetObject'],
    ],
    [
      'denied by a policy',
      denied(
        'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::states/a" because no identity-based policy allows the s3:GetObject action',
      ),
      ['s3:GetObject is denied: no identity-based policy allows it', 's3:GetObject'],
    ],
    [
      'encrypted with a key that denies',
      denied(
        'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no resource-based policy allows the kms:Decrypt action',
      ),
      [
        'kms:Decrypt is denied: no key policy allows it (the object is encrypted with a KMS key: SSE-KMS)',
        'kms:Decrypt',
      ],
    ],
    [
      'not there, which S3 does not say',
      denied(
        'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::states" because no identity-based policy allows the s3:ListBucket action',
      ),
      [
        's3:ListBucket is denied: no identity-based policy allows it (without it S3 does not say whether the object is there)',
        's3:ListBucket',
      ],
    ],
    [
      'encrypted with a key that is disabled',
      { status: 400, code: 'KMS.DisabledException', message: 'arn:aws:kms:eu-west-1:111122223333:key/1 is disabled.' },
      [expect.stringMatching(/^KMS\.DisabledException: .* is disabled\.$/)],
    ],
    [
      'archived',
      { status: 403, code: 'InvalidObjectState', more: '<StorageClass>GLACIER</StorageClass>' },
      ['archived (GLACIER): restore the object before it can be read'],
    ],
  ])('that is %s is a gap', async (_, refusal, expected) => {
    await bucketOf({ a: { body: '', refusal } });
    expect(lines(await look('s3://states/a'))).toEqual([['a', 'failed', ...expected]]);
  });

  it.each([
    ['s3://states/lost', 'NoSuchKey: no object with this key is in the bucket'],
    ['s3://nobodys/a', 'NoSuchBucket: there is no such bucket'],
    ['s3://states/empty', expect.stringMatching(/^empty: /)],
    ['s3://states/lock', 'a state lock, not a state'],
    ['s3://states/half', expect.stringMatching(/^truncated: /)],
    ['s3://nobodys/', 'NoSuchBucket: there is no such bucket'],
  ])('%s is a gap', async (where, reason) => {
    await bucketOf({ empty: '', lock: LOCK, half: '{"version": 4,' });
    expect((await look(where)).coverage).toMatchObject([{ locator: where, status: 'failed', reason }]);
  });

  it('that breaks off is asked for again', async () => {
    await bucketOf({ a: textNamed('p') });
    await stub.stop();
    let asked = 0;
    stub = await startStub(() => (response) => {
      asked += 1;
      const body = textNamed('p');
      response.writeHead(200, { 'content-length': `${body.length}` });
      if (asked === 3) response.end(body);
      else response.write(body.slice(0, 20), () => response.destroy());
    });
    expect(lines(await look('s3://states/a'))).toEqual([['a', 'complete']]);
    expect(asked).toBe(3);
  });

  it('is asked for in the Region that S3 names', async () => {
    await bucketOf({});
    await stub.stop();
    stub = await startStub(({ headers }) => {
      if (/\/eu-north-1\/s3\//.test(headers.authorization ?? '')) return { body: textNamed('p') };
      const body = '<Error><Code>PermanentRedirect</Code><Message>x</Message></Error>';
      return { status: 301, headers: { 'x-amz-bucket-region': 'eu-north-1', 'content-type': 'application/xml' }, body };
    });
    expect(lines(await look('s3://states/a'))).toEqual([['a', 'complete']]);
  });
});

describe('several objects', () => {
  const STATES = {
    'app/terraform.tfstate': textNamed('app'),
    'env:/prod/app/terraform.tfstate': textNamed('prod'),
    'env:/test/app/terraform.tfstate': textNamed('test'),
    'env:/test/other/terraform.tfstate': textNamed('other'),
    'env:/test/app/terraform.tfstate.tflock': LOCK,
  };

  it.each([
    ['every workspace', 's3://states/env:/*/app/terraform.tfstate', ['prod/app', 'test/app']],
    ['any depth', 's3://states/env:/**', ['prod/app', 'test/app', 'test/other']],
  ])('by a pattern: %s', async (_, where, expected) => {
    await bucketOf(STATES, { pageSize: 2 });
    const found = await look(where);
    expect(lines(found)).toEqual(expected.map((name) => [`env:/${name}/terraform.tfstate`, 'complete']));
    expect(found.locatorsOf(where)).toHaveLength(expected.length);
  });

  it('by a prefix: every state below it, by content', async () => {
    await bucketOf({
      'p/network': textNamed('network'),
      'p/old.tfstate': 'no state',
      'p/encrypted': '{"encryption_version": "v0", "encrypted_data": "x"}',
      'p/half': '{"version": 4, "lineage": "x',
      'p/plan.json': '{"format_version": "1.2", "planned_values": {}}',
      'p/lambda.zip': 'PK\u0003\u0004',
      'p/readme': '',
      'p/lock': LOCK,
      'p/network.tflock': LOCK,
      'p/network-md5': 'd41d8cd98f00b204e9800998ecf8427e',
      'p/': '',
      q: textNamed('q'),
    });
    const found = await look('s3://states/p/');
    expect(lines(found)).toEqual([
      ['p/encrypted', 'failed', expect.stringMatching(/^encrypted by OpenTofu/)],
      ['p/half', 'failed', expect.stringMatching(/^truncated/)],
      ['p/network', 'complete'],
      ['p/old.tfstate', 'failed', 'not JSON, so not a Terraform state'],
    ]);
    expect(found.diagnostics.map(({ message }) => message.replace('s3://states/p/', '').replace(/:.*/, ''))).toEqual([
      'lambda.zip passed over',
      'lock passed over',
      'plan.json passed over',
      'readme passed over',
    ]);
    const asked = stub.requests.map(({ url }) => url.replace(/\?.*/, ''));
    for (const passedOver of ['/states/q', '/states/p/network.tflock', '/states/p/network-md5'])
      expect(asked).not.toContain(passedOver);
  });

  it('of which there are none are a gap, unless there need be none', async () => {
    await bucketOf({});
    expect(lines(await look('s3://states/env:/*/a'))).toEqual([
      ['env:/*/a', 'failed', 'no states there: no object matches'],
    ]);
    const may = { from: 'repository', mayBeNone: true } as const;
    const none = await look({ ...may, where: 's3://states/env:/*/a' }, { ...may, where: 's3://states/a' });
    expect(lines(none)).toEqual([]);
    expect(none.locatorsOf('s3://states/a')).toEqual([]);
    objects.set('a', { body: textNamed('a') });
    expect(await none.recheck()).toMatchObject([
      { locator: 's3://states/a', status: 'failed', reason: 'appeared during the scan and was not read' },
    ]);
  });

  it('that may not be listed are a gap', async () => {
    const message =
      'User: x is not authorized to perform: s3:ListBucket on resource: y with an explicit deny in a resource-based policy';
    await bucketOf({}, { listRefusal: { status: 403, code: 'AccessDenied', message } });
    expect(lines(await look('s3://states/a/'))).toEqual([
      ['a/', 'failed', expect.stringMatching(/^s3:ListBucket is denied: explicit deny in a /), 's3:ListBucket'],
    ]);
  });

  it('are each read once, whatever leads to them', async () => {
    await bucketOf(STATES);
    const found = await look('s3://states/app/terraform.tfstate', 's3://states/app/*', 's3://states/app/');
    expect(lines(found)).toEqual([['app/terraform.tfstate', 'complete']]);
    expect(found.locatorsOf('s3://states/app/')).toEqual(['s3://states/app/terraform.tfstate']);
  });
});

describe('looking again', () => {
  it('asks by ETag and version, and compares content where they moved', async () => {
    await bucketOf({ a: { body: textNamed('a'), versionId: '1' }, b: textNamed('b'), c: textNamed('c') });
    const { recheck } = await look('s3://states/*');
    const before = stub.requests.length;
    expect(await recheck()).toEqual([]);
    expect(stub.requests.slice(before).filter(({ method }) => method === 'HEAD')).toHaveLength(3);
    objects.set('a', { body: textNamed('a'), versionId: '2' });
    objects.set('b', { body: textNamed('b', 7) });
    objects.delete('c');
    objects.set('d', { body: textNamed('d') });
    expect((await recheck()).map(({ locator, status, reason }) => [locator?.at(-1), status, reason])).toEqual([
      ['b', 'partial', 'changed during the scan: serial 4, then 7'],
      ['c', 'partial', expect.stringMatching(/^changed during the scan: serial 4, then NoSuchKey/)],
      ['d', 'failed', 'appeared during the scan and was not read'],
    ]);
  });
});
