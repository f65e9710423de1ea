import { describe, expect, it } from '@jest/globals';
import { plainText } from '../../src/reporters/plain-text.ts';
import fc from '../support/fast-check.ts';

describe('plain text', () => {
  it.each([
    ['a terminal escape', '\u001b[2J', '\\u001b[2J'],
    ['a one-byte terminal escape', '\u009b2J', '\\u009b2J'],
    ['line breaks', 'a\r\nb', 'a\\u000d\\u000ab'],
    ['a tab', 'a\tb', 'a\\u0009b'],
    ['a bidi override', 'a\u202eb', 'a\\u202eb'],
    ['a bidi isolate', 'a\u2066b', 'a\\u2066b'],
    ['zero-width characters', 'a\u200b\u200d\u2060\ufeffb', 'a\\u200b\\u200d\\u2060\\ufeffb'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a filler that shows nothing', 'a\u3164b', 'a\\u3164b'],
    ['a variation selector', 'a\ufe0f', 'a\\ufe0f'],
    ['a tag character', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['half a surrogate pair', 'a\ud800', 'a\\ud800'],
    ['a command to GitHub', 'a ##[add-mask]b', 'a \\u0023#[add-mask]b'],
    ['a command to Azure Pipelines', '##VSO[task.setvariable]', '\\u0023#VSO[task.setvariable]'],
  ])('shows %s', (_name, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it.each(['alias/orders', 'Schlüssel für Zürich', '鍵の管理', 'ключ', 'e\u0301', '🔑', 'C:\\keys'])(
    'leaves %j alone',
    (text) => {
      expect(plainText(text)).toBe(text);
    },
  );

  it('never holds what it hides, and stays the same when taken twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });

  it('keeps the value of JSON text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(plainText(JSON.stringify(text)))).toBe(text);
      }),
    );
  });
});
