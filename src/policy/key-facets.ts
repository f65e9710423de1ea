import type { KeyRecord } from '../model/key-record.ts';
import type { Instant } from '../model/time.ts';
import { raiseUnknown } from './unknown.ts';

/** A key record and the time that its age and deadlines are reckoned from. */
export interface KeySource {
  readonly record: KeyRecord;
  readonly asOf: Instant;
}

/** The value when it is there; Unknown where its absence is not proved; else omitted. */
export function facet<T, V>(
  record: KeyRecord,
  name: keyof KeyRecord['unknown'],
  value: T | null,
  view: (value: T) => V,
): unknown {
  if (value !== null) return view(value);
  const reason = record.unknown[name];
  return reason === undefined ? undefined : raiseUnknown(reason);
}

/** The same of a list: Unknown where it is empty and that is not proved. */
export function facets<T, V>(
  record: KeyRecord,
  name: keyof KeyRecord['unknown'],
  values: readonly T[],
  of: (value: T) => V,
): readonly V[] {
  const reason = record.unknown[name];
  return values.length === 0 && reason !== undefined ? raiseUnknown(reason) : values.map(of);
}
