import { ATTRIBUTE_NAMES, type AttributeName, IMMUTABLE_ATTRIBUTES } from './attributes.ts';
import type { WitnessPair } from './key-record.ts';

/**
 * Attributes whose change replaces the key, by resource type (terraform-provider-aws, ForceNew in
 * internal/service/kms/key.go, external_key.go, replica_key.go, replica_external_key.go).
 * awscc_kms_key is not here: CloudFormation fails such an update instead of replacing the key (CloudFormation
 * template reference, AWS::KMS::Key; AWS::KMS::ReplicaKey does replace on PrimaryKeyArn).
 */
export const REPLACING: Readonly<Record<string, readonly AttributeName[]>> = {
  aws_kms_key: ['keySpec', 'keyUsage', 'customKeyStoreId', 'xksKeyId', 'multiRegion'],
  // Spec and usage can be declared from provider 6 on (provider issue 46080).
  aws_kms_external_key: ['keySpec', 'keyUsage', 'multiRegion'],
  aws_kms_replica_key: ['primaryKeyArn'],
  aws_kms_replica_external_key: ['primaryKeyArn'],
  awscc_kms_replica_key: ['primaryKeyArn'],
};

const CONFIGURED: readonly AttributeName[] = [...new Set(Object.values(REPLACING).flat())];

/**
 * The pairs of witnesses that are compared, and the attributes that each pair is compared by: with a configuration only
 * those that REPLACING has for the type of the block.
 */
export const COMPARED: Readonly<Record<WitnessPair, readonly AttributeName[]>> = {
  'created/live': IMMUTABLE_ATTRIBUTES,
  'state/live': ATTRIBUTE_NAMES,
  'configuration/live': CONFIGURED,
  'configuration/state': CONFIGURED,
};
