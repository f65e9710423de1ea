import { describe, expect, it } from '@jest/globals';
import type { AcceptedGap } from '../../../src/model/acceptance.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import { exitCode, gateSentence } from '../../../src/policy/gate.ts';
import {
  configurationCovered,
  eventsCovered,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  stateCovered,
} from '../../support/facts.ts';
import { gap, notesOf, RULES, reportWith } from './accepted.ts';

const LOCKED: Coverage = {
  source: 'kms',
  operation: 'DescribeKey',
  locator: keyArn(1),
  ...REALM,
  status: 'failed',
  reason: 'AccessDenied',
};
const SEALED = stateCovered({ locator: 'states/sealed.tfstate', status: 'failed', reason: 'encrypted' });
const seen = (...gaps: readonly Coverage[]) =>
  inventory([live(keyArn(2)), held(keyArn(2))], {
    coverage: [kmsCovered(), eventsCovered(), stateCovered(), configurationCovered(), ...gaps],
  });

const GATE = { failOn: 'high', allowPartial: false, detailedExitcode: false } as const;
const NONE = RULES.slice(0, 0);

describe('an accepted gap', () => {
  it.each<[string, Coverage, AcceptedGap, boolean]>([
    ['of one key', LOCKED, gap({ source: 'kms', arn: keyArn(1) }), true],
    ['of another key', LOCKED, gap({ source: 'kms', arn: keyArn(2) }), false],
    ['of its Region', LOCKED, gap({ source: 'kms', account: REALM.account, region: REALM.region }), true],
    ['of another Region', LOCKED, gap({ source: 'kms', region: 'eu-central-1' }), false],
    ['of its account', LOCKED, gap({ source: 'kms', account: REALM.account }), true],
    ['of another account', LOCKED, gap({ source: 'kms', account: '444455556666' }), false],
    ['of another source', LOCKED, gap({ source: 'cloudtrail', region: REALM.region }), false],
    ['of its place', SEALED, gap({ source: 'state', locator: 'states/*.tfstate' }), true],
    ['of another place', SEALED, gap({ source: 'state', locator: 'other/*' }), false],
    ['of a Region, which a state does not name', SEALED, gap({ source: 'state', region: REALM.region }), false],
    ['to its last day', LOCKED, gap({ source: 'kms', arn: keyArn(1) }, '2026-11-23'), true],
    ['that ended', LOCKED, gap({ source: 'kms', arn: keyArn(1) }, '2026-11-22'), false],
  ])('%s', (_name, missing, accepted, holds) => {
    const report = reportWith(seen(missing), { gaps: [accepted] }, { judging: NONE });
    expect(report.scan.complete).toBe(holds);
    expect(report.summary.acceptedGaps).toBe(holds ? 1 : undefined);
    expect(exitCode(report, GATE)).toBe(holds ? 0 : 3);
    const entry = report.coverage.find(({ locator }) => locator === missing.locator);
    expect(entry?.accepted?.reason).toBe(holds ? 'ACME-13' : undefined);
  });

  it('that ended counts again, and says so', () => {
    const report = reportWith(seen(LOCKED), { gaps: [gap({ source: 'kms', arn: keyArn(1) }, '2026-11-22')] });
    expect(report.coverage.find(({ locator }) => locator === keyArn(1))?.lapsed).toMatchObject({
      because: 'it ended on 2026-11-22',
      reason: 'ACME-13',
    });
    expect(notesOf(report)).toEqual([
      'warning keydrift.yaml:9: the accepted gap of kms ended on 2026-11-22: 1 gap counted again',
    ]);
  });

  it.each<[string, AcceptedGap, boolean]>([
    ['its source alone', gap({ source: 'state' }), true],
    ['any place', gap({ source: 'state', locator: '**' }), true],
    ['places', gap({ source: 'state', locator: 'states/*' }), false],
    ['its source alone, and has ended', gap({ source: 'state' }, '2026-11-22'), false],
    ['its source alone, and is for nothing', gap({ source: 'cloudtrail' }), false],
  ])('that names %s is warned of where it holds for more than is meant', (_name, accepted, isNoted) => {
    const report = reportWith(seen(SEALED), { gaps: [accepted] }, { judging: NONE });
    const ofAll = notesOf(report).filter((text) => text.includes('every gap'));
    expect(ofAll).toEqual(
      isNoted
        ? [
            'warning keydrift.yaml:9: the accepted gap of state is for every gap of that source, those to come included: name the one that is meant by account, region, arn or locator',
          ]
        : [],
    );
    expect(report.scan.complete).toBe(isNoted || accepted.locator === 'states/*');
  });

  it('changes no standing, and nothing that rests on what was read', () => {
    const gaps = [gap({ source: 'state', locator: 'states/sealed.tfstate' })];
    const facts = inventory([live(keyArn(3))], { header: { estate: 'complete' } });
    const sealed = { ...facts, coverage: [...facts.coverage, SEALED] };
    const before = reportWith(sealed);
    const after = reportWith(sealed, { gaps });
    expect(before.scan.complete).toBe(false);
    expect(after.scan.complete).toBe(true);
    expect(after.keys).toEqual(before.keys);
    expect(after.keys[0]?.standing).toBe('undetermined');
    expect(after.findings).toEqual(before.findings);
    expect(after.rules).toEqual(before.rules);
    expect(after.summary.iacCoverage).toBeNull();
  });

  it('of a source that gave nothing does not make a scan of nothing', () => {
    const nothing = inventory([], { coverage: [], header: { requested: ['kms'] } });
    const report = reportWith(nothing, { gaps: [gap({ source: 'kms', region: REALM.region })] });
    expect(report.summary.acceptedGaps).toBe(1);
    expect(gateSentence(report, GATE)).toBe('exit 2: no requested source gave anything');
  });

  it.each<[string, AcceptedGap, boolean]>([
    ['everything it names was read', gap({ source: 'kms', arn: keyArn(2) }), true],
    ['its Region was read', gap({ source: 'kms', region: REALM.region }), true],
    ['its place was read', gap({ source: 'state', locator: 'terraform.tfstate' }), true],
    ['its place was not looked at', gap({ source: 'state', locator: 'elsewhere' }), false],
    ['its Region was not scanned', gap({ source: 'kms', region: 'us-west-2' }), false],
    ['its source was not asked for', gap({ source: 'plan', locator: '*' }), false],
  ])('is called unused only where that is certain: %s', (_name, accepted, isNoted) => {
    const report = reportWith(seen(), { gaps: [accepted] });
    expect(notesOf(report)).toEqual(
      isNoted
        ? [
            `info keydrift.yaml:9: the accepted gap of ${accepted.source} is for nothing: what it names was read; delete it`,
          ]
        : [],
    );
  });
});
