import { KEY_RESOURCES } from './key-types.ts';
import { Words } from './words.ts';

/** What resources that are no keys say of keys. */
type Companion = 'alias' | 'policy' | 'key-store';

/** awscc has neither key policies nor key stores of their own (CloudFormation template reference, AWS::KMS). */
export const COMPANIONS: ReadonlyMap<string, Companion> = new Map([
  ['aws_kms_alias', 'alias'],
  ['awscc_kms_alias', 'alias'],
  ['aws_kms_key_policy', 'policy'],
  ['aws_kms_custom_key_store', 'key-store'],
]);

/** The resource types that are read. An instance of any other is never looked into. */
export const OUR_TYPES: ReadonlySet<string> = new Set([...KEY_RESOURCES.keys(), ...COMPANIONS.keys()]);

/** The same, to be recognised in a text. */
export const OUR_WORDS = new Words([...OUR_TYPES]);
