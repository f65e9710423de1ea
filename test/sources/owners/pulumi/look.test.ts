import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { lookAtPulumi } from '../../../../src/sources/owners/pulumi/look.ts';
import { readPulumi } from '../../../../src/sources/owners/pulumi/resources.ts';
import { LOOKING } from '../../../bench/looking.ts';
import { keyArn, T } from '../../../support/facts.ts';
import fc from '../../../support/fast-check.ts';

const cwd = mkdtempSync(join(tmpdir(), 'keydrift-pulumi-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const resource = (type: string, more: object = {}) => ({
  urn: `urn:pulumi:prod::shop::my:Component$${type}::sessions`,
  type,
  id: 'x',
  outputs: { arn: keyArn(1) },
  ...more,
});
const exported = (...resources: readonly unknown[]) => ({ version: 3, deployment: { resources } });
const SECRET = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'v1:CANARY' };

async function look(content: string | Uint8Array) {
  writeFileSync(join(cwd, 'stack.json'), content);
  return lookAtPulumi({ where: ['stack.json'], from: 'flag', cwd }, LOOKING);
}

describe('the keys of a Pulumi stack', () => {
  it.each([
    'aws:kms/key:Key',
    'aws:kms/replicaKey:ReplicaKey',
    'aws:kms/externalKey:ExternalKey',
    'aws:kms/replicaExternalKey:ReplicaExternalKey',
    'aws-native:kms:Key',
  ])('are its %s', async (type) => {
    const { facts, coverage } = await look(JSON.stringify(exported(resource(type))));
    expect(facts).toEqual([
      {
        kind: 'owner',
        arn: keyArn(1),
        tool: 'pulumi',
        name: 'shop/prod',
        source: 'stack.json',
        resource: 'sessions',
        status: 'active',
        readAt: T.states,
      },
    ]);
    expect(coverage).toEqual([expect.objectContaining({ source: 'owners', operation: 'pulumi', status: 'complete' })]);
  });

  it.each([
    ['what it only reads', { external: true }],
    ['what it has deleted and will make anew', { pendingReplacement: true }],
    ['resources of other types', { type: 'aws:kms/alias:Alias' }],
  ])('are not %s', async (_, more) => {
    const { facts, coverage } = await look(JSON.stringify(exported(resource('aws:kms/key:Key', more))));
    expect(facts).toEqual([]);
    expect(coverage[0]?.status).toBe('complete');
  });

  it('are still those that wait for their deletion', async () => {
    const { facts } = await look(JSON.stringify(exported(resource('aws:kms/key:Key', { delete: true }))));
    expect(facts).toHaveLength(1);
  });

  it('stand in a checkpoint, too, compressed or not', async () => {
    const { resources } = exported(resource('aws:kms/key:Key')).deployment;
    const checkpoint = JSON.stringify({ version: 3, checkpoint: { stack: 'prod', latest: { resources } } });
    expect((await look(checkpoint)).facts).toHaveLength(1);
    expect((await look(gzipSync(checkpoint))).facts).toHaveLength(1);
  });

  it.each([
    ['a stack without resources', JSON.stringify({ version: 3, deployment: {} }), 'complete', undefined],
    ['a stack never deployed', JSON.stringify({ version: 3, checkpoint: {} }), 'complete', undefined],
    ['no JSON', 'stack:', 'failed', 'it is no JSON'],
    ['an empty file', '', 'failed', 'it is no JSON'],
    ['another document', '{"version":4,"resources":[]}', 'failed', expect.stringMatching(/pulumi stack export/)],
    ['a layout of tomorrow', '{"version":9,"deployment":{}}', 'failed', expect.stringMatching(/version 9/)],
    ['damaged gzip', gzipSync('{}').subarray(0, 12), 'failed', expect.stringMatching(/damaged/)],
  ])('%s', async (_, content, status, reason) => {
    const { facts, coverage } = await look(content);
    expect(facts).toEqual([]);
    expect(coverage).toEqual([expect.objectContaining({ status })]);
    expect(coverage[0]?.reason).toEqual(reason);
  });

  it('is no answer where a file cannot be read', async () => {
    const { coverage } = await lookAtPulumi({ where: ['missing.json'], from: 'flag', cwd }, LOOKING);
    expect(coverage).toEqual([
      expect.objectContaining({ status: 'failed', reason: 'cannot be read: no such file or directory' }),
    ]);
  });

  it('are read from a pipe or device for a flag, and not for a file of the repository', async () => {
    const asked = { where: ['/dev/null'], cwd };
    const said = await Promise.all(
      (['flag', 'repository'] as const).map((from) => lookAtPulumi({ ...asked, from }, LOOKING)),
    );
    expect(said.map(({ coverage: [entry] }) => entry?.reason)).toEqual(['it is no JSON', 'it is no regular file']);
  });

  it.each([
    ['kept as a secret', { outputs: { arn: SECRET } }, 'its ARN is kept as a secret'],
    ['not there yet', { outputs: {} }, 'it has no ARN yet'],
    ['of something else', { outputs: { arn: 'arn:aws:s3:::bucket' } }, 'its ARN is none of a KMS key'],
  ])('leave open which key it is where its ARN is %s', async (_, more, why) => {
    const { coverage } = await look(
      JSON.stringify(exported(resource('aws:kms/key:Key', more), resource('aws:kms/key:Key'))),
    );
    expect(coverage).toEqual([
      expect.objectContaining({ status: 'partial', reason: `which key is not told: sessions: ${why}` }),
    ]);
  });

  it('let nothing out but ARN and names, whatever else is there', () => {
    fc.assert(
      fc.property(fc.object({ values: [fc.constant('CANARY'), fc.boolean()] }), (more) => {
        const outputs = { ...more, arn: keyArn(1), description: 'CANARY' };
        const document = exported({ ...resource('aws:kms/key:Key'), inputs: more, outputs, provider: 'CANARY' });
        expect(JSON.stringify(readPulumi(document, 'f', T.states))).not.toContain('CANARY');
      }),
    );
  });

  it('never throw, whatever the document is', () => {
    fc.assert(fc.property(fc.jsonValue(), (document) => void readPulumi(document, 'f', T.states)));
    fc.assert(fc.property(fc.jsonValue(), (entry) => void readPulumi(exported(entry), 'f', T.states)));
  });
});
