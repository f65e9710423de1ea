import { UserError } from '../../errors.ts';
import { type Env, variable } from './profile.ts';

/** Where the SDK looks for other addresses of what keydrift asks (AWS SDKs and Tools reference guide, "Service-specific endpoints"). */
const VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_KMS',
  'AWS_ENDPOINT_URL_CLOUDTRAIL',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL_CLOUDFORMATION',
] as const;

/**
 * Throws a UserError for an endpoint variable that is no address: the SDK would fail with a bare TypeError, or ask
 * nobody. Its value is never repeated, for it may carry a password.
 */
export function assertEndpoints(env: Env): void {
  for (const name of VARIABLES) {
    const value = variable(env, name);
    if (value === undefined || isAddress(value)) continue;
    throw new UserError(`${name} is no http or https URL: set it to one like http://localhost:4566, or unset it`);
  }
}

/** `localhost:4566` parses too: as a URL of the scheme `localhost:`. */
const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
