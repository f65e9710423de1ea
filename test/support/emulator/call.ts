import type { Realm } from '../../../src/model/key-arn.ts';

export type ServiceName = 'kms' | 'cloudtrail' | 'sts' | 'cloudformation';

/** One request to AWS, as far as its meaning goes. */
export interface Call {
  readonly service: ServiceName;
  readonly api: string;
  /** Account of the caller and Region of the request. */
  readonly realm: Realm;
  /** ARN of the caller. */
  readonly principal: string;
  readonly accessKeyId: string;
  readonly userAgent: string;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What CloudTrail keeps of a write. */
export interface Recorded {
  readonly request: unknown;
  readonly response: unknown;
  /** ARNs that the call was about. */
  readonly resources: readonly string[];
  readonly readOnly: boolean;
}
