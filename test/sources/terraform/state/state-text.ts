import { createHash } from 'node:crypto';
import type { StateAliasFact, StateFact } from '../../../../src/model/facts.ts';
import { type ParsedState, parseState } from '../../../../src/sources/terraform/state/parse.ts';
import type { Refusal } from '../../../../src/sources/terraform/state/refusal.ts';

export const LINEAGE = '6a1e9a52-0000-4000-8000-000000000001';
export const READ_AT = '2026-11-23T12:00:00.000Z';
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const ARN = `arn:aws:kms:eu-west-1:111122223333:key/${KEY_ID}`;
export const MRK_ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
export const PRIMARY_ARN = `arn:aws:kms:eu-west-1:111122223333:key/${MRK_ID}`;
export const REPLICA_ARN = `arn:aws:kms:us-east-1:111122223333:key/${MRK_ID}`;

export type Fields = Record<string, unknown>;

export const resource = (type: string, fields: Fields = {}, ...instances: unknown[]): Fields => ({
  mode: 'managed',
  type,
  name: 'orders',
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances,
  ...fields,
});

export const instance = (attributes: unknown, fields: Fields = {}): Fields => ({
  schema_version: 0,
  attributes,
  sensitive_attributes: [],
  ...fields,
});

export const keyResource = (attributes: Fields = {}, fields: Fields = {}): Fields =>
  resource('aws_kms_key', fields, instance({ arn: ARN, id: KEY_ID, key_id: KEY_ID, ...attributes }));

export const stateOf = (resources: unknown, fields: Fields = {}): Fields => ({
  version: 4,
  terraform_version: '1.11.4',
  serial: 4,
  lineage: LINEAGE,
  outputs: {},
  resources,
  ...fields,
});

export const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Where the states of these tests are read. */
export const CONTENT = { source: 'terraform.tfstate', errored: false, readAt: READ_AT, withModules: true };

/** Parses text, bytes, or a document written as JSON. */
export function parsed(content: string | Uint8Array | Fields): ParsedState | Refusal {
  const bytes = bytesOf(
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  return parseState({ ...CONTENT, bytes, digest: () => digestOf(bytes) });
}

export function readable(content: string | Uint8Array | Fields): ParsedState {
  const state = parsed(content);
  if (state.kind !== 'state') throw new Error(`not readable: ${state.reason}`);
  return state;
}

export const keysIn = (...resources: unknown[]): StateFact[] =>
  readable(stateOf(resources)).facts.filter((fact) => fact.kind === 'state');

export const aliasesIn = (...resources: unknown[]): StateAliasFact[] =>
  readable(stateOf(resources)).facts.filter((fact) => fact.kind === 'state-alias');

/** The one key of a state with one instance of this type. */
export function keyOf(type: string, attributes: Fields, fields: Fields = {}): StateFact {
  const [key] = keysIn(resource(type, fields, instance(attributes)));
  if (key === undefined) throw new Error(`${type} gave no key`);
  return key;
}
