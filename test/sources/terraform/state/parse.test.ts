import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { factSchema } from '../../../../src/model/facts.ts';
import {
  ARN,
  aliasesIn,
  type Fields,
  instance,
  KEY_ID,
  keyResource,
  keysIn,
  LINEAGE,
  parsed,
  READ_AT,
  readable,
  resource,
  stateOf,
} from './state-text.ts';

const REAL = new URL('../../../fixtures/state/terraform-1.11-aws-5.100.tfstate', import.meta.url);

describe('a state that Terraform 1.11 and the AWS provider 5.100 wrote', () => {
  it('gives every key and alias with address, status and identity', async () => {
    const state = readable(await readFile(REAL));
    expect(state).toMatchObject({ serial: 14, terraformVersion: '1.11.4', gaps: [], diagnostics: [] });
    expect(
      state.facts.map((fact) =>
        fact.kind === 'state'
          ? [fact.address, fact.status, fact.keyId?.slice(-4), fact.attributes.keySpec, fact.attributes.tags]
          : fact.kind === 'state-alias' && [fact.address, fact.name, fact.targetKeyId?.slice(-4)],
      ),
    ).toEqual([
      ['data.aws_kms_alias.orders', 'alias/orders', '9001'],
      ['data.aws_kms_key.orders', 'current', '9001', 'SYMMETRIC_DEFAULT', undefined],
      ['aws_kms_alias.orders', 'alias/orders', '9001'],
      ['aws_kms_external_key.imported', 'current', '9002', undefined, { Team: 'payments' }],
      ['aws_kms_key.family', 'current', '9003', 'SYMMETRIC_DEFAULT', { Team: 'payments' }],
      ['aws_kms_key.orders', 'current', '9001', 'SYMMETRIC_DEFAULT', { Name: 'orders', Team: 'payments' }],
      ['aws_kms_key.signing["a"]', 'tainted', '9004', 'RSA_2048', { Team: 'payments' }],
      ['aws_kms_key.signing["say \\"hi\\" $${x}"]', 'current', '9005', 'RSA_2048', { Team: 'payments' }],
      ['aws_kms_replica_key.family_us', 'current', '9003', 'SYMMETRIC_DEFAULT', {}],
      ['module.nested["x"].aws_kms_key.audit[0]', 'current', '9006', 'SYMMETRIC_DEFAULT', { Team: 'payments' }],
      ['module.nested["x"].aws_kms_key.audit[1]', 'current', '9007', 'SYMMETRIC_DEFAULT', { Team: 'payments' }],
    ]);
  });

  it('gives facts of the shared vocabulary', async () => {
    for (const fact of readable(await readFile(REAL)).facts) {
      expect(factSchema.parse(fact)).toEqual(fact);
    }
  });
});

describe('modules with resources of other types', () => {
  const other = (module?: unknown): Fields => ({ ...resource('aws_s3_bucket', {}), module });
  it.each<[string, readonly unknown[], readonly string[] | undefined]>([
    ['none', [keyResource()], undefined],
    ['those of keys alone', [{ ...keyResource(), module: 'module.keys' }], undefined],
    ['the root alone', [other()], undefined],
    ['each once', ['module.a', 'module.a', 'module.b["x"]', 'module.a'].map(other), ['module.a', 'module.b["x"]']],
    ['none that is no text', [other(1), other(null), other('module.a')], ['module.a']],
  ])('%s', (_, resources, modules) => {
    const found = readable(stateOf(resources)).facts.flatMap((fact) =>
      fact.kind === 'state-modules' ? fact.modules : [],
    );
    expect(found).toEqual(modules ?? []);
  });

  it('of `terraform show -json`', () => {
    const shown = (address: string, type: string) => ({ address, resources: [{ mode: 'managed', type, name: 'x' }] });
    const children = [shown('module.a', 'aws_s3_bucket'), { address: 'module.b', resources: [] }];
    const document = { format_version: '1.0', values: { root_module: { child_modules: children } } };
    expect(readable(document).facts).toEqual([
      expect.objectContaining({ kind: 'state-modules', modules: ['module.a'] }),
    ]);
  });
});

describe('instances', () => {
  it.each([
    [{}, 'current'],
    [{ status: 'tainted' }, 'tainted'],
    [{ deposed: '00000001' }, 'deposed'],
    [{ deposed: '00000001', status: 'tainted' }, 'deposed'],
    [{ deposed: '' }, 'current'],
  ])('%j is %s', (fields, status) => {
    const [key] = keysIn(resource('aws_kms_key', {}, instance({ arn: ARN, id: KEY_ID }, fields)));
    expect(key?.status).toBe(status);
  });

  it('carry where they were read', () => {
    const [key] = keysIn(keyResource());
    expect(key).toMatchObject({
      source: 'terraform.tfstate',
      lineage: LINEAGE,
      serial: 4,
      errored: false,
      readAt: READ_AT,
    });
  });

  it('without an ARN are known by their id: a create that failed half-way', () => {
    const [key] = keysIn(resource('aws_kms_key', {}, instance({ arn: null, id: KEY_ID }, { status: 'tainted' })));
    expect(key).toMatchObject({ arn: null, keyId: KEY_ID, status: 'tainted' });
  });

  it('that name no key leave the state covered in part', () => {
    const state = readable(
      stateOf([keyResource(), resource('aws_kms_key', { name: 'lost' }, instance({ arn: 'x:y' }))]),
    );
    expect(state.facts).toHaveLength(2);
    expect(state.facts[1]).toMatchObject({ address: 'aws_kms_key.lost', arn: null, keyId: null });
    expect(state.gaps).toEqual(['aws_kms_key.lost names no key']);
  });

  it.each([['x:y'], ['orders'], [`${ARN}/extra`], [7], [[ARN]]])(
    'whose arn is %j are known by their id, and leave the state covered in part',
    (arn) => {
      const state = readable(stateOf([keyResource({ arn })]));
      expect(state.facts).toMatchObject([{ arn: null, keyId: KEY_ID }]);
      expect(state.gaps).toEqual(['aws_kms_key.orders has an arn that is not the ARN of a key']);
    },
  );

  it.each([[''], [null], [undefined]])('whose arn is %j are not damaged', (arn) => {
    expect(readable(stateOf([keyResource({ arn })]))).toMatchObject({
      facts: [{ arn: null, keyId: KEY_ID }],
      gaps: [],
    });
  });

  it('whose arn names no key, but whose id is an ARN, are known by that', () => {
    const state = readable(stateOf([keyResource({ arn: 'x:y', id: ARN })]));
    expect(state.facts).toMatchObject([{ arn: ARN, keyId: KEY_ID }]);
    expect(state.gaps).toHaveLength(1);
  });

  it('of the same address and key are all kept: judging is for others', () => {
    expect(keysIn(keyResource(), keyResource())).toHaveLength(2);
  });

  it('carried over from version 3 have flat attributes', () => {
    const flat = {
      arn: ARN,
      id: KEY_ID,
      is_enabled: 'true',
      enable_key_rotation: 'false',
      description: 'true',
      rotation_period_in_days: '90',
      'tags.%': '2',
      'tags.Name': 'orders',
      'tags.a.b': 'c',
    };
    const [key] = keysIn(resource('aws_kms_key', {}, { schema_version: 0, attributes_flat: flat }));
    expect(key).toMatchObject({ arn: ARN, unknown: {} });
    expect(key?.attributes).toMatchObject({
      enabled: true,
      rotationEnabled: false,
      rotationPeriodDays: null,
      description: 'true',
    });
    expect(key?.attributes.tags).toEqual({ Name: 'orders', 'a.b': 'c' });
  });

  it('come from any provider address, and other types are not looked at', () => {
    const tofu = keyResource({}, { provider: 'provider["registry.opentofu.org/hashicorp/aws"]' });
    const others = ['aws_kms_grant', 'aws_kms_ciphertext', 'aws_s3_bucket'].map((type) =>
      resource(type, {}, instance({})),
    );
    expect(keysIn(tofu, ...others)).toHaveLength(1);
  });
});

describe('aliases', () => {
  it.each([
    ['aws_kms_alias', 'managed', { target_key_arn: ARN, target_key_id: KEY_ID }, ARN, KEY_ID],
    ['aws_kms_alias', 'managed', { target_key_id: KEY_ID }, null, KEY_ID],
    ['aws_kms_alias', 'managed', { target_key_id: ARN }, ARN, KEY_ID],
    ['aws_kms_alias', 'data', { target_key_arn: ARN, target_key_id: KEY_ID }, ARN, KEY_ID],
    ['awscc_kms_alias', 'managed', { target_key_id: ARN }, ARN, KEY_ID],
    ['awscc_kms_alias', 'managed', { target_key_id: null }, null, null],
  ])('%s (%s) with %j', (type, mode, target, targetKeyArn, targetKeyId) => {
    const name = type === 'aws_kms_alias' ? { name: 'alias/orders' } : { alias_name: 'alias/orders' };
    expect(aliasesIn(resource(type, { mode }, instance({ id: 'alias/orders', ...name, ...target })))).toMatchObject([
      { mode, name: 'alias/orders', targetKeyArn, targetKeyId, lineage: LINEAGE },
    ]);
  });

  it('without a name leave the state covered in part', () => {
    expect(readable(stateOf([resource('aws_kms_alias', {}, instance({ id: 'x' }))]))).toMatchObject({
      facts: [],
      gaps: ['aws_kms_alias.orders has no alias name'],
    });
  });
});

describe('the state itself', () => {
  it('with an empty list of resources is complete and empty', () => {
    expect(readable(stateOf([]))).toMatchObject({ facts: [], gaps: [], lineage: LINEAGE, serial: 4 });
  });

  it('with a resource that has an empty list of instances is complete and empty', () => {
    expect(readable(stateOf([resource('aws_kms_key')]))).toMatchObject({ facts: [], gaps: [] });
  });

  it.each([
    [7, 'resources[1] has no type'],
    [{ mode: 'managed' }, 'resources[1] has no type'],
    [
      { type: 'aws_kms_key', mode: 'ephemeral', name: 'x', instances: [] },
      'resources[1].mode is not what a state has there',
    ],
    [{ type: 'aws_kms_key', mode: 'managed', instances: [] }, 'resources[1].name is not what a state has there'],
    [resource('aws_kms_key', { module: '-state-out=x' }), 'resources[1].module is not what a state has there'],
    [resource('aws_kms_key', { instances: null }), 'resources[1].instances is not what a state has there'],
    [resource('aws_kms_key', { instances: undefined }), 'resources[1].instances is not what a state has there'],
    [resource('aws_kms_key', { instances: {} }), 'resources[1].instances is not what a state has there'],
    [resource('aws_kms_key', {}, 'x'), 'resources[1].instances[0] is damaged'],
    [resource('aws_kms_key', {}, instance('x')), 'resources[1].instances[0] is damaged'],
    [resource('aws_kms_key', {}, instance({}, { index_key: true })), 'resources[1].instances[0] is damaged'],
  ])('with the damaged entry %j keeps its other keys and says what is lost', (entry, gap) => {
    const state = readable(stateOf([keyResource(), entry]));
    expect(state.facts).toHaveLength(1);
    expect(state.gaps).toEqual([gap]);
  });

  it('without a lineage is told apart from others by its content', () => {
    const [one, other] = [readable(stateOf([], { lineage: '' })), readable(stateOf([], { lineage: null, serial: 5 }))];
    expect(one.lineage).toMatch(/^none:[0-9a-f]{16}$/);
    expect(one.lineage).not.toBe(other.lineage);
    expect(one.diagnostics).toMatchObject([{ level: 'warning', source: 'state' }]);
  });

  it('may lack a Terraform version', () => {
    expect(readable(stateOf([], { terraform_version: 4 })).terraformVersion).toBeNull();
    expect(readable(stateOf([], { terraform_version: undefined })).terraformVersion).toBeNull();
  });

  it('has the last of duplicate fields, as for Terraform', () => {
    const text = JSON.stringify(stateOf([keyResource()])).replace('"serial":4', '"serial":3,"serial":4');
    expect(readable(text).serial).toBe(4);
  });

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16, little end first', (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['UTF-16, big end first', (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())],
    ['CRLF', (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'))],
  ])('is read as %s', (_, encode) => {
    expect(readable(encode(JSON.stringify(stateOf([keyResource()]), null, 2))).facts).toHaveLength(1);
  });

  it('is read however deep a stranger nested what is not ours', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const text = JSON.stringify(stateOf([keyResource({ policy: 'P' })])).replace('"outputs":{}', `"outputs":${deep}`);
    expect(readable(text).facts).toHaveLength(1);
  });
});

describe('what is no readable state says so in one line', () => {
  it.each<[string, string | Uint8Array | Record<string, unknown>, string]>([
    ['an empty file', '', 'empty: a state that manages nothing is still JSON, so this is none'],
    ['white space', ' \r\n', 'empty: a state that manages nothing is still JSON, so this is none'],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 'gzip-compressed, not a state: unpack it first'],
    ['zstd', new Uint8Array([0x28, 0xb5, 0x2f, 0xfd]), 'zstd-compressed, not a state: unpack it first'],
    ['a saved plan', new Uint8Array([0x50, 0x4b, 3, 4]), 'a zip archive (perhaps a saved plan), not a state'],
    [
      'HTML',
      '\n<!DOCTYPE html><html>',
      'HTML or XML, not a state: probably the error or login page of whatever delivered it',
    ],
    ['text', 'No state file was found!', 'not JSON, so not a Terraform state'],
    ['truncated JSON', '{\n  "version": 4,\n  "serial": ', 'truncated: the JSON breaks off in line 3'],
    ['a truncated string', '{\n  "version": 4,\n  "lineage": "5f0', 'truncated: the JSON breaks off in line 3'],
    ['damaged JSON', '{\n  "version": 4,,\n}', 'damaged: not valid JSON in line 2'],
    ['an unknown word', '{"version": secret}', 'damaged: not valid JSON in line 1'],
    ['a list', '[]', 'JSON, but not a Terraform state: it has no version 4'],
    ['a package.json', { name: 'x', version: '4.0.0' }, 'JSON, but not a Terraform state: it has no version 4'],
    ['other JSON of version 4', { version: 4, rules: [] }, 'JSON with version 4, but neither resources nor a lineage'],
    [
      'version 2',
      { version: 2, serial: 1, modules: [] },
      'state version 2, from before Terraform 0.7: let a current Terraform write it once more',
    ],
    ['version 5', { version: 5, resources: [] }, 'state version 5: this keydrift reads versions 3 and 4'],
    [
      'an OpenTofu encrypted state',
      { serial: 1, lineage: 'x', meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' },
      'encrypted by OpenTofu: give what `tofu state pull` prints',
    ],
    [
      'an OpenTofu encrypted state of a version to come',
      { serial: 1, lineage: 'x', encrypted_data: 'AAAA' },
      'encrypted by OpenTofu: give what `tofu state pull` prints',
    ],
    ['a SOPS file', { version: 'ENC[x]', sops: { mac: 'x' } }, 'encrypted by SOPS: give what `sops decrypt` prints'],
    ['a plan', { format_version: '1.2', resource_changes: [] }, 'a plan as JSON, not a state: give it with --plan'],
    [
      'a plan without changes',
      { format_version: '1.2', planned_values: {}, values: {} },
      'a plan as JSON, not a state: give it with --plan',
    ],
    [
      'terraform show -json without a root module',
      { format_version: '1.0', terraform_version: '1.11.4', values: {} },
      'damaged: output of `terraform show -json` without values.root_module',
    ],
    [
      'terraform show -json of an old Terraform',
      { format_version: '0.2', terraform_version: '1.0.11', values: { root_module: {} } },
      'output of `terraform show -json` in another format than 1: give what `terraform state pull` prints',
    ],
    [
      'terraform modules -json',
      { format_version: '1.0', modules: [] },
      'JSON output of a terraform command, not a state',
    ],
    ...[{ terraform_version: '1.11.4' }, { checks: [] }, { variables: {} }].map(
      (more): [string, Record<string, unknown>, string] => [
        `terraform show -json without values, and more than an empty state has: ${Object.keys(more)}`,
        { format_version: '1.0', ...more },
        'JSON output of a terraform command, not a state',
      ],
    ),
    [
      'a Pulumi export',
      { version: 3, deployment: { resources: [] } },
      'a Pulumi stack, not a Terraform state: give it with --pulumi',
    ],
    [
      'a Pulumi checkpoint',
      { version: 3, checkpoint: { stack: 'dev', latest: {} } },
      'a Pulumi stack, not a Terraform state: give it with --pulumi',
    ],
    [
      'an old Pulumi checkpoint',
      { stack: 'dev', latest: {} },
      'a Pulumi stack, not a Terraform state: give it with --pulumi',
    ],
    [
      'other command output',
      { format_version: '1.0', provider_schemas: {} },
      'JSON output of a terraform command, not a state',
    ],
    [
      'backend settings',
      { version: 3, backend: { type: 's3' } },
      'backend settings as `terraform init` leaves them in .terraform, not a state',
    ],
    ['a serial that is text', stateOf([], { serial: 'x' }), 'damaged: serial is not what a version 4 state has there'],
    [
      'resources that are null',
      stateOf(null),
      'damaged: it has no list of resources, which Terraform writes even where there are none',
    ],
    [
      'no resources at all',
      stateOf(undefined),
      'damaged: it has no list of resources, which Terraform writes even where there are none',
    ],
    ['resources that are no list', stateOf({}), 'damaged: resources is not what a version 4 state has there'],
  ])('%s', (_, content, reason) => {
    expect(parsed(content)).toEqual({ kind: 'unreadable', reason });
  });

  it('a lock is told from a state', () => {
    const lock = { ID: '1', Operation: 'OperationTypeApply', Info: '', Who: 'a@b', Version: '1.11.4', Path: 'x' };
    expect(parsed(lock)).toEqual({ kind: 'lock', reason: 'a state lock, not a state' });
  });
});
