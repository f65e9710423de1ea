/** What makes up a record of an API call; see `apiCallRecord`. */
export interface ApiCallParts {
  readonly identity: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds; records carry whole seconds. */
  readonly at: number;
  readonly eventSource: string;
  readonly eventName: string;
  readonly account: string;
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly request: unknown;
  readonly response: unknown;
  /** ARNs of keys, aliases and other things the call was about. */
  readonly resources: readonly string[];
  readonly readOnly?: boolean;
  readonly requestId: string;
  readonly eventId: string;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** Fields for this kind of record alone, such as sessionCredentialFromConsole. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The version of records that CloudTrail writes today (CloudTrail user guide, "CloudTrail record contents"). */
const EVENT_VERSION = '1.11';

/** A time as records carry it: `2022-08-10T22:38:27Z`. */
export const recordTime = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/** KMS names keys and aliases alike AWS::KMS::Key (AWS KMS developer guide, UpdateAlias record). */
const resourcesOf = (account: string, arns: readonly string[]) =>
  arns.map((ARN) => ({ accountId: account, type: 'AWS::KMS::Key', ARN }));

/** A record of an API call in the shape of today. */
export function apiCallRecord(parts: ApiCallParts): Readonly<Record<string, unknown>> {
  const service = parts.eventSource.split('.')[0] ?? '';
  return {
    eventVersion: EVENT_VERSION,
    userIdentity: parts.identity,
    eventTime: recordTime(parts.at),
    eventSource: parts.eventSource,
    eventName: parts.eventName,
    awsRegion: parts.region,
    sourceIPAddress: parts.sourceIp,
    ...(parts.userAgent === undefined ? {} : { userAgent: parts.userAgent }),
    ...(parts.errorCode === undefined ? {} : { errorCode: parts.errorCode, errorMessage: parts.errorMessage ?? '' }),
    requestParameters: parts.request,
    responseElements: parts.response,
    requestID: parts.requestId,
    eventID: parts.eventId,
    readOnly: parts.readOnly ?? false,
    ...(parts.resources.length === 0 ? {} : { resources: resourcesOf(parts.account, parts.resources) }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: parts.account,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_256_GCM_SHA384',
      clientProvidedHostHeader: `${service}.${parts.region}.amazonaws.com`,
    },
    ...parts.extra,
  };
}

/** A record of something KMS did by itself, such as DeleteKey: no caller, no request (AWS KMS developer guide, DeleteKey record). */
export function serviceEventRecord(parts: {
  readonly eventName: string;
  readonly at: number;
  readonly account: string;
  readonly region: string;
  readonly keyArn: string;
  readonly eventId: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}): Readonly<Record<string, unknown>> {
  return {
    eventVersion: EVENT_VERSION,
    userIdentity: { accountId: parts.account, invokedBy: 'AWS Internal' },
    eventTime: recordTime(parts.at),
    eventSource: 'kms.amazonaws.com',
    eventName: parts.eventName,
    awsRegion: parts.region,
    sourceIPAddress: 'AWS Internal',
    userAgent: 'AWS Internal',
    requestParameters: null,
    responseElements: null,
    ...parts.extra,
    eventID: parts.eventId,
    readOnly: false,
    resources: resourcesOf(parts.account, [parts.keyArn]),
    eventType: 'AwsServiceEvent',
    recipientAccountId: parts.account,
    managementEvent: true,
    eventCategory: 'Management',
  };
}
