import { describe, expect, it } from '@jest/globals';
import { wholeWords } from '../../src/reporters/asff/limits.ts';
import { remedyLine } from '../../src/reporters/remedy-line.ts';

describe('a remedy in one line', () => {
  it('has commands, and names a block that would be none in it', () => {
    const remediation =
      'Import it:\n  import {\n    to = aws_kms_key.a\n    id = "a"\n  }\nOr look:\n  aws kms describe-key\n';
    expect(remedyLine({ rule: 'unmanaged-key', remediation })).toBe(
      'Import it: (the block: -o json, or keydrift rules show unmanaged-key); Or look: aws kms describe-key',
    );
    expect(remedyLine({ rule: 'a', remediation: 'Do:\n  one\n  two' })).toBe('Do: one; two');
  });

  it('is cut between words for Security Hub', () => {
    const cut = wholeWords('remediation', 'abcde '.repeat(200));
    expect(cut.length).toBeLessThanOrEqual(512);
    expect(cut).toMatch(/abcde …$/);
    expect(wholeWords('remediation', 'short')).toBe('short');
  });
});
