import { oneLine } from '../one-line.ts';
import { errorName, errorText } from './error-text.ts';

/**
 * Why a call gave nothing. `denied` and `not-found` are answers about the thing asked for; `throttled`, `server` and
 * `unreachable` may pass by themselves; `credentials` will not.
 */
export type FailureKind =
  | 'denied'
  | 'not-found'
  | 'throttled'
  | 'server'
  | 'unreachable'
  | 'credentials'
  | 'interrupted'
  | 'unreadable'
  | 'not-asked'
  | 'other';

/** Why a call gave nothing, sorted and worded. */
export interface Failure {
  readonly kind: FailureKind;
  /** One printable line. */
  readonly reason: string;
  /** The missing IAM permission, of a denied call. */
  readonly permission?: string;
}

/** An AWS call's outcome as a value: looking at one thing must not end the look at all others. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Error names by what they mean, across KMS, CloudTrail and STS ("Common errors" in each API reference) and Node. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  NotFoundException: 'not-found',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  LimitExceededException: 'throttled',
  InternalFailure: 'server',
  InternalError: 'server',
  InternalServerError: 'server',
  KMSInternalException: 'server',
  DependencyTimeoutException: 'server',
  ServiceUnavailable: 'server',
  ServiceUnavailableException: 'server',
  TimeoutError: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  CredentialsProviderError: 'credentials',
  TokenProviderError: 'credentials',
  ExpiredToken: 'credentials',
  ExpiredTokenException: 'credentials',
  RequestExpired: 'credentials',
  InvalidClientTokenId: 'credentials',
  UnrecognizedClientException: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  InvalidSignatureException: 'credentials',
  IncompleteSignature: 'credentials',
  IncompleteSignatureException: 'credentials',
  MissingAuthenticationToken: 'credentials',
  MissingAuthenticationTokenException: 'credentials',
  AuthFailure: 'credentials',
  OptInRequired: 'credentials',
};

function httpStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const metadata: unknown = Reflect.get(error, '$metadata');
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const status: unknown = Reflect.get(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

/**
 * What an error without a telling name is about. The SDK wraps errors from another JavaScript realm and leaves their
 * name and code in the message alone; Node's system errors say their code there too ("read ECONNRESET").
 */
const namedInMessage = (error: unknown): string | undefined =>
  error instanceof Error
    ? error.message.split(/\W+/).find((word) => Object.hasOwn(KINDS, word) && KINDS[word] === 'unreachable')
    : undefined;

/** Names first: KMS denies with HTTP 400. The status decides for names that are newer than this list. */
function kindOf(error: unknown): FailureKind {
  const name = errorName(error);
  if (Object.hasOwn(KINDS, name)) return KINDS[name] ?? 'other';
  const status = httpStatus(error);
  if (status === undefined) return namedInMessage(error) === undefined ? 'other' : 'unreachable';
  if (status === 429) return 'throttled';
  if (status === 403) return 'denied';
  return status >= 500 ? 'server' : 'other';
}

/**
 * Where a denial comes from, as IAM's messages word it: "because no <policy> allows …" or "with an explicit deny in a
 * <policy>" (IAM User Guide, "Troubleshoot access denied error messages").
 */
const DENIED_BY =
  /(because no|with an explicit deny in an?) (identity-based policy|resource-based policy|service control policy|resource control policy|permissions boundary|session policy|VPC endpoint policy)/i;

/** KMS keys have one resource-based policy: the key policy (AWS KMS developer guide, "Key policies"). */
const policyName = (words: string, permission: string): string =>
  words.toLowerCase() === 'resource-based policy' && permission.startsWith('kms:')
    ? 'key policy'
    : words.replace(/^vpc/i, 'VPC');

/**
 * Why a call was denied, in words that are the same for every key, so that alike denials can be counted as one.
 * Only a message in none of IAM's known forms is quoted, without the key it is about.
 */
function denial(error: unknown, permission: string): string {
  const [, how, policy] = DENIED_BY.exec(error instanceof Error ? error.message : '') ?? [];
  if (how === undefined || policy === undefined) return `${permission} is denied: ${withoutKey(errorText(error))}`;
  const by = policyName(policy, permission);
  return how.toLowerCase() === 'because no'
    ? `${permission} is denied: no ${by} allows it`
    : `${permission} is denied: explicit deny in ${/^[aeiou]/.test(by) ? 'an' : 'a'} ${by}`;
}

const withoutKey = (text: string): string => text.replace(/arn:aws[a-z-]*:kms:\S*:key\/[\w-]+/g, 'the key');

/** A Region that the account has not enabled answers like this (AWS Account Management guide, "Enable or disable Regions"). */
const tokenHint = (name: string): string =>
  name === 'UnrecognizedClientException' || name === 'InvalidClientTokenId'
    ? ' (a Region that is not enabled for the account says so too)'
    : '';

/** What the SDK adds to an error of its parser: words for whoever debugs the SDK. */
const PARSER_HINT = /\s*Deserialization error: to see the raw response.*$/s;

/** A body that is no AWS answer: a proxy's page, or an endpoint (AWS_ENDPOINT_URL) that does not know the API. */
function unparsed(error: unknown): string | undefined {
  if (!(error instanceof Error) || !PARSER_HINT.test(error.message)) return undefined;
  const status = httpStatus(error);
  const answer = status === undefined ? 'the answer' : `HTTP ${status}, and its body`;
  return oneLine(`${answer} is none that AWS gives: ${error.message.replace(PARSER_HINT, '')}`);
}

/** What an AWS SDK call threw, sorted and worded; `permission` is what the call needs, as IAM spells it. */
export function failureOf(error: unknown, permission: string): Failure {
  const kind = kindOf(error);
  if (kind === 'denied') return { kind, reason: denial(error, permission), permission };
  return { kind, reason: unparsed(error) ?? `${errorText(error)}${tokenHint(errorName(error))}` };
}
