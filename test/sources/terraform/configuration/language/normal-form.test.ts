import { describe, expect, it } from '@jest/globals';
import { normalized } from '../../../../../src/sources/terraform/configuration/language/normal-form.ts';

describe('the normal form of a text', () => {
  it.each([
    ['plain', 'plain'],
    ['clés', 'clés'],
    ['cle\u0301s', 'cl\u00e9s'],
    ['\u30ab\u3099', '\u30ac'],
    ['\u212b', undefined], // Of a block that is not vouched for.
    ['中文, हि, русский', '中文, हि, русский'],
    ['\u{1f600} \u{1fae0}', '\u{1f600} \u{1fae0}'],
  ])('of %j is %j', (text, normal) => {
    expect(normalized(text)).toBe(normal);
  });

  // U+105C9 came with Unicode 16; Go 1.24 has Unicode 15, Node 20 has 15.1 to 17.
  it.each(['\u{105d2}\u0307', '\u0378', 'e\u0301 \u{105d2}', '\u{10ffff}'])('of %j depends on the version', (text) => {
    expect(normalized(text)).toBeUndefined();
  });
});
