import { z } from 'zod';
import type { AttributeName, KeyAttributes } from '../../src/model/attributes.ts';

const resourceSchema = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  values: z.record(z.string(), z.unknown()),
});
interface Module {
  readonly resources?: readonly z.infer<typeof resourceSchema>[] | undefined;
  readonly child_modules?: readonly Module[] | undefined;
}
const moduleSchema: z.ZodType<Module> = z.object({
  resources: z.array(resourceSchema).optional(),
  get child_modules() {
    return z.array(moduleSchema).optional();
  },
});
const planSchema = z.object({ planned_values: z.object({ root_module: moduleSchema }) });

/** A key as Terraform itself plans it, under our names of its attributes; of what it knows only after the apply, nothing. */
export interface PlannedKey {
  readonly address: string;
  readonly type: string;
  readonly attributes: Partial<KeyAttributes>;
  readonly deletionWindowInDays: number | undefined;
}

type Values = Readonly<Record<string, unknown>>;
type Of<T> = (values: Values) => T | undefined;

/** Planned values leave out what is not known yet; null is a value that is known not to be set. */
const plain =
  <T>(name: string, schema: z.ZodType<T>): Of<T> =>
  (values) =>
    values[name] === undefined || values[name] === null ? undefined : schema.parse(values[name]);
const orNull =
  (name: string): Of<string | null> =>
  (values) =>
    values[name] === '' ? null : z.string().nullable().optional().parse(values[name]);
const text = (name: string): Of<string> => plain(name, z.string());
const flag = (name: string): Of<boolean> => plain(name, z.boolean());

const shared = {
  policy: text('policy'),
  tags: plain('tags_all', z.record(z.string(), z.string())),
} as const;

/** Unset, a description of these types is none, where that of an aws_kms_key is whatever it is. */
const description: Of<string> = (values) => (values['description'] === null ? '' : text('description')(values));

type Readers = { readonly [A in AttributeName]?: Of<KeyAttributes[A]> };

const key: Readers = {
  ...shared,
  keySpec: text('customer_master_key_spec'),
  keyUsage: text('key_usage'),
  customKeyStoreId: orNull('custom_key_store_id'),
  xksKeyId: orNull('xks_key_id'),
  multiRegion: flag('multi_region'),
  description: text('description'),
  enabled: flag('is_enabled'),
  rotationEnabled: flag('enable_key_rotation'),
  rotationPeriodDays: (values) =>
    values['enable_key_rotation'] === true ? plain('rotation_period_in_days', z.number())(values) : undefined,
};
const external: Readers = { ...shared, description, enabled: flag('enabled'), multiRegion: flag('multi_region') };
const replica: Readers = { ...shared, description, enabled: flag('enabled'), primaryKeyArn: text('primary_key_arn') };

const READERS: Readonly<Record<string, Readers>> = {
  aws_kms_key: key,
  aws_kms_external_key: external,
  aws_kms_replica_key: replica,
  aws_kms_replica_external_key: replica,
};

/** The attributes that this reads of a type: what a plan says of the others is not asked. */
export const attributesOf = (type: string): readonly AttributeName[] =>
  Object.keys(READERS[type] ?? {}) as AttributeName[];

/**
 * Every key that a plan leaves behind, read from `terraform show -json` by nothing of keydrift's. What an
 * aws_kms_key_policy sets is its key's: the one has the name of the other in what these tests apply.
 */
export function plannedKeys(plan: string): ReadonlyMap<string, PlannedKey> {
  const { root_module } = planSchema.parse(JSON.parse(plan)).planned_values;
  const resources = [...eachResource(root_module)];
  const policies = new Map(
    resources
      .filter(({ type }) => type === 'aws_kms_key_policy')
      .map(({ address, values }) => [address.replace('aws_kms_key_policy.', 'aws_kms_key.'), text('policy')(values)]),
  );
  const keys = resources.flatMap(keyOf).map(({ attributes, ...key }): PlannedKey => {
    const policy = policies.get(key.address) ?? attributes.policy;
    return { ...key, attributes: policy === undefined ? attributes : { ...attributes, policy } };
  });
  return new Map(keys.map((key) => [key.address, key]));
}

/** The name of every alias that a plan leaves behind, by address. */
export function plannedAliases(plan: string): ReadonlyMap<string, string> {
  const { root_module } = planSchema.parse(JSON.parse(plan)).planned_values;
  const aliases = [...eachResource(root_module)].filter(({ type }) => type === 'aws_kms_alias');
  return new Map(aliases.map(({ address, values }) => [address, text('name')(values) ?? '']));
}

type Resource = z.infer<typeof resourceSchema>;

function* eachResource({ resources = [], child_modules = [] }: Module): Generator<Resource> {
  yield* resources.filter(({ mode }) => mode === 'managed');
  for (const child of child_modules) yield* eachResource(child);
}

function keyOf({ address, type, values }: Resource): readonly PlannedKey[] {
  const readers = READERS[type];
  if (readers === undefined) return [];
  const attributes = Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) => {
      const value = read(values);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const deletionWindowInDays = plain('deletion_window_in_days', z.number())(values);
  return [{ address, type, attributes, deletionWindowInDays }];
}
