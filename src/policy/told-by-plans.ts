import { type Coverage, isNotInstalled } from '../model/coverage.ts';

/**
 * The coverage without gaps for modules that are not installed, of roots whose whole plan was read: what becomes of the keys
 * that they declare, the plan says. One that git tracks came with the repository, and says nothing for certain.
 */
export function toldByPlans(coverage: readonly Coverage[]): readonly Coverage[] {
  const plans = new Map(
    coverage.flatMap(({ source, status, locator, plan }) =>
      source === 'plan' && status === 'complete' && plan?.root != null && plan.whole && plan.committed !== true
        ? [[plan.root, locator ?? ''] as const]
        : [],
    ),
  );
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
