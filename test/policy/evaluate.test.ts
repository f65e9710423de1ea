import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../src/errors.ts';
import type { KeyRecord } from '../../src/model/key-record.ts';
import { beforeRecords, NOT_ASKED } from '../../src/model/not-asked.ts';
import type { CompiledRule } from '../../src/policy/compile.ts';
import { judge } from '../../src/policy/evaluate.ts';
import type { JudgingContext } from '../../src/policy/verdict.ts';
import fc from '../support/fast-check.ts';
import { givenKey, type RuleFields, rules } from '../support/rules.ts';

const CONTEXT: JudgingContext = { asOf: '2026-06-01T00:00:00.000Z', estate: 'partial' };
const arn = (n: number): string =>
  `arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-${String(n).padStart(12, '0')}`;
const judged = (compiled: readonly CompiledRule[], ...keys: readonly KeyRecord[]) => judge(compiled, keys, CONTEXT);
const quoted = (cel: string): string => JSON.stringify(cel);

const managed = (n: number, over: object = {}): KeyRecord => givenKey({ arn: arn(n), standing: 'managed', ...over });
const drifted = (...differences: readonly object[]): KeyRecord =>
  givenKey({ standing: 'managed', state: [{}], live: {}, differences });

describe('judging keys', () => {
  it('makes one finding with all that a report says of it', () => {
    const compiled = rules({ message: quoted(`\${key.name} is odd`), remediation: quoted(`ask \${key.creator.text}`) });
    const key = managed(1, { aliases: ['alias/orders'], configuration: [{ path: 'kms.tf', line: 7 }] });
    const { findings, rules: results } = judged(compiled, key);
    expect(findings).toEqual([
      {
        rule: 'odd-key',
        severity: 'high',
        status: 'open',
        key: arn(1),
        arn: arn(1),
        message: 'alias/orders is odd',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        location: { path: 'kms.tf', line: 7 },
        evidence: [{ witness: 'configuration', text: 'aws_kms_key.orders at kms.tf:7 declares no attributes known' }],
        remediation: 'ask someone unknown',
      },
    ]);
    expect(results).toEqual([
      {
        id: 'odd-key',
        title: 'A key is odd',
        severity: 'high',
        about: 'estate',
        help: 'because\nSee https://example.com/odd',
        evaluated: 1,
        notEvaluated: 0,
        reasons: [],
      },
    ]);
  });

  it.each(['out-of-scope', 'aws-managed'])('leaves keys that are %s alone', (standing) => {
    const { findings, rules: results } = judged(rules({ when: quoted('true') }), givenKey({ standing }));
    expect(findings).toEqual([]);
    expect(results[0]).toMatchObject({ evaluated: 0, notEvaluated: 0 });
  });

  it('counts keys for which something Unknown decides, by reason', () => {
    const compiled = rules({ when: quoted('has(key.live) && key.live.enabled') }, { id: 'even-key' });
    const denied = (n: number, reason: string) => managed(n, { live: { unknown: { enabled: reason } } });
    const {
      findings,
      rules: results,
      notJudged,
    } = judged(
      compiled,
      denied(1, 'denied'),
      denied(2, 'denied'),
      denied(3, 'throttled'),
      managed(4, { live: { enabled: true } }),
    );
    expect(findings.filter(({ rule }) => rule === 'odd-key').map(({ key }) => key)).toEqual([arn(4)]);
    expect(results.map(({ id, evaluated, notEvaluated }) => [id, evaluated, notEvaluated])).toEqual([
      ['even-key', 4, 0],
      ['odd-key', 1, 3],
    ]);
    expect(results[1]?.reasons).toEqual([
      { reason: 'denied', keys: 2 },
      { reason: 'throttled', keys: 1 },
    ]);
    expect(notJudged).toBe(3);
  });

  it.each([
    ['what was not asked for', NOT_ASKED.cloudtrail, 0],
    ['a key older than the records', beforeRecords('2026-08-25'), 0],
    ['what was denied', 'CreateKey records: denied', 1],
  ])(
    'a rule that cannot be evaluated because of %s (%s) leaves so many keys not judged: %d',
    (_, created, expected) => {
      const { rules: results, notJudged } = judged(
        rules({ when: quoted('has(key.created)') }),
        managed(1, { unknown: { created } }),
      );
      expect(results[0]).toMatchObject({ notEvaluated: 1, reasons: [{ reason: created, keys: 1 }] });
      expect(notJudged).toBe(expected);
    },
  );

  it('names ten reasons and counts the rest together', () => {
    const keys = Array.from({ length: 30 }, (_, n) =>
      managed(n, { live: { unknown: { enabled: `denied ${100 + n}` } } }),
    );
    const [result] = judged(rules({ when: quoted('key.live.enabled') }), ...keys).rules;
    expect(result?.reasons).toHaveLength(11);
    expect(result?.reasons[0]).toEqual({ reason: 'denied 100', keys: 1 });
    expect(result?.reasons[10]).toEqual({ reason: '20 other reasons', keys: 20 });
    expect(result).toMatchObject({ evaluated: 0, notEvaluated: 30 });
  });

  it('a facet that could not be asked is Unknown, one that is absent is not', () => {
    const compiled = rules({ when: quoted('!has(key.live)') });
    expect(judged(compiled, managed(1)).findings).toHaveLength(1);
    const unasked = judged(compiled, managed(1, { unknown: { live: 'KMS was not asked' } }));
    expect(unasked.findings).toEqual([]);
    expect(unasked.rules[0]?.reasons).toEqual([{ reason: 'KMS was not asked', keys: 1 }]);
  });

  it.each<[string, string]>([
    ['has(key.created)', 'created'],
    ['has(key.replicated)', 'replicated'],
    ['has(key.deletion)', 'deletion'],
    ['has(key.keyStore)', 'keyStore'],
    ['size(key.state) == 0', 'state'],
    ['size(key.configuration) == 0', 'configuration'],
  ])('%s is not evaluated where %s is Unknown', (when, facet) => {
    const { rules: results } = judged(rules({ when: quoted(when) }), managed(1, { unknown: { [facet]: 'not asked' } }));
    expect(results[0]).toMatchObject({ notEvaluated: 1, reasons: [{ reason: 'not asked', keys: 1 }] });
  });

  it.each(['keyState', 'deletionDate', 'timeToDeletion', 'validTo', 'daysToExpiry', 'expirationModel', 'keyManager'])(
    'a denied DescribeKey leaves %s Unknown',
    (field) => {
      const key = managed(1, {
        live: { keyState: null, keyManager: null, unknown: { enabled: 'DescribeKey denied' } },
      });
      const { rules: results } = judged(rules({ when: quoted(`has(key.live.${field})`) }), key);
      expect(results[0]?.reasons).toEqual([{ reason: 'DescribeKey denied', keys: 1 }]);
    },
  );

  it('never asks in vain who made or deleted a key', () => {
    const compiled = rules({ when: quoted('key.creator.via == "unknown" && key.deleter.via == "unknown"') });
    const key = managed(1, { unknown: { created: 'too old', deletion: 'not asked' } });
    expect(judged(compiled, key).findings).toHaveLength(1);
  });

  it('takes the severity of the first that holds; one that is Unknown does not', () => {
    const severityWhen = '[{ when: "key.live.enabled", severity: critical }, { when: "true", severity: low }]';
    const compiled = rules({ severityWhen });
    const severities = judged(
      compiled,
      managed(1, { live: { enabled: true } }),
      managed(2, { live: { unknown: { enabled: 'denied' } } }),
    ).findings.map(({ key, severity }) => [key, severity]);
    expect(severities).toEqual([
      [arn(1), 'critical'],
      [arn(2), 'low'],
    ]);
  });

  it('blames the rule, by line and key, for reading what a key does not have', () => {
    const compiled = rules({ when: '|\n  key.standing == "managed" &&\n  key.live.keyState == "Enabled"' });
    expect(() => judged(compiled, managed(1))).toThrow(
      new UserError(
        `rules/odd-key.yaml:9: when: No such key: live, for ${arn(1)}; guard what may be left out with has()`,
      ),
    );
  });

  it('blames a hole by its line', () => {
    const compiled = rules({ remediation: `|\n  look at\n  \${key.live.keyState}` });
    expect(() => judged(compiled, managed(1))).toThrow(
      new UserError(
        `rules/odd-key.yaml:12: remediation: No such key: live, for ${arn(1)}; guard what may be left out with has()`,
      ),
    );
  });
});

describe('judging differences', () => {
  const differing: RuleFields = {
    subject: 'difference',
    when: quoted('difference.pair == "state/live" && difference.attribute in ["keySpec", "keyUsage"]'),
    message: quoted(`\${difference.attribute}: \${difference.state}, \${difference.live}`),
  };

  it('makes one finding for each attribute, whichever instance differs', () => {
    const key = drifted(
      { attribute: 'keySpec', pair: 'state/live', state: 'RSA_2048', live: 'RSA_4096', address: 'a' },
      { attribute: 'keySpec', pair: 'state/live', state: 'RSA_3072', live: 'RSA_4096', address: 'b' },
      { attribute: 'keyUsage', pair: 'state/live', state: 'SIGN_VERIFY', live: 'ENCRYPT_DECRYPT', address: 'a' },
      { attribute: 'origin', pair: 'state/live', state: 'EXTERNAL', live: 'AWS_KMS', address: 'a' },
    );
    const { findings, rules: results } = judged(rules(differing), key);
    expect(findings.map(({ attribute, message }) => [attribute, message])).toEqual([
      ['keySpec', 'keySpec: RSA_2048, RSA_4096'],
      ['keyUsage', 'keyUsage: SIGN_VERIFY, ENCRYPT_DECRYPT'],
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(results[0]).toMatchObject({ evaluated: 1, notEvaluated: 0 });
  });

  it.each<[string, object, object]>([
    ['the state does not know', { unknown: { keySpec: 'why' } }, { live: { keySpec: 'RSA_2048' } }],
    ['KMS did not tell', { keySpec: 'RSA_2048' }, { live: { unknown: { keySpec: 'why' } } }],
    ['KMS could not be asked', { keySpec: 'RSA_2048' }, { unknown: { live: 'why' } }],
  ])('cannot say whether they differ where %s', (_, instance, rest) => {
    const key = givenKey({ standing: 'managed', state: [instance], ...rest });
    const { findings, rules: results } = judged(rules(differing), key);
    expect(findings).toEqual([]);
    expect(results[0]).toMatchObject({ evaluated: 0, notEvaluated: 1, reasons: [{ reason: 'why', keys: 1 }] });
  });

  it.each<[string, object, object]>([
    ['an attribute it does not ask about is Unknown', { unknown: { origin: 'why' } }, { live: { origin: 'AWS_KMS' } }],
    ['one witness does not speak of it', {}, { live: { unknown: { keySpec: 'why' } } }],
    ['the key is known not to exist', { keySpec: 'RSA_2048' }, {}],
    [
      'a deposed instance does not know',
      { status: 'deposed', unknown: { keySpec: 'why' } },
      { live: { keySpec: 'X' } },
    ],
  ])('has nothing to say where %s', (_, instance, rest) => {
    const key = givenKey({ standing: 'managed', state: [instance], ...rest });
    expect(judged(rules(differing), key).rules[0]).toMatchObject({ evaluated: 1, notEvaluated: 0 });
  });

  it('judges every difference there is, also of attributes that are not compared today', () => {
    const key = drifted({ attribute: 'description', pair: 'configuration/live', configuration: 'a', live: 'b' });
    const compiled = rules({ subject: 'difference', when: quoted('difference.pair == "configuration/live"') });
    expect(judged(compiled, key).findings.map(({ attribute }) => attribute)).toEqual(['description']);
  });

  it('a finding counts as evaluated even where another attribute is Unknown', () => {
    const key = givenKey({
      standing: 'managed',
      state: [{ keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' }],
      live: { keySpec: 'RSA_4096', unknown: { keyUsage: 'denied' } },
      differences: [{ attribute: 'keySpec', pair: 'state/live', state: 'RSA_2048', live: 'RSA_4096' }],
    });
    const { findings, rules: results } = judged(rules(differing), key);
    expect(findings).toHaveLength(1);
    expect(results[0]).toMatchObject({ evaluated: 1, notEvaluated: 0 });
  });

  it('sees the configuration against the state where KMS could not be asked', () => {
    const key = givenKey({
      standing: 'undetermined',
      state: [{ keySpec: 'RSA_2048' }],
      configuration: [{ unknown: { keySpec: 'var.spec' } }],
      unknown: { live: 'denied' },
    });
    const compiled = rules({ ...differing, when: quoted('difference.pair == "configuration/state"') });
    expect(judged(compiled, key).rules[0]?.reasons).toEqual([{ reason: 'var.spec', keys: 1 }]);
  });
});

describe('the order of findings', () => {
  const compiled = rules(
    { id: 'b-key', severity: 'low' },
    { id: 'a-key', severity: 'low' },
    { id: 'z-key', severity: 'critical' },
    { id: 'd-key', subject: 'difference', when: quoted('true') },
  );
  const keys = [3, 1, 2].map((n) =>
    managed(n, {
      differences: [
        { attribute: 'origin', pair: 'state/live', state: 'EXTERNAL', live: 'AWS_KMS' },
        { attribute: 'keySpec', pair: 'state/live', state: 'RSA_2048', live: 'RSA_4096' },
      ],
    }),
  );

  it('is severity, rule, key, attribute', () => {
    const order = judged(compiled, ...keys).findings.map(({ rule, key, attribute }) => [rule, key.at(-1), attribute]);
    expect(order).toEqual([
      ...['1', '2', '3'].map((key) => ['z-key', key, undefined]),
      ...['1', '2', '3'].flatMap((key) => [
        ['d-key', key, 'keySpec'],
        ['d-key', key, 'origin'],
      ]),
      ...['a-key', 'b-key'].flatMap((rule) => ['1', '2', '3'].map((key) => [rule, key, undefined])),
    ]);
  });

  it('does not depend on the order of keys and rules', () => {
    const expected = judged(compiled, ...keys);
    const shuffled = fc.tuple(
      fc.shuffledSubarray([...compiled], { minLength: compiled.length }),
      fc.shuffledSubarray(keys, { minLength: keys.length }),
    );
    fc.assert(
      fc.property(shuffled, ([someRules, someKeys]) => {
        expect(judge(someRules, someKeys, CONTEXT)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
