import { describe, expect, it } from '@jest/globals';
import { leastPolicy, PERMISSIONS } from '../../../src/sources/aws/permissions.ts';

describe('the least IAM policy', () => {
  it('only reads', () => {
    for (const { action } of PERMISSIONS)
      expect(action).toMatch(/^(kms|cloudtrail|cloudformation|sts):(List|Describe|Get|Lookup)/);
  });

  it('has every action but the one that needs none', () => {
    expect(leastPolicy().Statement[0].Action).toEqual([
      'kms:ListKeys',
      'kms:DescribeKey',
      'kms:ListAliases',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
      'kms:GetKeyPolicy',
      'kms:DescribeCustomKeyStores',
      'kms:GetKeyLastUsage',
      'cloudtrail:LookupEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:DescribeStacks',
      'cloudformation:ListStackResources',
    ]);
  });

  it('leaves out what no rule needs', () => {
    expect(leastPolicy(new Set(['live', 'live.tags'])).Statement[0].Action).toEqual([
      'kms:ListKeys',
      'kms:DescribeKey',
      'kms:ListAliases',
      'kms:ListResourceTags',
      'cloudtrail:LookupEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:DescribeStacks',
      'cloudformation:ListStackResources',
    ]);
  });
});
