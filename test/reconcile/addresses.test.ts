import { describe, expect, it } from '@jest/globals';
import { blockAddress } from '../../src/reconcile/addresses.ts';

describe('the address of the block behind an instance', () => {
  it.each([
    ['aws_kms_key.a', 'aws_kms_key.a'],
    ['aws_kms_key.a[0]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x"]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x[0]"]', 'aws_kms_key.a'],
    ['aws_kms_key.a["x["]', 'aws_kms_key.a'],
    ['aws_kms_key.a["[\\"]"]', 'aws_kms_key.a'],
    ['aws_kms_key.a[each.key]', 'aws_kms_key.a'],
    ['module.m["x"].aws_kms_key.a', 'module.m["x"].aws_kms_key.a'],
    ['module.m["x"].aws_kms_key.a["y"]', 'module.m["x"].aws_kms_key.a'],
    ['aws_kms_key.a[each.value["x"]]', 'aws_kms_key.a[each.value["x"]]'],
  ])('%s: %s', (address, block) => {
    expect(blockAddress(address)).toBe(block);
  });

  it('takes time in proportion to the address, whatever a hostile state calls a key', () => {
    const nested = `aws_kms_key.${'['.repeat(3_000_000)}`;
    expect(blockAddress(nested)).toBe(nested);
    expect(blockAddress(`${nested}]x]`)).toBe(`${nested}]x]`);
  });
});
