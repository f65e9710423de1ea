import { describe, expect, it } from '@jest/globals';
import { addedTo, baselineWords } from '../../src/config/added-baseline.ts';
import { parseBaseline } from '../../src/config/baseline.ts';
import type { BaselineEntry } from '../../src/model/baseline.ts';

const entry = (name: string, over: Partial<BaselineEntry> = {}): BaselineEntry => ({
  rule: 'tags-drift',
  key: name,
  severity: 'low',
  since: '2026-01-31',
  fingerprint: name,
  ...over,
});

const text = (...findings: readonly BaselineEntry[]): string => JSON.stringify({ version: '1', findings });

describe('what a change takes into the baseline', () => {
  const now = parseBaseline('b.json', text(entry('a', { severity: 'high' }), entry('b'), entry('c')));

  it.each<[string, string | undefined, readonly string[]]>([
    ['all where there was none', undefined, ['a', 'b', 'c']],
    ['all where it could not be read', '{', ['a', 'b', 'c']],
    ['what was not in it, and what was in it for less', text(entry('a'), entry('b')), ['a', 'c']],
    ['nothing that was', text(entry('a', { severity: 'high' }), entry('b'), entry('c'), entry('d')), []],
  ])('is %s', (_, before, keys) => {
    expect(addedTo(now, before === undefined ? undefined : Buffer.from(before)).map(({ key }) => key)).toEqual(keys);
  });

  it('is told by its gravest findings', () => {
    const grave = entry('z', { rule: 'destroy-planned', severity: 'critical' });
    const others = ['a', 'b', 'c', 'd', 'e'].map((name) => entry(name));
    expect(baselineWords([...others, grave])).toBe(
      'the baseline takes in 6 findings: destroy-planned (critical) of z, tags-drift (low) of a, tags-drift (low) of b, tags-drift (low) of c, tags-drift (low) of d and 1 more',
    );
    expect(baselineWords([])).toBe('the baseline');
  });
});
