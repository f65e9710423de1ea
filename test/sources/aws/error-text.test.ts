import { describe, expect, it } from '@jest/globals';
import { errorName, errorText } from '../../../src/sources/aws/error-text.ts';
import fc from '../../support/fast-check.ts';

const withCode = (message: string, code: string): Error => Object.assign(new Error(message), { code });
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

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
