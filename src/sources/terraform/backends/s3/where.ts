import { UserError } from '../../../../errors.ts';
import { isRegionName } from '../../../aws/region.ts';

/** `s3://BUCKET/KEY[?region=REGION]`. */
export interface S3Where {
  readonly kind: 's3';
  readonly bucket: string;
  /** As written: `*`, `**` and `?` are wildcards, and `%2A`, `%3F` and `%25` are the characters themselves. */
  readonly key: string;
  /** Where the bucket is; undefined: S3 tells. */
  readonly region?: string;
}

/** Bucket names, those from before 2018 in us-east-1 too (Amazon S3 user guide, "General purpose bucket naming rules"). */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i;
const REGION_QUERY = /\?region=([^&?/]*)$/;

/** Reads what stands behind `s3://`; a UserError for what cannot be a bucket and a key. */
export function parseS3(address: string): S3Where {
  const region = REGION_QUERY.exec(address)?.[1];
  const place = address.replace(REGION_QUERY, '');
  const [bucket = ''] = place.split('/', 1);
  if (!BUCKET.test(bucket)) throw new UserError('--state s3://…: a bucket and a key are wanted, as s3://BUCKET/KEY');
  if (region !== undefined && !isRegionName(region))
    throw new UserError('--state s3://…?region=: a Region is named like eu-west-1');
  const key = place.slice(bucket.length + 1);
  return { kind: 's3', bucket, key, ...(region === undefined ? {} : { region }) };
}

/** A key's text so that no character of it is taken for a wildcard or a query. */
export const literalKey = (key: string): string =>
  key.replace(/[%*?]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
