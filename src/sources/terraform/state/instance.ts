import { z } from 'zod';
import type { Attested } from '../../../model/attributes.ts';
import type { StateFact } from '../../../model/facts.ts';
import { type KeyArn, parseKeyArn } from '../../../model/key-arn.ts';
import { parseInstant } from '../../../model/time.ts';
import { attestEach, unknown } from '../../readings.ts';
import { attestBy } from '../readers.ts';
import { addressOf } from './address.ts';
import { unflatten } from './flatmap.ts';
import type { StateReaders } from './key-types.ts';
import { withoutSensitive } from './sensitive.ts';
import { firstOf, isRecord, type Reader, text, type Values, wholeNumber } from './values.ts';

const KEY_ID = /^(mrk-)?[0-9A-Za-z-]{1,128}$/;

const attributesSchema = z.custom<Values>(isRecord).nullish();

/** One entry of a resource's `instances` (hashicorp/terraform, internal/states/statefile/version4.go). */
const instanceSchema = z.object({
  index_key: z.union([z.string(), z.number()]).nullish(),
  status: z.string().nullish(),
  deposed: z.string().nullish(),
  attributes: attributesSchema,
  attributes_flat: attributesSchema,
  sensitive_attributes: z.unknown().optional(),
});

/** One entry of a state's `resources`. A type that is none of ours is never looked into. */
export const resourceSchema = z.object({
  /** A path of modules, so that an address begins with no dash: commands that people paste carry it. */
  module: z
    .string()
    .regex(/^(module\..*)?$/s)
    .nullish(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  instances: z.array(z.unknown()),
});
type Resource = z.infer<typeof resourceSchema>;

/** Where the facts of one state come from: what each of them carries. */
export type StateOrigin = Pick<StateFact, 'source' | 'lineage' | 'serial' | 'errored' | 'readAt'>;

/** An instance of a resource of ours, ready to become a fact. */
export interface Instance {
  readonly address: string;
  readonly resourceType: string;
  readonly mode: 'managed' | 'data';
  readonly status: StateFact['status'];
  readonly values: Values;
  /** Why nothing but its identity is in `values`. */
  readonly withheld?: string;
}

/** The instance as one thing; undefined when its entry is not of the form that Terraform writes. */
export function instanceOf(resource: Resource, entry: unknown): Instance | undefined {
  const parsed = instanceSchema.safeParse(entry);
  if (!parsed.success) return undefined;
  const { index_key, status, deposed, attributes, attributes_flat, sensitive_attributes } = parsed.data;
  const { mode, type, name, module } = resource;
  return {
    address: addressOf({ module: module ?? '', mode, type, name, index: index_key ?? undefined }),
    resourceType: type,
    mode,
    status: deposed ? 'deposed' : status === 'tainted' ? 'tainted' : 'current',
    ...withoutSensitive(attributes ?? unflatten(attributes_flat ?? {}), sensitive_attributes),
  };
}

/** The fact of a key instance. */
export function keyFactOf(instance: Instance, readers: StateReaders, origin: StateOrigin): StateFact {
  const { address, resourceType, mode, status, values, withheld } = instance;
  const validTo = knownIn(text('valid_to'), values);
  return {
    kind: 'state',
    address,
    resourceType,
    mode,
    status,
    ...keyNamedBy(values, 'arn', ['id', 'key_id']),
    region: knownIn(text('region'), values),
    validTo: validTo === null ? null : (parseInstant(validTo) ?? null),
    deletionWindowInDays: daysIn(values),
    ...origin,
    ...attestShown(readers, { values, withheld }),
  };
}

/** What an instance says as far as it may be shown; where nothing but its identity may, all the rest is Unknown. */
export const attestShown = (
  readers: StateReaders,
  { values, withheld }: { readonly values: Values; readonly withheld?: string | undefined },
): Attested =>
  withheld === undefined
    ? attestBy(readers, values)
    : attestEach((name) => (readers[name] === undefined ? undefined : unknown(withheld)));

/** Where the ARN is set it is the ARN of a key, or the entry is damaged; a create that failed half-way leaves it unset. */
export function hasDamagedArn({ arn }: Values): boolean {
  if (arn === undefined || arn === null || arn === '') return false;
  return typeof arn !== 'string' || parseKeyArn(arn) === undefined;
}

/** Which key these values name: by ARN, else by an id of its form. */
export function keyNamedBy(
  values: Values,
  arnName: string,
  idNames: readonly string[],
): { arn: KeyArn | null; keyId: string | null } {
  const parts = namesIn(values, [arnName, ...idNames])
    .map(parseKeyArn)
    .find((arn) => arn !== undefined);
  const id = namesIn(values, idNames).find((name) => KEY_ID.test(name));
  return { arn: parts?.arn ?? null, keyId: parts?.keyId ?? id ?? null };
}

/** What is set of these attributes, in their order. */
export const namesIn = (values: Values, attributes: readonly string[]): readonly string[] =>
  attributes.flatMap((name) => knownIn(text(name), values) ?? []);

/**
 * The waiting period that a destroy of this instance asks for; null when it is not set. awscc has CloudFormation's name for
 * it (CloudFormation template reference, AWS::KMS::Key, PendingWindowInDays).
 */
export function daysIn(values: Values): number | null {
  const reading = firstOf(wholeNumber('deletion_window_in_days'), wholeNumber('pending_window_in_days'))(values);
  return reading.kind === 'known' ? reading.value : null;
}

/** What it reads, or null. */
export function knownIn(reader: Reader<string>, values: Values): string | null {
  const reading = reader(values);
  return reading.kind === 'known' ? reading.value : null;
}
