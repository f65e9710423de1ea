import type { Call } from './call.ts';
import type { Cloud } from './cloud.ts';
import { CLOUDFORMATION_OPERATIONS } from './cloudformation.ts';
import { lookupEvents, type PageFaults } from './cloudtrail/lookup.ts';
import { recordCall, recordFailure } from './cloudtrail/writes.ts';
import { AwsError } from './errors.ts';
import { KMS_OPERATIONS } from './kms/operations.ts';
import { STS_OPERATIONS } from './sts.ts';

const unknownOperation = (call: Call): AwsError =>
  new AwsError('UnknownOperationException', `The emulator has no ${call.service} ${call.api}`);

function kms(cloud: Cloud, call: Call, refusal: AwsError | undefined): string {
  const operation = KMS_OPERATIONS[call.api];
  if (operation === undefined) throw unknownOperation(call);
  try {
    if (refusal !== undefined) throw refusal;
    const { output, recorded } = operation.run(cloud, call);
    if (recorded !== undefined) recordCall(cloud, call, recorded);
    return JSON.stringify(output);
  } catch (error) {
    if (operation.writes && error instanceof AwsError) recordFailure(cloud, call, error);
    throw error;
  }
}

function cloudtrail(cloud: Cloud, call: Call, page: PageFaults): string {
  if (call.api === 'LookupEvents') return JSON.stringify(lookupEvents(cloud, call, page));
  throw unknownOperation(call);
}

function query(cloud: Cloud, call: Call): string {
  const operations = call.service === 'sts' ? STS_OPERATIONS : CLOUDFORMATION_OPERATIONS;
  const operation = operations[call.api];
  if (operation === undefined) throw unknownOperation(call);
  return operation(cloud, call);
}

/** The body that answers a call. `refusal`: an error that a fault wants instead. Throws AwsError. */
export function dispatch(cloud: Cloud, call: Call, refusal: AwsError | undefined, page: PageFaults): string {
  if (call.service === 'kms') return kms(cloud, call, refusal);
  if (refusal !== undefined) throw refusal;
  return call.service === 'cloudtrail' ? cloudtrail(cloud, call, page) : query(cloud, call);
}
