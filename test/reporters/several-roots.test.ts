import { describe, expect, it } from '@jest/globals';
import { codequality } from '../../src/reporters/codequality.ts';
import { github } from '../../src/reporters/github.ts';
import { junit } from '../../src/reporters/junit.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import type { Reporter } from '../../src/reporters/reporter.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { finding, instance, reportKey, reportOf } from '../fixtures/report.ts';

const held = ['r7.tfstate', 'r7.tfstate', 'old.tfstate'].map((source) => instance({ source }));

describe('a finding on a key of one root of several, in a module that many call', () => {
  const written = (reporter: Reporter, root: string | undefined, state = held.slice(0, 1)): string => {
    const keys = Array.from({ length: 11 }, (_, n) => reportKey(`k${n}`, { state }));
    const findings = keys.map((key) => finding('a-rule', 'high', key, root === undefined ? {} : { root }));
    return [...reporter(reportOf({ keys, findings }), { width: 100, color: false, limit: 20 })].join('');
  };

  it.each<[string, Reporter, string]>([
    ['github, as annotation', github, '%0Aroot roots/r7, state r7.tfstate%0A'],
    ['github, in the fold', github, '(root roots/r7, state r7.tfstate)'],
    ['sarif', sarif, '\\n\\nroot roots/r7, state r7.tfstate\\n\\n'],
    ['codequality', codequality, ', root roots/r7, state r7.tfstate)'],
    ['junit', junit, '\nroot roots/r7, state r7.tfstate\n'],
    ['markdown', markdown, '| root | `roots/r7` |'],
  ])('says whose it is in %s', (_, reporter, words) => {
    expect(written(reporter, 'roots/r7')).toContain(words);
    expect(written(reporter, undefined)).not.toMatch(/root (?:roots|\|)|state r7\.tfstate[,)%]/);
  });

  it('has how many states have it, and none where that is not known', () => {
    expect(written(github, 'roots/r7', held)).toContain('%0Aroot roots/r7, state r7.tfstate and 1 more%0A');
    expect(written(github, 'roots/r7', [])).toContain('%0Aroot roots/r7%0A');
  });
});
