import { readFileSync } from 'node:fs';
import { coverageSchema } from '../../../../src/model/coverage.ts';
import { factSchema, type PlanDriftFact, type PlannedFact } from '../../../../src/model/facts.ts';
import type { Look } from '../../../../src/model/inventory.ts';
import { lookAtPlans } from '../../../../src/sources/terraform/plan/look.ts';
import { LOOKING } from '../../../bench/looking.ts';
import { newDirectory } from '../state/directory.ts';

export const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-4333-8444-000000000001';

/** The values that Terraform 1.11 and the AWS provider 5.100 plan with. */
export const KEY = {
  arn: ARN,
  customer_master_key_spec: 'SYMMETRIC_DEFAULT',
  deletion_window_in_days: null,
  description: 'orders',
  id: ARN.slice(-36),
  is_enabled: true,
  key_id: ARN.slice(-36),
  key_usage: 'ENCRYPT_DECRYPT',
  multi_region: false,
};

/** An entry of `resource_changes`: the key as it is, unless the test says otherwise. */
export const entryOf = (change: object = {}, over: object = {}): object => ({
  address: 'aws_kms_key.orders',
  mode: 'managed',
  type: 'aws_kms_key',
  name: 'orders',
  change: {
    actions: ['no-op'],
    before: KEY,
    after: KEY,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
    ...change,
  },
  ...over,
});

export const planOf = (changes: readonly unknown[], over: object = {}): object => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: { root_module: {} },
  resource_changes: changes,
  complete: true,
  errored: false,
  ...over,
});

/** A plan of test/fixtures/plan, made by Terraform 1.11.4 with the AWS provider 5.100. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/plan/${name}.json`, import.meta.url), 'utf8');

/** What is made of a plan with this content, each part checked against its schema. */
export async function lookAt(content: string | object | Uint8Array): Promise<Look> {
  const directory = await newDirectory();
  try {
    await directory.write('plan.json', content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : content);
    const look = await lookAtPlans(
      { where: [{ where: 'plan.json', from: 'flag', root: null }], cwd: directory.path, env: {} },
      LOOKING,
    );
    for (const fact of look.facts) factSchema.parse(fact);
    for (const entry of look.coverage) coverageSchema.parse(entry);
    return look;
  } finally {
    await directory.remove();
  }
}

export const plannedIn = ({ facts }: Look): PlannedFact[] =>
  facts.flatMap((fact) => (fact.kind === 'planned' ? [fact] : []));

export const driftsIn = ({ facts }: Look): PlanDriftFact[] =>
  facts.flatMap((fact) => (fact.kind === 'plan-drift' ? [fact] : []));

/** The one key that a plan with this entry speaks of. */
export async function plannedOf(change: object = {}, over: object = {}): Promise<PlannedFact> {
  const [only, ...others] = plannedIn(await lookAt(planOf([entryOf(change, over)])));
  if (only === undefined || others.length > 0) throw new Error(`${others.length} facts more than one`);
  return only;
}
