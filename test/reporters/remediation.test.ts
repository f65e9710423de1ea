import { describe, expect, it } from '@jest/globals';
import { pageFor } from '../../src/reporters/table/page.ts';
import { remediationLines } from '../../src/reporters/table/remediation.ts';

const page = pageFor({ width: 80, color: false, limit: 10 });
const lines = (remediation: string, shown: Set<string>): string[] => [
  ...remediationLines('fix', remediation, page, shown),
];

const CANCEL = '  aws kms cancel-key-deletion --key-id K';
const ENABLE = '  aws kms enable-key --key-id K';

describe('commands of a remedy', () => {
  it('stand whole on lines of their own', () => {
    expect(lines(`Cancel, then enable:\n${CANCEL}\n${ENABLE}\nThen look again.`, new Set())).toEqual([
      '  fix            Cancel, then enable:',
      '    aws kms cancel-key-deletion --key-id K',
      '    aws kms enable-key --key-id K',
      '                 Then look again.',
    ]);
  });

  it('that an earlier remedy of the key has shown are pointed to, where all of them are', () => {
    const shown = new Set<string>();
    lines(`Cancel:\n${CANCEL}\n${ENABLE}`, shown);
    expect(lines(`Ask Bob, then:\n${ENABLE}\nThen look again.`, shown)).toEqual([
      '  fix            Ask Bob, then: as above',
      '                 Then look again.',
    ]);
    expect(lines(`Enable, and see:\n${ENABLE}\n  aws kms describe-key --key-id K`, shown)).toEqual([
      '  fix            Enable, and see:',
      '    aws kms enable-key --key-id K',
      '    aws kms describe-key --key-id K',
    ]);
  });

  it('keep their indentation, and need no prose before them', () => {
    expect(lines('    import {\n      to = K\n    }', new Set())).toEqual(['    import {', '      to = K', '    }']);
  });
});
