import { z } from 'zod';
import type { Diagnostic } from '../../../model/coverage.ts';
import type { StateAliasFact, StateFact } from '../../../model/facts.ts';
import { decode } from './decode.ts';
import {
  aliasFactOf,
  hasDamagedArn,
  type Instance,
  instanceOf,
  keyFactOf,
  resourceSchema,
  type StateOrigin,
} from './instance.ts';
import { readJson } from './json.ts';
import { readersOf } from './key-types.ts';
import { type Refusal, refusalOf, unreadable } from './refusal.ts';
import { isRecord } from './values.ts';

const ALIAS_TYPES = new Set(['aws_kms_alias', 'awscc_kms_alias']);

const stateSchema = z.object({
  lineage: z.string().nullish(),
  serial: z.int().nonnegative().nullish(),
  terraform_version: z.string().nullable().catch(null),
  resources: z.array(z.unknown()),
});

/** What a version 4 state says of KMS keys and aliases. */
export interface ParsedState {
  readonly kind: 'state';
  readonly lineage: string;
  readonly serial: number;
  readonly terraformVersion: string | null;
  readonly facts: readonly (StateFact | StateAliasFact)[];
  /** Entries that may be keys and could not be read: with any of these the state is covered only in part. */
  readonly gaps: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A state's content and where it was read. */
export interface StateContent {
  readonly bytes: Uint8Array;
  /** sha256 of the bytes; stands in for the lineage of a state that has none. */
  readonly digest: string;
  readonly source: string;
  readonly errored: boolean;
  readonly readAt: StateFact['readAt'];
}

/**
 * Reads a version 4 state. Never throws on any input; nothing but the attributes of our vocabulary, addresses and the
 * state's own header is in the answer, error texts included.
 */
export function parseState({ bytes, digest, source, errored, readAt }: StateContent): ParsedState | Refusal {
  const text = decode(bytes);
  if ('kind' in text) return text;
  const json = readJson(text.content);
  if ('kind' in json) return json;
  const refusal = refusalOf(json.document);
  if (refusal !== undefined) return refusal;
  const state = stateSchema.safeParse(json.document);
  if (!state.success) return unreadable(damageOf(state.error, json.document));
  const { lineage, serial, resources, terraform_version } = state.data;
  const header = { lineage: lineage || `none:${digest.slice(0, 16)}`, serial: serial ?? 0 };
  const found = resources.map((entry, at) => factsOf(entry, at, { ...header, source, errored, readAt }));
  return {
    kind: 'state',
    ...header,
    terraformVersion: terraform_version,
    facts: found.flatMap(({ facts }) => facts),
    gaps: found.flatMap(({ gaps }) => gaps),
    diagnostics: lineage ? [] : [noLineage(source)],
  };
}

/** Terraform writes the list of resources always (hashicorp/terraform, internal/states/statefile/version4.go, writeStateV4). */
function damageOf(error: z.ZodError, document: unknown): string {
  if (!isRecord(document) || (document['resources'] ?? null) !== null)
    return `damaged: ${faultIn(error)} is not what a version 4 state has there`;
  return document['lineage']
    ? 'damaged: it has no list of resources, which Terraform writes even where there are none'
    : 'JSON with version 4, but neither resources nor a lineage';
}

const faultIn = (error: z.ZodError): string => error.issues[0]?.path[0]?.toString() ?? 'its form';

const noLineage = (source: string): Diagnostic => ({
  level: 'warning',
  source: 'state',
  message: `${source} has no lineage: its copies cannot be told from other states`,
});

interface Found {
  readonly facts: readonly (StateFact | StateAliasFact)[];
  readonly gaps: readonly string[];
}

const gap = (reason: string): Found => ({ facts: [], gaps: [reason] });

function factsOf(entry: unknown, at: number, origin: StateOrigin): Found {
  if (!isRecord(entry) || typeof entry['type'] !== 'string') return gap(`resources[${at}] has no type`);
  if (!isOurs(entry['type'])) return { facts: [], gaps: [] };
  const parsed = resourceSchema.safeParse(entry);
  if (!parsed.success) return gap(`resources[${at}].${faultIn(parsed.error)} is not what a version 4 state has there`);
  const resource = parsed.data;
  const found = resource.instances.map((instance, index) => {
    const read = instanceOf(resource, instance);
    return read === undefined ? gap(`resources[${at}].instances[${index}] is damaged`) : factOf(read, origin);
  });
  return { facts: found.flatMap(({ facts }) => facts), gaps: found.flatMap(({ gaps }) => gaps) };
}

const isOurs = (type: string): boolean => ALIAS_TYPES.has(type) || readersOf('managed', type) !== undefined;

function factOf(instance: Instance, origin: StateOrigin): Found {
  const readers = readersOf(instance.mode, instance.resourceType);
  if (readers === undefined) {
    const alias = aliasFactOf(instance, origin);
    return alias === undefined ? gap(`${instance.address} has no alias name`) : { facts: [alias], gaps: [] };
  }
  const key = keyFactOf(instance, readers, origin);
  return { facts: [key], gaps: damageIn(instance, key) };
}

function damageIn({ address, values }: Instance, { keyId }: StateFact): readonly string[] {
  if (keyId === null) return [`${address} names no key`];
  return hasDamagedArn(values) ? [`${address} has an arn that is not the ARN of a key`] : [];
}
