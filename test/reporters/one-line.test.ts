import { describe, expect, it } from '@jest/globals';
import { inOneLine } from '../../src/reporters/one-line.ts';

describe('a text of a rule in one line', () => {
  it.each([
    ['Look at it.', 'Look at it.'],
    ['Cancel it:\n  aws kms a\n  aws kms b\n', 'Cancel it: aws kms a; aws kms b'],
    ['aws kms a \\\n    --key-id K', 'aws kms a --key-id K'],
    ['One.\n\nTwo,\nthree', 'One. Two, three'],
    ['\n \n', ''],
  ])('%j is %j', (text, expected) => {
    expect(inOneLine(text)).toBe(expected);
  });
});
