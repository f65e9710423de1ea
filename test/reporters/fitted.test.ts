import { describe, expect, it } from '@jest/globals';
import { fitted } from '../../src/reporters/fitted.ts';
import { plainText } from '../../src/reporters/plain-text.ts';
import fc from '../support/fast-check.ts';

describe('text that has to fit', () => {
  it.each([
    ['orders', 6, 'orders'],
    ['orders!', 6, 'ord…'],
    ['Zürich', 7, 'Zürich'],
    ['Zürich', 6, 'Zü…'],
    ['鍵鍵鍵', 9, '鍵鍵鍵'],
    ['鍵鍵鍵', 8, '鍵…'],
    ['🔑🔑', 8, '🔑🔑'],
    ['🔑🔑', 7, '🔑…'],
    ['\u0000', 6, '\\u0000'],
  ])('%j in %d bytes is %j', (text, bytes, expected) => {
    expect(fitted(text, bytes)).toBe(expected);
  });

  it('does, and is the whole of it wherever that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 3, max: 120 }), (text, bytes) => {
        const fit = fitted(text, bytes);
        const whole = plainText(text);
        expect(Buffer.byteLength(fit)).toBeLessThanOrEqual(bytes);
        expect(fit).not.toMatch(/\p{Cs}/u);
        if (Buffer.byteLength(whole) <= bytes) expect(fit).toBe(whole);
        else expect(whole.startsWith(fit.slice(0, -1))).toBe(true);
      }),
    );
  });
});
