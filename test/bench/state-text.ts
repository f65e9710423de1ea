import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyArn, LINEAGE } from '../support/facts.ts';
import { type Chance, chance } from './chance.ts';

/** How large each state is, in bytes, and how many KMS keys are spread through it. */
export interface StateSize {
  readonly bytes: number;
  readonly keys: number;
}

/** Other resources are made once and then repeated: what is in them is never looked at. */
const DISTINCT = 3000;
const BATCH = 500;

/** Writes version 4 states of about this size, laid out as Terraform does, each of a lineage of its own; where they are. */
export async function writeStates(dir: string, files: number, size: StateSize): Promise<readonly string[]> {
  await mkdir(dir);
  const others = Array.from({ length: DISTINCT }, (_, n) => textOf(otherResource(n, chance(n))));
  const paths = Array.from({ length: files }, (_, file) => join(dir, `${file}.tfstate`));
  for (const [file, path] of paths.entries()) await writeFile(path, batches(stateText(file, size, others)));
  return paths;
}

function* stateText(file: number, { bytes, keys }: StateSize, others: readonly string[]): Generator<string> {
  yield `{
  "version": 4,
  "terraform_version": "1.11.4",
  "serial": 812,
  "lineage": "${LINEAGE}-${file}",
  "outputs": {},
  "resources": [`;
  let length = 0;
  for (let key = 0, at = 0; length < bytes; at += 1) {
    const isKeyDue = key / keys <= length / bytes;
    const text = isKeyDue ? textOf(keyResource(file * keys + key + 1)) : (others[(file + at) % others.length] ?? '');
    if (isKeyDue) key += 1;
    length += text.length + 6;
    yield at === 0 ? `\n    ${text}` : `,\n    ${text}`;
  }
  yield `
  ],
  "check_results": null
}
`;
}

/** A write for each resource would take longer than making them. */
function* batches(pieces: Iterable<string>): Generator<string> {
  let batch: string[] = [];
  for (const piece of pieces) {
    if (batch.push(piece) < BATCH) continue;
    yield batch.join('');
    batch = [];
  }
  yield batch.join('');
}

const textOf = (resource: object): string => JSON.stringify(resource, null, 2).replaceAll('\n', '\n    ');

const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';

function keyResource(n: number) {
  const arn = keyArn(n);
  const id = arn.split('/')[1];
  return {
    module: `module.data["${n}"]`,
    mode: 'managed',
    type: 'aws_kms_key',
    name: 'this',
    provider: PROVIDER,
    instances: [
      {
        schema_version: 0,
        attributes: {
          arn,
          bypass_policy_lockout_safety_check: false,
          custom_key_store_id: '',
          customer_master_key_spec: 'SYMMETRIC_DEFAULT',
          deletion_window_in_days: 30,
          description: `orders ${n}`,
          enable_key_rotation: true,
          id,
          is_enabled: true,
          key_id: id,
          key_usage: 'ENCRYPT_DECRYPT',
          multi_region: false,
          policy: policyText(`key/${id}`),
          rotation_period_in_days: 365,
          tags: { Team: 'orders' },
          tags_all: { Team: 'orders' },
          xks_key_id: '',
        },
        sensitive_attributes: [],
        private: 'bnVsbA==',
      },
    ],
  };
}

/** What most of a state is: instances with policies, tags, nested blocks and what they depend on. */
function otherResource(n: number, luck: Chance) {
  const type = luck.pick(['aws_iam_policy', 'aws_instance', 'aws_lambda_function', 'aws_security_group_rule']);
  return {
    module: `module.service_${luck.below(300)}`,
    mode: luck.below(8) === 0 ? 'data' : 'managed',
    type,
    name: `r${n}`,
    provider: PROVIDER,
    instances: Array.from({ length: 1 + luck.below(3) }, (_, index) => ({
      index_key: index,
      schema_version: 0,
      attributes: {
        arn: `arn:aws:iam::111122223333:policy/${luck.hex(24)}`,
        description: luck.hex(40),
        environment: [{ variables: { TABLE: luck.hex(12), SECRET: luck.hex(64) } }],
        id: luck.hex(17),
        policy: policyText(luck.hex(20)),
        tags: { Name: luck.hex(12), Team: luck.pick(['orders', 'billing', 'search']) },
        timeouts: null,
        vpc_config: [{ subnet_ids: [luck.hex(17), luck.hex(17)], security_group_ids: [luck.hex(17)] }],
      },
      sensitive_attributes: [],
      private: 'eyJzY2hlbWFfdmVyc2lvbiI6IjEifQ==',
      dependencies: ['aws_iam_role.this', 'data.aws_caller_identity.current', 'module.network.aws_vpc.this'],
    })),
  };
}

const policyText = (resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 'kms:Decrypt'], Resource: `arn:aws:s3:::${resource}/*` },
      { Sid: 'Write', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
    ],
  });
