import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import { toldByPlans } from '../../src/policy/told-by-plans.ts';

const MODULE: Coverage = {
  source: 'configuration',
  operation: 'module',
  locator: 'a#module.kms',
  status: 'failed',
  reason: 'module "kms" (a/main.tf:1) is not followed: acme/kms is not installed: run terraform init',
};
const PLAN: Coverage = { source: 'plan', locator: 'p', status: 'complete', plan: { root: 'a', whole: true } };

const statusBeside = (plan: Coverage, module: Coverage = MODULE): string | undefined =>
  toldByPlans([module, plan]).find(({ source }) => source === 'configuration')?.status;

describe('a module that is not installed is no gap beside a plan of its root', () => {
  it('that is whole', () => {
    expect(toldByPlans([MODULE, PLAN])).toEqual([
      { ...MODULE, status: 'complete', reason: `${MODULE.reason}; p says what becomes of its keys` },
      PLAN,
    ]);
  });

  it.each<[string, Coverage]>([
    ['not of another root', { ...PLAN, plan: { root: 'a/b', whole: true } }],
    ['not of nobody knows which', { ...PLAN, plan: { root: null, whole: true } }],
    ['not one that may not be whole', { ...PLAN, plan: { root: 'a', whole: false } }],
    ['not one that came with the repository', { ...PLAN, plan: { root: 'a', whole: true, committed: true } }],
    ['not one that is not of its root', { ...PLAN, status: 'failed', reason: 'it is of another root' }],
  ])('%s', (_, plan) => {
    expect(statusBeside(plan)).toBe('failed');
  });

  it('but one that is not to be installed is', () => {
    expect(
      statusBeside(PLAN, { ...MODULE, reason: 'module "kms" (a/main.tf:1) is not followed: ../kms: no such file' }),
    ).toBe('failed');
  });
});
