import { describe, expect, it } from '@jest/globals';
import { addressOf } from '../../../../src/sources/terraform/state/address.ts';

const instance = { module: '', mode: 'managed', type: 'aws_kms_key', name: 'orders', index: undefined } as const;

describe('addresses are spelt as Terraform prints them', () => {
  it.each([
    [{}, 'aws_kms_key.orders'],
    [{ mode: 'data' as const }, 'data.aws_kms_key.orders'],
    [{ module: 'module.payments' }, 'module.payments.aws_kms_key.orders'],
    [{ module: 'module.a["x"].module.b[0]' }, 'module.a["x"].module.b[0].aws_kms_key.orders'],
    [{ module: 'module.a', mode: 'data' as const, index: 1 }, 'module.a.data.aws_kms_key.orders[1]'],
    [{ index: 0 }, 'aws_kms_key.orders[0]'],
    [{ index: '0' }, 'aws_kms_key.orders["0"]'],
    [{ index: '' }, 'aws_kms_key.orders[""]'],
    [{ index: 'eu-west-1/prod' }, 'aws_kms_key.orders["eu-west-1/prod"]'],
    [{ index: 'say "hi"' }, 'aws_kms_key.orders["say \\"hi\\""]'],
    [{ index: 'a\\b' }, 'aws_kms_key.orders["a\\\\b"]'],
    [{ index: 'a\nb\rc\td' }, 'aws_kms_key.orders["a\\nb\\rc\\td"]'],
    [{ index: `\${x} %{y} $x %y` }, `aws_kms_key.orders["$\${x} %%{y} $x %y"]`],
    [{ index: `$\${x}` }, `aws_kms_key.orders["$$\${x}"]`],
    [{ index: 'Schlüssel 鍵 🔑' }, 'aws_kms_key.orders["Schlüssel 鍵 🔑"]'],
    [{ index: 'a\u001b[31m' }, 'aws_kms_key.orders["a\\u001b[31m"]'],
    [{ index: 'a\u00a0b\u{e0001}' }, 'aws_kms_key.orders["a\\u00a0b\\U000e0001"]'],
  ])('%j is %s', (part, address) => {
    expect(addressOf({ ...instance, ...part })).toBe(address);
  });
});
