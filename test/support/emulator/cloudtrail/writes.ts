import type { Realm } from '../../../../src/model/key-arn.ts';
import type { Call, Recorded } from '../call.ts';
import type { Cloud } from '../cloud.ts';
import type { AwsError } from '../errors.ts';
import { identityOf } from './identity.ts';
import { type ApiCallParts, apiCallRecord, recordTime, serviceEventRecord } from './record.ts';
import { recordedRequest } from './recorded-form.ts';
import { addToTrail, entryOf } from './trail.ts';

/** Puts a whole record into the trail of an account and Region, shown after the usual delay. */
export function addRecord(cloud: Cloud, realm: Realm, record: Readonly<Record<string, unknown>>): void {
  const entry = entryOf(record, { deliveredAt: 0 });
  addToTrail(cloud, realm, { ...entry, deliveredAt: entry.eventTime + cloud.limits.delivery });
}

/** The parts of a record that any call of this caller shares. */
export const callParts = (cloud: Cloud, call: Call): Omit<ApiCallParts, 'request' | 'response' | 'resources'> => {
  const at = cloud.clock.now();
  return {
    identity: identityOf({
      arn: call.principal,
      account: call.realm.account,
      accessKeyId: call.accessKeyId,
      since: recordTime(at),
    }),
    at,
    eventSource: 'kms.amazonaws.com',
    eventName: call.api,
    account: call.realm.account,
    region: call.realm.region,
    sourceIp: call.sourceIp,
    userAgent: call.userAgent,
    requestId: call.requestId,
    eventId: cloud.nextId(),
  };
};

/** Leaves the record of a write that succeeded. */
export function recordCall(cloud: Cloud, call: Call, recorded: Recorded): void {
  addRecord(cloud, call.realm, apiCallRecord({ ...callParts(cloud, call), ...recorded }));
}

/** Leaves the record of a write that failed: errorCode, and no response. CloudTrail says AccessDenied where KMS says AccessDeniedException. */
export function recordFailure(cloud: Cloud, call: Call, error: AwsError): void {
  const errorCode = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
  const failure = {
    request: recordedRequest(call.input),
    response: null,
    resources: [],
    errorCode,
    errorMessage: error.message,
  };
  addRecord(cloud, call.realm, apiCallRecord({ ...callParts(cloud, call), ...failure }));
}

/** Leaves a service event of KMS about one key. */
export function recordServiceEvent(
  cloud: Cloud,
  realm: Realm,
  event: {
    readonly eventName: string;
    readonly at: number;
    readonly keyArn: string;
    readonly extra?: Readonly<Record<string, unknown>>;
  },
): void {
  const { account, region } = realm;
  addRecord(cloud, realm, serviceEventRecord({ ...event, account, region, eventId: cloud.nextId() }));
}
