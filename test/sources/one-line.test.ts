import { describe, expect, it } from '@jest/globals';
import { oneLine } from '../../src/sources/one-line.ts';
import fc from '../support/fast-check.ts';

describe('foreign text in reasons', () => {
  it.each([
    ['line breaks', 'one\r\n\ttwo', 'one two'],
    ['terminal escapes', '\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['C1 controls', 'a\u009bb', 'a b'],
    ['bidi overrides', 'a\u202egpj.exe', 'a gpj.exe'],
    ['lone surrogates', 'a\ud800b', 'a b'],
    ['nothing but white space', ' \n ', ''],
  ])('has no %s', (_, text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it('is cut after 300 code points, never inside one', () => {
    expect(oneLine('é😀'.repeat(400))).toBe(`${'é😀'.repeat(149)}é…`);
  });

  it('is one short printable line whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 800 }), (text) => {
        const line = oneLine(text);
        expect([...line].length).toBeLessThanOrEqual(300);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});
