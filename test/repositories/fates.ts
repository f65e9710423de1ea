import { keyArn } from '../support/facts.ts';
import { type Files, key, stateOf } from './change-gaps.ts';

const each = { 'infra/terraform.tfstate': stateOf({}, { index_key: 'a' }) };
export const listed = (expression: string): Files => ({ ...each, 'infra/k.tf': key(`for_each = ${expression}`) });
export const FROM_FILE = listed(`toset(yamldecode(file("\${path.module}/keys.yaml")))`);
/** The change alters what decides those instances. */
export const GAP =
  'configuration infra: the change alters what decides which instances there are of aws_kms_key.k["a"], and that is not known without a plan; give its plan with --plan';

export const REPLICA = {
  'infra/terraform.tfstate': stateOf(
    { type: 'aws_kms_replica_key' },
    {},
    { primary_key_arn: keyArn(2), multi_region: true },
  ),
};
export const replicaOf = (name: string): Files => ({
  'infra/r.tf': `resource "aws_kms_replica_key" "k" {\n  primary_key_arn = aws_kms_key.${name}.arn\n}\n`,
});
export const primary = (name: string, ...body: readonly string[]): string =>
  key('multi_region = true', ...body).replace('"k"', `"${name}"`);
export const PRIMARIES = { 'infra/p.tf': primary('p') + primary('q') };

export const STORED: Files = {
  'infra/terraform.tfstate': stateOf({}, {}, { custom_key_store_id: 'cks-1' }),
  'infra/k.tf': key('custom_key_store_id = aws_kms_custom_key_store.s.id'),
};
export const store = (...body: readonly string[]): Files => ({
  'infra/s.tf': `resource "aws_kms_custom_key_store" "s" {\n${body.join('\n')}\n}\n`,
});

export const TRIGGERED = key('lifecycle {\n    replace_triggered_by = [terraform_data.v]\n  }');
export const trigger = (input: string): Files => ({
  'infra/v.tf': `resource "terraform_data" "v" {\n  input = ${input}\n}\n`,
});
export const aws = (...body: readonly string[]): string =>
  `provider "aws" {\n${body.map((line) => `  ${line}\n`).join('')}}\n`;
export const EU = 'region = "eu-west-1"';
export const role = (account: string): string =>
  `assume_role {\n    role_arn = "arn:aws:iam::${account}:role/terraform"\n  }`;
