import { UserError } from '../../errors.ts';
import { nearestRegion } from '../../model/regions.ts';
import { errorText } from './error-text.ts';
import { type Env, variable } from './profile.ts';

/** `eu-west-1`, `us-gov-east-1`, `us-iso-east-1`, `eusc-de-east-1`: new Regions keep this form. */
const REGION = /^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/;

/** Whether the text has the form of every Region's name (AWS General Reference, "Region endpoints"). */
export const isRegionName = (text: string): boolean => REGION.test(text);

/** A Region name, or a UserError for text that cannot be one; whether it exists only AWS knows. */
export function regionNamed(text: string): string {
  if (isRegionName(text)) return text;
  throw new UserError(`${JSON.stringify(text)} is no AWS Region name: give one like eu-west-1${nearestRegion(text)}`);
}

/** How an SDK client finds its Region: the profile in the shared files, else the machine it runs on. */
type ConfiguredRegion = () => Promise<string>;

async function configured(region: ConfiguredRegion): Promise<string | undefined> {
  try {
    return await region();
  } catch (error) {
    // The SDK's loader has no other way to say that nothing names a Region.
    if (error instanceof Error && error.message === 'Region is missing') return undefined;
    throw new UserError(`cannot find the profile's Region: ${errorText(error)}; give --region or set AWS_REGION`);
  }
}

/** The Region to look at when nobody names one: environment before profile. The SDK knows AWS_REGION only. */
export async function homeRegion(env: Env, region: ConfiguredRegion): Promise<string | undefined> {
  const named = variable(env, 'AWS_REGION') ?? variable(env, 'AWS_DEFAULT_REGION') ?? (await configured(region));
  return named === undefined ? undefined : regionNamed(named);
}
