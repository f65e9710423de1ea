import { describe, expect, it } from '@jest/globals';
import { baselineLines, parseBaseline } from '../../../src/config/baseline.ts';
import type { HeldBaseline } from '../../../src/model/acceptance.ts';
import type { BaselineEntry } from '../../../src/model/baseline.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { Report } from '../../../src/model/report.ts';
import { pruned, taken } from '../../../src/policy/acceptance/baseline-changes.ts';
import { checkBaseline } from '../../../src/policy/acceptance/checked.ts';
import { fingerprint } from '../../../src/policy/fingerprint.ts';
import {
  declared,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  stateCovered,
  T,
  US_EAST_1,
} from '../../support/facts.ts';
import fc from '../../support/fast-check.ts';
import { rules } from '../../support/rules.ts';
import { userErrorOf } from '../../support/user-error.ts';
import { findingsOf, gap, managedKeys, notesOf, RULES, reportWith, suppression } from './accepted.ts';

const ALL = { rules: [], reason: undefined };
const created = (report: Report): readonly BaselineEntry[] => taken([], report, ALL).entries;
const heldOf = (entries: readonly BaselineEntry[]): HeldBaseline =>
  parseBaseline('.keydrift.baseline.json', [...baselineLines(entries)].join('\n'));
const entry = (rule: string, key: string, over: Partial<BaselineEntry> = {}): BaselineEntry => ({
  rule,
  key,
  severity: 'high',
  since: '2026-01-31',
  fingerprint: fingerprint(rule, key, over.attribute),
  ...over,
});
const staleOf = ({ baseline }: Report) => baseline?.stale.map(({ rule, key }) => `${rule} ${key}`);

const two = managedKeys(keyArn(1), keyArn(2));
const badKey = live(keyArn(1), { attributes: { ...live(keyArn(1)).attributes, description: 'bad' } });

describe('a baseline', () => {
  it('marks what it knows, and nothing else', () => {
    const baseline = heldOf(created(reportWith(managedKeys(keyArn(1)))));
    const report = reportWith(two, { baseline });
    expect(findingsOf(report)).toEqual([
      'high odd-key 1 baselined',
      'high odd-key 2 open',
      'low dull-key 1 baselined',
      'low dull-key 2 open',
    ]);
    expect(report.summary).toMatchObject({ baselined: 2, findings: { high: 1, low: 1 } });
    expect(report.baseline).toEqual({ path: '.keydrift.baseline.json', entries: 2, stale: [] });
    expect(report.findings[0]).toMatchObject({
      justification: 'known since 2026-11-23',
      acceptance: { by: 'baseline', place: { path: '.keydrift.baseline.json', line: 5 } },
    });
  });

  it('does not hold for a finding that became worse, and says so', () => {
    const baseline = heldOf(created(reportWith(managedKeys(keyArn(1)))));
    const worse = reportWith(inventory([badKey, held(keyArn(1))]), { baseline });
    expect(findingsOf(worse)).toEqual([
      'high dull-key 1 open it was low when it was taken in',
      'high odd-key 1 baselined',
    ]);
    expect(worse.baseline?.stale).toEqual([]);
    const renewed = taken(baseline.entries, worse, ALL);
    expect(renewed.renewed).toMatchObject([{ rule: 'dull-key', severity: 'high' }]);
    expect(findingsOf(reportWith(two, { baseline: heldOf(renewed.entries) }))).toContain('low dull-key 1 baselined');
  });

  it('comes after a suppression, and is not stale for that', () => {
    const baseline = heldOf(created(reportWith(managedKeys(keyArn(1)))));
    const suppressions = [suppression('odd-key', { arn: keyArn(1) }, '2027-01-31')];
    const report = reportWith(managedKeys(keyArn(1)), { baseline, suppressions });
    expect(findingsOf(report)).toEqual(['high odd-key 1 suppressed', 'low dull-key 1 baselined']);
    expect(report.baseline?.stale).toEqual([]);
  });

  it('keeps day and reason of what it has, and takes in the rules asked for alone', () => {
    const before = [entry('odd-key', keyArn(1), { reason: 'ACME-1' })];
    const change = taken(before, reportWith(two), { rules: ['odd-key'], reason: 'ACME-2' });
    expect(change.entries).toEqual([before[0], entry('odd-key', keyArn(2), { since: '2026-11-23', reason: 'ACME-2' })]);
    expect([change.added.length, change.removed.length, change.renewed.length]).toEqual([1, 0, 0]);
  });
});

describe('an entry is stale', () => {
  const told = [...RULES, ...rules({ id: 'told-key', when: 'has(key.live) && key.live.enabled == false' })];
  const unsure = live(keyArn(1), { attributes: {}, unknown: { enabled: 'denied' } });
  const retiring = inventory([live(keyArn(1), { keyState: 'PendingDeletion' })]);
  const noState = stateCovered({ locator: 'b.tfstate', status: 'failed', reason: 'denied' });

  it.each<[string, Inventory, BaselineEntry, boolean]>([
    ['its rule finds the key no more', retiring, entry('odd-key', keyArn(1)), true],
    ['nobody said that these states are all', inventory([live(keyArn(1))]), entry('odd-key', keyArn(1)), false],
    ['its key is gone', two, entry('odd-key', keyArn(3)), true],
    ['its rule judged no key', two, entry('other-rule', keyArn(1)), false],
    ['its rule could not judge the key', inventory([unsure, held(keyArn(1))]), entry('told-key', keyArn(1)), false],
    ['its Region was not scanned', two, entry('odd-key', keyArn(3, US_EAST_1)), false],
    [
      'its key is in a Region that was not scanned',
      inventory([held(keyArn(3, US_EAST_1))]),
      entry('odd-key', keyArn(3, US_EAST_1)),
      false,
    ],
    [
      'a state was not read',
      inventory(retiring.facts, { coverage: [...two.coverage, noState] }),
      entry('odd-key', keyArn(1)),
      false,
    ],
    [
      'its rule needs what was not asked for',
      inventory([live(keyArn(1))], { header: { requested: ['kms'] }, coverage: [kmsCovered()] }),
      entry('odd-key', keyArn(3)),
      false,
    ],
    [
      'its block is gone',
      inventory([declared({ address: 'aws_kms_key.b' })]),
      entry('odd-key', '.#aws_kms_key.a'),
      true,
    ],
    ['its root was not looked at', two, entry('odd-key', 'other#aws_kms_key.a'), false],
  ])('where it is proved: %s', (_name, seen, one, isStale) => {
    const report = reportWith(seen, { baseline: heldOf([one]) }, { judging: told });
    expect(staleOf(report)).toEqual(isStale ? [`${one.rule} ${one.key}`] : []);
    expect(notesOf(report).filter((note) => note.includes('prune'))).toHaveLength(isStale ? 1 : 0);
  });

  it('never by a gap that somebody accepts', () => {
    const gaps = [
      {
        source: 'state' as const,
        locator: 'b.tfstate',
        acceptance: { by: 'settings' as const, reason: 'x', expires: '2027-01-31', place: { path: 'k', line: 1 } },
      },
    ];
    const seen = inventory(retiring.facts, { coverage: [...two.coverage, noState] });
    const baseline = heldOf([entry('odd-key', keyArn(1)), entry('odd-key', keyArn(3))]);
    const report = reportWith(seen, { baseline, gaps });
    expect(report.scan.complete).toBe(true);
    expect(staleOf(report)).toEqual([]);
  });

  it.each<[string, Partial<Coverage>, number, boolean]>([
    ['a state hides any key', { source: 'state', locator: 'b.tfstate' }, 1, false],
    ['one key hides itself', { source: 'kms', operation: 'ListResourceTags', locator: keyArn(1) }, 1, false],
    ['one key hides no other', { source: 'kms', operation: 'ListResourceTags', locator: keyArn(1) }, 2, true],
    ['a Region hides its keys', { source: 'kms', operation: 'ListAliases', ...REALM }, 2, false],
    [
      'a Region hides none of another',
      { source: 'kms', operation: 'ListAliases', ...REALM, region: 'sa-east-1' },
      2,
      true,
    ],
  ])('of a key that was judged, where the accepted gap of %s', (_name, over, number, isStale) => {
    const missing = stateCovered({ status: 'failed', reason: 'denied' });
    const { locator: _, ...entire } = missing;
    const facts = [keyArn(1), keyArn(2)].map((arn) => live(arn, { keyState: 'PendingDeletion' }));
    const seen = inventory(facts, { coverage: [...two.coverage, { ...entire, ...over }] });
    const gaps = [gap({ source: over.source ?? 'state' })];
    const report = reportWith(seen, { baseline: heldOf([entry('odd-key', keyArn(number))]), gaps });
    expect(report.scan.complete).toBe(true);
    expect(staleOf(report)).toEqual(isStale ? [`odd-key ${keyArn(number)}`] : []);
  });

  it('and told in one line', () => {
    const baseline = heldOf([entry('odd-key', keyArn(3)), entry('odd-key', keyArn(4)), entry('odd-key', keyArn(1))]);
    expect(notesOf(reportWith(two, { baseline }))).toEqual([
      'warning .keydrift.baseline.json: 2 of 3 known findings are gone: keydrift baseline prune takes them out',
    ]);
  });
});

describe('whatever is accepted', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
  const seenOf = (keys: readonly number[]) => managedKeys(...keys.map((key) => keyArn(key)));
  const acceptance = fc.record({
    keys: numbers,
    known: numbers,
    suppressed: numbers,
    expires: fc.constantFrom(undefined, '2026-01-31', '2027-01-31'),
  });

  it('no finding is lost or changed, and each has one status', () => {
    fc.assert(
      fc.property(acceptance, ({ keys, known, suppressed, expires }) => {
        const plain = reportWith(seenOf(keys));
        const report = reportWith(seenOf(keys), {
          baseline: heldOf(created(reportWith(seenOf(known)))),
          suppressions: suppressed.map((key) => suppression('odd-key', { arn: keyArn(key) }, expires)),
        });
        const bare = report.findings.map(({ justification: _, acceptance: __, lapsed: ___, ...rest }) => ({
          ...rest,
          status: 'open',
        }));
        expect(bare).toEqual(plain.findings);
        const { findings, baselined = 0, suppressed: silenced = 0 } = report.summary;
        const open = Object.values(findings).reduce((sum, count) => sum + count, 0);
        expect(open + baselined + silenced).toBe(plain.findings.length);
        expect(report.findings.every(({ status, acceptance: by }) => (status === 'open') === (by === undefined))).toBe(
          true,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a baseline of a report knows all that nobody suppresses; pruning it takes out what is gone, once', () => {
    fc.assert(
      fc.property(numbers, numbers, (then, now) => {
        const before = created(reportWith(seenOf(then)));
        const same = reportWith(seenOf(then), { baseline: heldOf(before) });
        expect(same.findings.every(({ status }) => status === 'baselined')).toBe(true);
        expect(same.baseline?.stale).toEqual([]);
        const later = reportWith(seenOf(now), { baseline: heldOf(before) });
        const left = pruned(before, { stale: later.baseline?.stale ?? [] });
        expect(new Set(left.entries.map(({ key }) => key))).toEqual(
          new Set(then.filter((key) => now.includes(key)).map((key) => keyArn(key))),
        );
        const again = reportWith(seenOf(now), { baseline: heldOf(left.entries) });
        expect(again.baseline?.stale).toEqual([]);
        expect(findingsOf(again)).toEqual(findingsOf(later));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a fingerprint', () => {
  it('that is of another finding than a review reads is refused', () => {
    const wrong = { ...entry('dull-key', keyArn(1)), fingerprint: fingerprint('odd-key', keyArn(2), undefined) };
    expect(userErrorOf(() => checkBaseline(heldOf([wrong])))).toMatch(
      /^\.keydrift\.baseline\.json:4: this fingerprint/,
    );
    expect(userErrorOf(() => checkBaseline(heldOf([entry('dull-key', keyArn(1), { attribute: 'tags' })])))).toBe(
      'no error',
    );
    expect(T.live.slice(0, 10)).toBe('2026-11-23');
  });
});
