import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readRuleFiles } from '../../src/config/rule-files.ts';
import { VIAS } from '../../src/model/facts/cloudtrail.ts';
import { OWNER_STATUSES, OWNER_STRENGTHS, OWNERS_BY, STANDINGS, type Standing } from '../../src/model/key-record.ts';
import { SEVERITIES } from '../../src/model/rule.ts';
import { compileRules } from '../../src/policy/compile.ts';
import { judge } from '../../src/policy/evaluate.ts';
import { lintRule } from '../../src/policy/lint.ts';
import { testRules } from '../../src/policy/rule-tests.ts';
import fc from '../support/fast-check.ts';
import { rulesReadme } from '../support/generate/rules-readme.ts';
import { givenKey } from '../support/rules.ts';

const DIRECTORY = fileURLToPath(new URL('../../rules/', import.meta.url));
const FILES = await readRuleFiles(DIRECTORY);
const RULES = compileRules(FILES);

describe('the tests in the built-in rules', () => {
  it.each(testRules(FILES))('$rule: $test', ({ failure }) => {
    expect(failure).toBeNull();
  });

  it.each(FILES.map(({ rule }) => rule))('$id shows a finding, none, and more', ({ tests }) => {
    const results = tests.map(({ expect: expected }) => expected.result);
    expect(results).toEqual(expect.arrayContaining(['finding', 'none']));
    expect(results.length).toBeGreaterThanOrEqual(3);
    expect(tests.some(({ expect: expected }) => expected.message !== undefined)).toBe(true);
  });

  it.each(FILES.map(({ rule }) => rule))('$id says where to read more', ({ references }) => {
    expect(references).not.toEqual([]);
  });
});

it.each(FILES)('$path has nothing that lint remarks on', (file) => {
  expect(lintRule(file)).toEqual([]);
});

it('rules/README.md is what npm run generate writes', () => {
  expect(readFileSync(`${DIRECTORY}README.md`, 'utf8')).toBe(rulesReadme(FILES).text);
});

it('the severities are those that were agreed', () => {
  const ids = SEVERITIES.map((severity) => [
    severity,
    FILES.filter(({ rule }) => rule.severity === severity).map(({ rule }) => rule.id),
  ]);
  expect(Object.fromEntries(ids)).toEqual({
    critical: ['destroy-planned', 'key-pending-deletion', 'missing-key', 'primary-moved', 'replacement-planned'],
    high: [
      'abandonment-planned',
      'alias-drift',
      'claimed-twice',
      'deleted-outside-iac',
      'deposed-key',
      'key-material-expiring',
      'key-store-mismatch',
      'key-store-missing',
      'key-unavailable',
      'multi-region-mismatch',
      'origin-mismatch',
      'policy-drift',
      'second-claim-planned',
      'spec-mismatch',
      'state-split',
      'unmanaged-key',
      'unmanaged-replica',
      'unrecorded-key',
      'usage-mismatch',
      'xks-key-mismatch',
    ],
    medium: [
      'creation-record-conflict',
      'forget-planned',
      'handmade-key',
      'key-disabled',
      'key-material-missing',
      'rotation-drift',
      'stack-left-key',
    ],
    low: ['short-lived-key', 'tags-drift', 'unclaimed-key'],
    info: ['created-outside-iac', 'description-drift', 'key-retiring', 'key-without-alias', 'unused-key'],
  });
});

/** The one thing to say of a key in no state: the first that fits. */
const IN_NO_STATE = [
  'unrecorded-key',
  'unmanaged-replica',
  'stack-left-key',
  'handmade-key',
  'unmanaged-key',
  'unclaimed-key',
];

const anyActor = fc.option(fc.record({ via: fc.constantFrom(...VIAS) }), { nil: undefined });
const live = fc.record({
  keyState: fc.constantFrom(null, 'Enabled', 'Disabled', 'PendingImport', 'Unavailable'),
  multiRegionRole: fc.constantFrom(null, 'PRIMARY', 'REPLICA'),
});
const anyKey = fc.record(
  {
    standing: fc.constantFrom(...STANDINGS),
    live: fc.oneof(live, fc.constant({ keyState: null, unknown: { enabled: 'denied', multiRegionRole: 'denied' } })),
    creator: anyActor,
    created: anyActor,
    primaryStanding: fc.constantFrom(null, ...STANDINGS),
    errored: fc.array(fc.constant({}), { maxLength: 1 }),
    isByDeployer: fc.boolean(),
    owners: fc.array(
      fc.record({
        by: fc.constantFrom(...OWNERS_BY),
        strength: fc.constantFrom(...OWNER_STRENGTHS),
        status: fc.constantFrom(...OWNER_STATUSES),
      }),
      { maxLength: 2 },
    ),
    unknown: fc.constantFrom(
      {},
      { created: 'made before the records begin' },
      { created: 'off', configuration: 'several states' },
    ),
    estate: fc.constantFrom('complete', 'partial'),
  },
  { requiredKeys: ['standing', 'live', 'primaryStanding'] },
);

describe('a key in no state', () => {
  const rules = RULES.filter(({ rule }) => IN_NO_STATE.includes(rule.id));
  const saysOf = (given: object) => {
    const key = givenKey(withoutUndefined(given));
    const { findings, rules: results } = judge(rules, [key], { asOf: '2026-06-01T00:00:00.000Z', estate: 'partial' });
    const notEvaluated = results.reduce((sum, result) => sum + result.notEvaluated, 0);
    return { ids: findings.map(({ rule }) => rule), notEvaluated, key };
  };
  const inNoState = (standing: Standing) => standing === 'unmanaged' || standing === 'unclaimed';

  it('gets exactly one finding for that, whatever is Unknown about it; other keys get none', () => {
    fc.assert(
      fc.property(anyKey, (given) => {
        const { ids, notEvaluated } = saysOf(given);
        expect(notEvaluated).toBe(0);
        expect(ids).toHaveLength(inNoState(given.standing) ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it('gets the first that fits: unrecorded, replica, left by a stack, handmade, else unmanaged or unclaimed', () => {
    fc.assert(
      fc.property(anyKey, (given) => {
        fc.pre(inNoState(given.standing));
        const { ids, key } = saysOf(given);
        const via = key.creator?.via ?? 'unknown';
        const complete = key.standing === 'unmanaged';
        const ours = ['terraform', 'opentofu'].includes(via) && (complete || key.isByDeployer);
        const recorded = !(key.errored.length > 0 || ours);
        const left = key.owners.some(({ status }) => status === 'left');
        const replica = key.primaryStanding === 'managed';
        const handmade = !complete && ['console', 'cli', 'sdk'].includes(via);
        const fits = [!recorded, replica, left, handmade, complete, true].indexOf(true);
        expect(ids).toEqual([IN_NO_STATE[fits]]);
      }),
      { numRuns: 500 },
    );
  });

  it('is no high finding unless the estate is complete or a managed key, a crashed apply or a deployer speaks of it', () => {
    fc.assert(
      fc.property(anyKey, (given) => {
        fc.pre(given.standing === 'unclaimed' && given.primaryStanding !== 'managed' && !given.errored?.length);
        fc.pre(given.isByDeployer !== true);
        const key = givenKey(withoutUndefined(given));
        const { findings } = judge(RULES, [key], { asOf: '2026-06-01T00:00:00.000Z', estate: 'partial' });
        expect(findings.map(({ severity }) => severity)).not.toContain('high');
        expect(findings.map(({ severity }) => severity)).not.toContain('critical');
      }),
      { numRuns: 300 },
    );
  });
});

const withoutUndefined = (given: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** Standings of keys that KMS does not list. */
const NOT_LIVE: ReadonlySet<Standing> = new Set(['missing', 'gone', 'not-created', 'undetermined', 'out-of-scope']);

it('no built-in rule faults on any key: what may be left out is guarded', () => {
  fc.assert(
    fc.property(anyKey, fc.boolean(), fc.boolean(), (given, alive, held) => {
      const { live: present, ...rest } = withoutUndefined(given);
      const key = givenKey({
        ...rest,
        ...(alive ? { live: present } : {}),
        ...(held || rest['standing'] === 'missing' ? { state: [{}] } : {}),
      });
      fc.pre(alive !== NOT_LIVE.has(key.standing) || key.standing === 'undetermined');
      expect(() => judge(RULES, [key], { asOf: '2026-06-01T00:00:00.000Z', estate: 'partial' })).not.toThrow();
    }),
    { numRuns: 250 },
  );
});

describe('what to do', () => {
  const remediesFor = (id: string, given: Parameters<typeof givenKey>[0]) =>
    judge(
      RULES.filter(({ rule }) => rule.id === id),
      [givenKey(given)],
      { asOf: '2026-06-01T00:00:00.000Z', estate: 'partial' },
    ).findings.map(({ remediation }) => remediation);

  it.each([2, 3])('about %d claims names the first two, each with its state', (number) => {
    const claims = ['a', 'b', "c['x']"].slice(0, number).map((name) => ({
      address: `aws_kms_key.${name}`,
      source: `${name}.tfstate`,
      lineage: name,
    }));
    const [remedy] = remediesFor('claimed-twice', { standing: 'managed', live: {}, state: claims, claims });
    expect(remedy).toContain('aws_kms_key.a in a.tfstate:\n  terraform state rm aws_kms_key.a\n');
    expect(remedy).toContain('aws_kms_key.b in b.tfstate:\n  terraform state rm aws_kms_key.b');
    expect(remedy?.includes('(the first two of 3)')).toBe(number === 3);
  });

  it.each([
    ['where KMS and the state have the primary', true, '--region us-west-2 --key-id', '--primary-region eu-west-1'],
    [
      'by a word to fill in where they do not say',
      false,
      '--region REGION_OF_PRIMARY',
      '--primary-region REGION_IN_STATE',
    ],
  ])('about a moved primary names Regions: %s', (_, known, from, to) => {
    const arnIn = (region: string) => `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
    const role = { attribute: 'multiRegionRole', pair: 'state/live', state: 'PRIMARY', live: 'REPLICA' };
    const moved = {
      attribute: 'primaryKeyArn',
      pair: 'state/live',
      state: arnIn('eu-west-1'),
      live: arnIn('us-west-2'),
    };
    const [remedy] = remediesFor('primary-moved', {
      standing: 'managed',
      state: [{ multiRegionRole: 'PRIMARY' }],
      live: { multiRegionRole: 'REPLICA' },
      differences: known ? [role, moved] : [role],
    });
    expect(remedy).toContain(from);
    expect(remedy).toContain(to);
  });
});
