import { UserError } from '../../errors.ts';
import { nearestRegion } from '../../model/regions.ts';
import { errorText } from './error-text.ts';
import { failureOf } from './failure.ts';

/** Where and as whom STS was asked. */
export interface SessionPlace {
  readonly endpoint: string;
  readonly region: string;
  readonly profile: string | undefined;
}

const EXPIRED = /expired/i;
const NOTHING_FOUND = /could not load credentials from any providers/i;

/** The command that renews credentials, where a profile tells which. */
const login = (profile: string | undefined): string =>
  profile === undefined ? '"aws sso login" or whatever gave them' : `"aws sso login --profile ${profile}"`;

function credentialsProblem(text: string, { profile, region }: SessionPlace): string {
  const whose = profile === undefined ? '' : ` of profile ${JSON.stringify(profile)}`;
  if (NOTHING_FOUND.test(text)) {
    return `no AWS credentials${whose}: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile`;
  }
  if (EXPIRED.test(text))
    return `the AWS credentials${whose} have expired (${text}): renew them with ${login(profile)}`;
  return `the AWS credentials${whose} are not accepted (${text}): check the keys, the clock and that ${region} is in their partition`;
}

/** Why there is no session, in one line with what to do about it. */
export function sessionProblem(error: unknown, place: SessionPlace): UserError {
  const { kind } = failureOf(error, 'sts:GetCallerIdentity');
  const text = errorText(error);
  if (kind === 'credentials') return new UserError(credentialsProblem(text, place));
  if (kind === 'unreachable') {
    return new UserError(
      `cannot reach STS at ${place.endpoint} (${text}): check the network, the Region ${place.region}${nearestRegion(place.region)} and AWS_ENDPOINT_URL`,
    );
  }
  return new UserError(`STS at ${place.endpoint} does not say whose credentials these are: ${text}`);
}
