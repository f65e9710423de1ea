import { describe, expect, it } from '@jest/globals';
import { stateIndex } from '../../../../src/sources/terraform/roots/belongs.ts';

describe('a state belongs to what leads to it', () => {
  it.each([
    ['/repository/a/terraform.tfstate', 'a/terraform.tfstate', true],
    ['/repository/a/terraform.tfstate', 'b/terraform.tfstate', false],
    ['/elsewhere/x', '../elsewhere/x', true],
    ['s3://bucket/k?region=eu-west-1', 's3://bucket/k', true],
    ['s3://bucket/k', 's3://other/k', false],
    ['s3://bucket/env:/*/k', 's3://bucket/env:/prod/k', true],
    ['s3://bucket/env:/*/k', 's3://bucket/env:/a/b/k', false],
    ['s3://bucket/a%2A', 's3://bucket/a*', true],
    ['s3://bucket/a%2A', 's3://bucket/ab', false],
    ['s3://bucket/states/', 's3://bucket/states/x', true],
    ['tfc://org/net-*', 'tfc://org/net-prod', true],
    ['tfc://org/net', 'tfc://org/net', true],
    ['tfc://org/net', 'tfc://other/net', false],
    ['tfc://tfe.example.com/org/net', 'tfc://tfe.example.com/org/net', true],
    ['tfc://tfe.example.com/org/net', 'tfc://org/net', false],
    ['https://git.example/state/a', 'https://git.example/state/a', true],
    ['https://git.example/state/a', 'https://git.example/state/b', false],
    ['s3://', 's3://', false],
    ['-', '-', false],
  ])('%s and %s: %j', (where, locator, expected) => {
    expect(stateIndex(['another', locator, 's3://bucket/zzz'], '/repository')([where]).includes(locator)).toBe(
      expected,
    );
  });

  it('and to any of several, each once', () => {
    const index = stateIndex(['b', 'a', 'a', 's3://bucket/x', 's3://bucket/y', 's3://other/x'], '/repository');
    expect(index(['/repository/b', 's3://bucket/*', 's3://bucket/x'])).toEqual(['b', 's3://bucket/x', 's3://bucket/y']);
    expect(index([])).toEqual([]);
  });
});
