import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { lookAt } from '../sources/terraform/state/looking.ts';
import { scanned } from './estate.ts';
import { MOTO_ENVIRONMENT, type Moto, startMoto } from './moto.ts';
import { describeWith, environment, workshop } from './programs.ts';

const MAIN = `
terraform {
  backend "s3" {
    bucket         = "states"
    key            = "app/terraform.tfstate"
    region         = "eu-west-1"
    use_path_style = true
    use_lockfile   = true
    encrypt        = true
    kms_key_id     = "alias/states"
  }
}

resource "aws_kms_key" "app" {
  description = "app of \${terraform.workspace}"
}
`;

const KEY = 'app/terraform.tfstate';
const WORKSPACES = ['prod', 'test'];

describeWith(
  'terraform',
  'aws',
  'moto_server',
)('states that Terraform keeps in a versioned bucket with SSE-KMS', () => {
  let moto: Moto;
  const own = () => ({ ...MOTO_ENVIRONMENT, AWS_ENDPOINT_URL: moto.url });
  const shop = workshop(own);
  const look = (...where: string[]) => lookAt(where, { env: environment(own()), cwd: shop.path() });
  const covered = async (...where: string[]) =>
    (await look(...where)).coverage.map(({ locator, status }) => [locator?.replace('s3://states/', ''), status]);

  beforeAll(async () => {
    moto = await startMoto();
    const { aws, terraform } = shop;
    await aws(
      's3api',
      'create-bucket',
      '--bucket',
      'states',
      '--create-bucket-configuration',
      'LocationConstraint=eu-west-1',
    );
    await aws('s3api', 'put-bucket-versioning', '--bucket', 'states', '--versioning-configuration', 'Status=Enabled');
    await shop.ran([
      'sh',
      '-c',
      'aws kms create-alias --alias-name alias/states --target-key-id "$(aws kms create-key --query KeyMetadata.KeyId --output text)"',
    ]);
    await writeFile(shop.path('main.tf'), MAIN);
    await terraform('init');
    await terraform('apply', '-auto-approve');
    for (const workspace of WORKSPACES) {
      await terraform('workspace', 'new', workspace);
      await terraform('apply', '-auto-approve');
    }
  });
  afterAll(() => moto.stop());

  it('are read by their key, with lineage, serial and the version that they are', async () => {
    const { coverage, facts } = await look(`s3://states/${KEY}`);
    const pulled: unknown = JSON.parse((await shop.ran(['aws', 's3', 'cp', `s3://states/${KEY}`, '-'])).stdout);
    const head = await shop.aws('s3api', 'head-object', '--bucket', 'states', '--key', KEY);
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms' });
    expect(pulled).toMatchObject({ serial: coverage[0]?.state?.serial, lineage: coverage[0]?.state?.lineage });
    expect(head).toMatchObject({ VersionId: coverage[0]?.state?.versionId });
    expect(coverage).toMatchObject([{ locator: `s3://states/${KEY}`, status: 'complete' }]);
    expect(facts).toMatchObject([{ kind: 'state', address: 'aws_kms_key.app' }]);
  });

  it('are read for every workspace, by a pattern and by a prefix, without locks', async () => {
    const workspaces = WORKSPACES.map((workspace) => [`env:/${workspace}/${KEY}`, 'complete']);
    expect(await covered('s3://states/env:/*/app/terraform.tfstate')).toEqual(workspaces);
    await shop.aws('s3api', 'put-object', '--bucket', 'states', '--key', `${KEY}.tflock`);
    expect(await covered('s3://states/')).toEqual([[KEY, 'complete'], ...workspaces]);
  });

  it('that are not there are a gap', async () => {
    const { coverage } = await look('s3://states/lost', 's3://nobodys-states/lost');
    expect(coverage.map(({ reason }) => reason?.split(':')[0])).toEqual(['NoSuchBucket', 'NoSuchKey']);
  });

  it('give the same as state pull, run where they are declared', async () => {
    const [inBucket, pulled] = [await look(`s3://states/env:/test/${KEY}`), await look('exec:.')];
    expect(pulled.coverage).toMatchObject([{ locator: 'exec:.', status: 'complete' }]);
    // The digest too: otherwise one state by two ways would be a split.
    const { lineage, serial, digest } = inBucket.coverage[0]?.state ?? {};
    expect(pulled.coverage[0]?.state).toMatchObject({ lineage, serial, digest });
    expect(pulled.facts.map((fact) => ({ ...fact, source: '' }))).toEqual(
      inBucket.facts.map((fact) => ({ ...fact, source: '' })),
    );
  });

  it('that move during the scan are in doubt', async () => {
    const { recheck } = await look(`s3://states/${KEY}`, 's3://states/env:/*/app/terraform.tfstate');
    expect(await recheck()).toEqual([]);
    await shop.terraform('state', 'rm', 'aws_kms_key.app');
    expect(await recheck()).toMatchObject([
      {
        locator: `s3://states/env:/test/${KEY}`,
        status: 'partial',
        reason: expect.stringMatching(/^changed during the scan: serial \d+, then \d+$/),
        state: { inDoubt: true },
      },
    ]);
  });

  it('are what a whole scan goes by', async () => {
    const flags = ['--region', 'eu-west-1', '--events', 'off', '--grace', '0s', '--estate', 'complete'];
    const { findings, report } = await scanned(shop, [...flags, '--state', 's3://states/']);
    // moto does not know GetKeyLastUsage, and answers it with a page for people.
    const gaps = report.coverage.filter(({ status }) => status !== 'complete');
    expect(gaps).toMatchObject([{ source: 'kms', operation: 'GetKeyLastUsage' }]);
    // The key of the bucket, and the one that `state rm` has let go of.
    expect(findings).toEqual([
      expect.stringMatching(/^unmanaged-key arn:aws:kms:/),
      expect.stringMatching(/^unmanaged-key arn:aws:kms:/),
    ]);
    expect(report.summary.standings).toMatchObject({ managed: 2, unmanaged: 2 });
  });
});
