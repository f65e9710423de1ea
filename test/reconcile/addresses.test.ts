import { describe, expect, it } from '@jest/globals';
import { blockPath, stepsOf } from '../../src/model/address.ts';
import { isLike, isWithin } from '../../src/reconcile/addresses.ts';

describe('the address without any index', () => {
  it.each([
    ['aws_kms_key.a', 'aws_kms_key.a'],
    ['aws_kms_key.a[0]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x"]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x[0]"]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x["]', 'aws_kms_key.a'],
    ['aws_kms_key.a["[\\"]"]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x.y"]', 'aws_kms_key.a'],
    ['aws_kms_key.a[*]', 'aws_kms_key.a'],
    ['module.m["x"].aws_kms_key.a', 'module.m.aws_kms_key.a'],
    ['module.m["x"].module.n[0].aws_kms_key.a["y"]', 'module.m.module.n.aws_kms_key.a'],
    ['module.m', 'module.m'],
    ['module.module.aws_kms_key.module', 'module.module.aws_kms_key.module'],
    ['data.aws_kms_key.a[1]', 'data.aws_kms_key.a'],
  ])('%s: %s', (address, path) => {
    expect(blockPath(address)).toBe(path);
  });

  it('takes time in proportion to the address, whatever a hostile state calls a key', () => {
    expect(stepsOf(`aws_kms_key.${'['.repeat(3_000_000)}`)).toHaveLength(1);
    expect(stepsOf(`aws_kms_key.${'.'.repeat(100_000)}`).length).toBeGreaterThan(0);
    expect(stepsOf('a["')).toHaveLength(1);
  });
});

describe('a pattern', () => {
  it.each([
    ['aws_kms_key.a[*]', 'aws_kms_key.a[0]', true],
    ['aws_kms_key.a[*]', 'aws_kms_key.a', true],
    ['aws_kms_key.a[*]', 'aws_kms_key.b["x"]', false],
    ['module.m[*].aws_kms_key.a["y"]', 'module.m["x"].aws_kms_key.a["y"]', true],
    ['module.m[*].aws_kms_key.a["y"]', 'module.m["x"].aws_kms_key.a["z"]', false],
    ['module.m[*].aws_kms_key.a', 'module.m["x"].module.n.aws_kms_key.a', false],
    ['aws_kms_key.a', 'aws_kms_key.a[0]', false],
    ['module.m.aws_kms_key.a[*]', 'module.m[0].aws_kms_key.a[1]', false],
  ])('%s stands for %s: %s', (pattern, address, like) => {
    expect(isLike(stepsOf(pattern), stepsOf(address))).toBe(like);
  });

  it.each([
    ['module.m', 'module.m["x"].aws_kms_key.a', true],
    ['module.m["x"]', 'module.m["x"].module.n.aws_kms_key.a', true],
    ['module.m["y"]', 'module.m["x"].aws_kms_key.a', false],
    ['module.m[*].module.n', 'module.m["x"].module.n[3].aws_kms_key.a', true],
    ['module.m.module.n', 'module.m.aws_kms_key.a', false],
    ['aws_kms_key.a', 'aws_kms_key.a[0]', true],
    ['aws_kms_key.a[1]', 'aws_kms_key.a[0]', false],
  ])('%s holds %s: %s', (module, address, within) => {
    expect(isWithin(stepsOf(module), stepsOf(address))).toBe(within);
  });
});
