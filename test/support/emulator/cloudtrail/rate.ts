/** Milliseconds of a clock that only the rate limit reads. */
export type RateClock = () => number;

/**
 * True while an account and Region stays within `perSecond` calls. A bucket of `perSecond` calls that fills evenly
 * (CloudTrail API reference: two LookupEvents a second for each account and Region).
 */
export function rateLimit(perSecond: number | null, clock: RateClock): (realm: string) => boolean {
  if (perSecond === null) return () => true;
  const most = Math.max(1, perSecond);
  const buckets = new Map<string, { calls: number; at: number }>();
  return (realm) => {
    const now = clock();
    const bucket = buckets.get(realm) ?? { calls: most, at: now };
    const calls = Math.min(most, bucket.calls + ((now - bucket.at) / 1000) * perSecond);
    const passes = calls >= 1;
    buckets.set(realm, { calls: passes ? calls - 1 : calls, at: now });
    return passes;
  };
}
