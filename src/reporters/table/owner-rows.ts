import type { ReportKey } from '../../model/report.ts';
import { day } from '../words.ts';

type Row = readonly [label: string, parts: readonly string[]];

/** Who else has the key, where its aliases went, and when it was last used: nothing where nothing is said of that. */
export const ownerRows = (key: ReportKey): readonly Row[] => [
  ...(key.owners ?? []).map((owner): Row => ['owner', [ownerText(owner)]]),
  ...(key.aliasDrifts ?? []).map(
    ({ name, source, address, target }): Row => [
      'alias',
      [`${name} of ${address} in ${source}`, target === null ? 'KMS has none of this name' : `KMS: ${target}`],
    ],
  ),
  ['last use', usageParts(key)],
];

type Owner = NonNullable<ReportKey['owners']>[number];

function ownerText({ name, by, strength, status }: Owner): string {
  if (status === 'left') return `${name}, which let go of it`;
  return strength === 'weak' ? `${name}, by its ${by}: weak, for whoever made the key wrote it` : `${name}, by ${by}`;
}

function usageParts({ lastUsage, unknown }: ReportKey): readonly string[] {
  if (lastUsage === undefined) return unknown['lastUsage'] === undefined ? [] : [`? ${unknown['lastUsage']}`];
  const { usedAt, operation, trackingStart } = lastUsage;
  if (usedAt === null) return [`none since ${day(trackingStart)}`];
  return [operation === null ? day(usedAt) : `${day(usedAt)} (${operation})`];
}
