import { z } from 'zod';
import { AwsError } from '../errors.ts';

/** Limit and Marker as KMS's lists take them. */
export const pagingShape = { Limit: z.number().int().min(1).max(1000).optional(), Marker: z.string().optional() };

interface Paging {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

const PREFIX = 'page:';

function startOf(marker: string | undefined): number {
  if (marker === undefined) return 0;
  const text = Buffer.from(marker, 'base64url').toString();
  const start = text.startsWith(PREFIX) ? Number(text.slice(PREFIX.length)) : Number.NaN;
  if (Number.isInteger(start)) return start;
  throw new AwsError('InvalidMarkerException', 'Could not deserialize marker');
}

/** One page of a list, with Truncated and NextMarker beside it. `most` caps what one page holds. */
export function pageOf<T>(all: readonly T[], paging: Paging, usual: number, most: number) {
  const start = startOf(paging.Marker);
  const end = start + Math.min(paging.Limit ?? usual, most);
  const truncated = end < all.length;
  const marker = truncated ? { NextMarker: Buffer.from(`${PREFIX}${end}`).toString('base64url') } : {};
  return { items: all.slice(start, end), Truncated: truncated, ...marker };
}
