import { describe, expect, it } from '@jest/globals';
import { baselineLines, parseBaseline, readBaseline } from '../../src/config/baseline.ts';
import { parseJsonFile } from '../../src/config/json-document.ts';
import { ATTRIBUTE_NAMES } from '../../src/model/attributes.ts';
import type { BaselineEntry } from '../../src/model/baseline.ts';
import { SEVERITIES } from '../../src/model/rule.ts';
import fc from '../support/fast-check.ts';
import { userErrorOf } from '../support/user-error.ts';

const ENTRY: BaselineEntry = {
  rule: 'unmanaged-key',
  key: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  severity: 'high',
  since: '2026-11-23',
  fingerprint: 'f1',
};
const fileOf = (...entries: readonly BaselineEntry[]): string => [...baselineLines(entries), ''].join('\n');

describe('a baseline file', () => {
  it('has one finding a line, sorted by rule, key and attribute, whatever the order', () => {
    const entries: readonly BaselineEntry[] = [
      { ...ENTRY, rule: 'tags-drift', attribute: 'tags', reason: 'ACME-1', fingerprint: 'f3' },
      { ...ENTRY, key: 'arn:aws:kms:eu-west-1:111122223333:key/0', fingerprint: 'f2' },
      ENTRY,
    ];
    const text = fileOf(...entries);
    expect(text).toBe(`{
  "version": "1",
  "findings": [
    { "rule": "tags-drift", "key": "arn:aws:kms:eu-west-1:111122223333:key/1", "attribute": "tags", "severity": "high", "since": "2026-11-23", "reason": "ACME-1", "fingerprint": "f3" },
    { "rule": "unmanaged-key", "key": "arn:aws:kms:eu-west-1:111122223333:key/0", "severity": "high", "since": "2026-11-23", "fingerprint": "f2" },
    { "rule": "unmanaged-key", "key": "arn:aws:kms:eu-west-1:111122223333:key/1", "severity": "high", "since": "2026-11-23", "fingerprint": "f1" }
  ]
}
`);
    expect(fileOf(...entries.toReversed())).toBe(text);
  });

  it('may be empty', () => {
    expect(fileOf()).toBe('{\n  "version": "1",\n  "findings": []\n}\n');
    expect(parseBaseline('b.json', fileOf())).toEqual({ path: 'b.json', entries: [] });
  });

  it('is read back as it was written, each entry with its line', () => {
    const entries = fc.uniqueArray(
      fc.record<BaselineEntry>(
        {
          rule: fc.string(),
          key: fc.string({ unit: 'binary' }),
          attribute: fc.constantFrom(...ATTRIBUTE_NAMES),
          severity: fc.constantFrom(...SEVERITIES),
          since: fc.constant('2026-11-23'),
          reason: fc.string({ minLength: 1 }),
          fingerprint: fc.string(),
        },
        { requiredKeys: ['rule', 'key', 'severity', 'since', 'fingerprint'] },
      ),
      { selector: ({ fingerprint }) => fingerprint },
    );
    fc.assert(
      fc.property(entries, (written) => {
        const read = parseBaseline('b.json', fileOf(...written)).entries;
        expect(read.map(({ line }) => line)).toEqual(written.map((_, at) => at + 4));
        const bare = read.map(({ line: _, ...entry }) => entry);
        expect(fileOf(...bare)).toBe(fileOf(...written));
        expect(new Set(bare.map((entry) => JSON.stringify(entry))).size).toBe(written.length);
      }),
    );
  });

  const twice = fileOf(ENTRY, { ...ENTRY, rule: 'z' });
  it.each([
    ['nothing', '', 'b.json:1:1: a JSON value is missing here'],
    ['no JSON', '{\n  "version": oops\n}', 'b.json:2:14: a JSON value is missing here'],
    ['a comma too many', '{\n  "version": "1",\n}', 'b.json:3:1: a JSON string is missing here, or not closed'],
    ['cut short', fileOf(ENTRY).slice(0, 60), 'b.json:4:15: a JSON string is missing here, or not closed'],
    ['another thing', '[]', 'b.json:1:1: must be a mapping, and is a list: write entries of a name and a value'],
    ['another version', '{"version": "2", "findings": []}', 'b.json:1:13: version: must be 1'],
    [
      'a misspelt field',
      '{"version": "1", "findigs": []}',
      'b.json:1:18: no such field: "findigs" (did you mean "findings"?)',
    ],
    [
      'a misspelt field of an entry',
      fileOf(ENTRY).replace('"since"', '"sinse"'),
      'b.json:4:103: findings.0: no such field: "sinse" (did you mean "since"?)',
    ],
    ['no day', fileOf({ ...ENTRY, since: 'long ago' }), 'b.json:4:112: findings.0.since: invalid ISO date'],
    ['a finding twice', twice, 'b.json:5:5: this finding stands in line 4 already'],
    ['a name twice', '{"version": "1", "version": "1"}', 'b.json:1:18: this name stands twice in one object'],
  ])('is refused with its place: %s', (_name, text, words) => {
    expect(userErrorOf(() => parseBaseline('b.json', text))).toBe(words);
  });
});

describe('reading a baseline', () => {
  it('tells what is not there from what is no file', async () => {
    expect(await readBaseline('nowhere/b.json', 'b.json')).toBeUndefined();
    await expect(readBaseline('.', 'b.json')).rejects.toThrow(/^b\.json is no regular file, so it is no baseline$/);
    await expect(readBaseline('/dev/zero', 'b.json')).rejects.toThrow(/^b\.json is no regular file/);
  });
});

describe('a JSON file', () => {
  it('says what JSON.parse says, unless a name stands twice', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJsonFile('a.json', text).data).toEqual(JSON.parse(text));
      }),
    );
  });

  it('tells where a value stands, or the nearest that holds it', () => {
    const file = parseJsonFile('a.json', '{\n "a": [\n  1,\n  {"b": 2}\n ]\n}');
    expect(file.lineOf(['a', 1, 'b'])).toBe(4);
    expect(file.placeOf(['a', 1, 'b'])).toBe('a.json:4:9');
    expect(file.placeOf(['a', 7])).toBe('a.json:2:7');
    expect(file.placeOfKey(['a', 1], 'b')).toBe('a.json:4:4');
    expect(file.placeOfKey([], 'c')).toBe('a.json:1:1');
  });
});
