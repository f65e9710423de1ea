import type { StateAliasFact, StateKeyStoreFact, StatePolicyFact } from '../../../model/facts.ts';
import { type Instance, keyNamedBy, knownIn, namesIn, type StateOrigin } from './instance.ts';
import { text } from './values.ts';

/** The fact of an alias instance; undefined when it does not even have a name. */
export function aliasFactOf(instance: Instance, origin: StateOrigin): StateAliasFact | undefined {
  const { address, mode, values } = instance;
  // The id of an alias resource is its name, for aws_kms_alias and awscc_kms_alias alike; a data source's is its ARN.
  const name = namesIn(values, ['name', 'alias_name', 'id']).find((each) => each.startsWith('alias/'));
  if (name === undefined) return undefined;
  const target = keyNamedBy(values, 'target_key_arn', ['target_key_id']);
  return {
    kind: 'state-alias',
    address,
    mode,
    name,
    aliasArn: knownIn(text('arn'), values),
    targetKeyArn: target.arn,
    targetKeyId: target.keyId,
    ...origin,
  };
}

/** The fact of an aws_kms_key_policy instance (terraform-provider-aws, key_policy.go: `id` and `key_id` are an id or ARN). */
export function policyFactOf({ address, values, withheld }: Instance, origin: StateOrigin): StatePolicyFact {
  const { arn, keyId } = keyNamedBy(values, 'key_id', ['key_id', 'id']);
  return { kind: 'state-policy', address, keyArn: arn, keyId, ...policyIn(values, withheld), ...origin };
}

function policyIn(
  values: Instance['values'],
  withheld: string | undefined,
): Pick<StatePolicyFact, 'policy' | 'unknownPolicy'> {
  const reading = text('policy')(values);
  if (reading.kind === 'known') return { policy: reading.value };
  const reason = reading.kind === 'unknown' ? reading.reason : 'the state has no policy there';
  return { policy: null, unknownPolicy: withheld ?? reason };
}

/**
 * The fact of a custom key store instance, of which the data source has the same names (terraform-provider-aws,
 * custom_key_store.go and custom_key_store_data_source.go); undefined when it has no id.
 */
export function keyStoreFactOf(
  { address, mode, values }: Instance,
  origin: StateOrigin,
): StateKeyStoreFact | undefined {
  const [id] = namesIn(values, ['id', 'custom_key_store_id']);
  if (id === undefined) return undefined;
  const name = knownIn(text('custom_key_store_name'), values);
  return { kind: 'state-key-store', address, mode, id, name, region: knownIn(text('region'), values), ...origin };
}
