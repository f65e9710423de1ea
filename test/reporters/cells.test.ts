import { describe, expect, it } from '@jest/globals';
import { cells, cut, flow, pad, widest, wrap } from '../../src/reporters/cells.ts';
import fc from '../support/fast-check.ts';

describe('terminal cells', () => {
  it.each([
    ['alias/orders', 12],
    ['', 0],
    ['Zürich', 6],
    ['e\u0301', 1],
    ['鍵', 2],
    ['키', 2],
    ['ｆｕｌｌ', 8],
    ['ﾊﾝｶｸ', 4],
    ['🔑', 2],
    ['👍🏽', 2],
    ['🇨🇭', 2],
    ['…–≠', 3],
    ['\u001b[31mred\u001b[39m', 3],
  ])('%j takes %d', (text, expected) => {
    expect(cells(text)).toBe(expected);
  });

  it.each([
    ['alias/orders', 12, 'alias/orders'],
    ['alias/orders', 8, 'alias/o…'],
    ['鍵の管理', 8, '鍵の管理'],
    ['鍵の管理', 7, '鍵の管…'],
    ['鍵の管理', 6, '鍵の…'],
    ['ne\u0301e', 2, 'n…'],
    ['ne\u0301e', 3, 'ne\u0301e'],
  ])('%j cut to %d cells is %j', (text, width, expected) => {
    expect(cut(text, width)).toBe(expected);
  });

  const text = fc.string({ unit: fc.constantFrom('a', 'é', '鍵', '🔑', 'e\u0301', ' ') });

  it('are never more than asked for after a cut', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (value, width) => {
        expect(cells(cut(value, width))).toBeLessThanOrEqual(width);
        if (cells(value) <= width) expect(cut(value, width)).toBe(value);
      }),
    );
  });

  it('are filled up, and never cut, by padding', () => {
    expect(pad('鍵', 4)).toBe('鍵  ');
    expect(pad('alias', 2)).toBe('alias');
  });
});

describe('lines', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom('a', '鍵'), minLength: 1, maxLength: 30 }));

  it('hold every word in order, and are too long only for one word that is', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (all, width) => {
        const lines = wrap(all.join(' '), width);
        expect(lines.flatMap((line) => line.split(' '))).toEqual(all);
        for (const line of lines) if (line.includes(' ')) expect(cells(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('begin anew where the next part does not fit', () => {
    expect(flow(['3 critical', '4 high', '1 low'], ' · ', 20)).toEqual(['3 critical · 4 high', '1 low']);
    expect(flow([], ' · ', 20)).toEqual([]);
  });

  it('have a widest among any number', () => {
    expect(widest([])).toBe(0);
    expect(widest(Array.from({ length: 200_000 }, (_, at) => at))).toBe(199_999);
  });
});
