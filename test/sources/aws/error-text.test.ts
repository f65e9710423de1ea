import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorName, errorText, oneLine } from '../../../src/sources/aws/error-text.ts';

const withCode = (message: string, code: string): Error => Object.assign(new Error(message), { code });
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

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

describe('errors as text', () => {
  it.each([
    ['AWS errors by name', named('AccessDeniedException', 'no'), 'AccessDeniedException: no'],
    ['plain errors without it', new Error('no'), 'no'],
    ['Node errors by code', withCode('socket hang up', 'ECONNRESET'), 'ECONNRESET: socket hang up'],
    [
      'a code only once',
      withCode('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
      'connect ECONNREFUSED 127.0.0.1:1',
    ],
    ['several connects', Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['an error without a word', new Error(''), 'Error'],
    ['thrown text', 'boom', 'boom'],
    ['nothing at all', undefined, 'undefined'],
  ])('say %s', (_, error, text) => {
    expect(errorText(error)).toBe(text);
  });

  it('are named for whatever is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(typeof errorName(thrown)).toBe('string');
      }),
    );
  });
});
