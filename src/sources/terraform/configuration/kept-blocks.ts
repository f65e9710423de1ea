import type { Block } from './blocks.ts';
import { KEY_TYPES } from './key-types.ts';

/** Resource types of the AWS providers that say something of keys beside the keys themselves. */
export const KEY_POLICY = 'aws_kms_key_policy';
export const KEY_STORE = 'aws_kms_custom_key_store';
/** Of alias resources the argument that has the name. */
export const ALIAS_NAMES: ReadonlyMap<string, string> = new Map([
  ['aws_kms_alias', 'name'],
  ['awscc_kms_alias', 'alias_name'],
]);

/** Block types whose labels do not matter: any of them may decide what a key is, where it is or whether it is there. */
const ALWAYS: ReadonlySet<string> = new Set([
  'terraform',
  'variable',
  'locals',
  'module',
  'output',
  'import',
  'moved',
  'removed',
]);

/** Local names that the providers of AWS have wherever nobody gave them others. */
const AWS_PROVIDERS: ReadonlySet<string> = new Set(['aws', 'awscc']);

/** Whether a resource of this type is a key, of whatever origin, or a replica. */
export const isKeyResource = (resourceType: string | undefined): boolean =>
  resourceType !== undefined && KEY_TYPES.has(resourceType);

/** Whether a provider of this local name reaches AWS, as far as its name tells. */
export const isAwsProvider = (name: string | undefined): boolean => name !== undefined && AWS_PROVIDERS.has(name);

const isCompanion = (resourceType: string | undefined): boolean =>
  resourceType === KEY_POLICY || resourceType === KEY_STORE || ALIAS_NAMES.has(resourceType ?? '');

/** Whether a top-level block is read at all; the rest of a configuration is let go as soon as it is cut. */
export function isKept({ type, labels }: Block): boolean {
  if (type === 'resource') return isKeyResource(labels[0]) || isCompanion(labels[0]);
  return type === 'provider' ? true : ALWAYS.has(type);
}
