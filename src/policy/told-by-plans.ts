import { type Coverage, isNotInstalled, plannedRoots } from '../model/coverage.ts';

/**
 * The coverage without gaps for modules that are not installed, of roots whose whole plan was read: what becomes of the keys
 * that they declare, the plan says.
 */
export function toldByPlans(coverage: readonly Coverage[]): readonly Coverage[] {
  const plans = plannedRoots(coverage);
  if (plans.size === 0) return coverage;
  return coverage.map((entry) => {
    const { source, operation, status, locator = '', reason = '' } = entry;
    if (source !== 'configuration' || operation !== 'module' || status === 'complete') return entry;
    const plan = isNotInstalled(reason) ? plans.get(locator.split('#', 1)[0] ?? '') : undefined;
    return plan === undefined
      ? entry
      : { ...entry, status: 'complete' as const, reason: `${reason}; ${plan} says what becomes of its keys` };
  });
}
