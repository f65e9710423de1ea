import type { Realm } from '../../../../src/model/key-arn.ts';
import { type Cloud, contentsOf, type TrailEntry } from '../cloud.ts';

const isNewer = (a: TrailEntry, b: TrailEntry): boolean =>
  a.eventTime === b.eventTime ? a.sequence > b.sequence : a.eventTime > b.eventTime;

/** Puts an entry where it belongs in the newest-first trail of its account and Region. */
export function addToTrail(cloud: Cloud, realm: Realm, entry: Omit<TrailEntry, 'sequence'>): void {
  const { trail } = contentsOf(cloud, realm);
  const whole: TrailEntry = { ...entry, sequence: trail.length };
  let low = 0;
  let high = trail.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = trail[middle];
    if (there !== undefined && isNewer(there, whole)) low = middle + 1;
    else high = middle;
  }
  trail.splice(low, 0, whole);
}

interface Indexed {
  readonly deliveredAt: number;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

function resourcesOf(record: Readonly<Record<string, unknown>>): TrailEntry['resources'] {
  const resources = Array.isArray(record['resources']) ? record['resources'].map(object) : [];
  return resources.flatMap((resource) => {
    const name = text(resource['ARN']);
    return name === undefined ? [] : [{ type: text(resource['type']) ?? 'AWS::KMS::Key', name }];
  });
}

/** Username as LookupEvents shows it: a user's name, a role session's name. */
function usernameOf(identity: Readonly<Record<string, unknown>>): string | undefined {
  return text(identity['userName']) ?? text(identity['arn'])?.split('/').at(-1);
}

/** An entry for a whole record in CloudTrail's shape. */
export function entryOf(record: Readonly<Record<string, unknown>>, indexed: Indexed): Omit<TrailEntry, 'sequence'> {
  const identity = object(record['userIdentity']);
  return {
    eventId: text(record['eventID']) ?? '',
    eventName: text(record['eventName']) ?? '',
    eventSource: text(record['eventSource']) ?? '',
    eventTime: Date.parse(text(record['eventTime']) ?? ''),
    deliveredAt: indexed.deliveredAt,
    readOnly: record['readOnly'] === true,
    username: usernameOf(identity),
    accessKeyId: text(identity['accessKeyId']),
    resources: resourcesOf(record),
    text: JSON.stringify(record),
  };
}
