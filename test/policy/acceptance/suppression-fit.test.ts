import { describe, expect, it } from '@jest/globals';
import type { SuppressionMatch } from '../../../src/model/acceptance.ts';
import type { Fact, RootFact, StateAliasFact } from '../../../src/model/facts.ts';
import type { Fit } from '../../../src/model/fit.ts';
import { HOUR } from '../../../src/model/time.ts';
import { suppressionFit } from '../../../src/policy/acceptance/suppression-fit.ts';
import { pairingOf } from '../../../src/policy/state-holders.ts';
import {
  actor,
  created,
  declared,
  held,
  heldAlias,
  inventory,
  keyArn,
  live,
  root,
  STATE,
} from '../../support/facts.ts';
import { reconciled } from '../../support/reconciled.ts';

const ARN = keyArn(1);

function recordOf(facts: readonly Fact[], over: Parameters<typeof inventory>[1] = {}) {
  const { keys } = reconciled(inventory(facts, over), { estate: 'partial', graceMs: HOUR, secondLook: 'required' });
  const [record, ...others] = keys;
  if (record === undefined || others.length > 0) throw new Error(`${keys.length} keys`);
  return record;
}

const bySession = actor('sdk', {
  principal: 'arn:aws:sts::111122223333:assumed-role/vendor/installer',
  role: 'arn:aws:iam::111122223333:role/vendor',
});
const tags = { team: 'edge' };
const alias = (over: Partial<StateAliasFact> = {}): Fact => heldAlias(ARN, { address: 'aws_kms_alias.this', ...over });

const managed = recordOf(
  [
    live(ARN, {
      aliases: ['alias/orders', 'alias/rogue'],
      attributes: { ...live(ARN).attributes, tags: { rogue: 'yes' } },
    }),
    held(ARN, { address: 'module.a["x"].aws_kms_key.b[0]', attributes: { ...held(ARN).attributes, tags } }),
    declared({ address: 'module.a["x"].aws_kms_key.b[0]', root: 'infra' }),
    root('infra', [STATE]),
    created(ARN, { actor: bySession }),
    alias(),
  ],
  {
    coverage: [
      ...inventory([]).coverage.filter(({ source }) => source !== 'configuration'),
      { source: 'configuration', locator: 'infra', status: 'complete' },
    ],
  },
);

describe('a suppression fits', () => {
  it.each<[SuppressionMatch, Fit]>([
    [{ arn: ARN }, 'fits'],
    [{ arn: 'arn:aws:kms:*:111122223333:key/*' }, 'fits'],
    [{ arn: 'arn:aws:kms:us-east-1:*' }, 'no'],
    [{ address: 'module.a["x"].aws_kms_key.b[0]' }, 'fits'],
    [{ address: 'module.a.aws_kms_key.b' }, 'fits'],
    [{ address: 'module.a.*' }, 'fits'],
    [{ address: 'infra#module.a.aws_kms_key.b' }, 'fits'],
    [{ address: 'infra#*' }, 'fits'],
    [{ address: `${STATE}#module.a.aws_kms_key.b` }, 'fits'],
    [{ address: 'other#*' }, 'no'],
    [{ address: 'aws_kms_key.b' }, 'no'],
    [{ address: 'module.a["y"].aws_kms_key.b[0]' }, 'no'],
    [{ creator: 'arn:aws:iam::*:role/vendor' }, 'fits'],
    [{ creator: 'arn:aws:sts::*:assumed-role/vendor/*' }, 'fits'],
    [{ creator: 'arn:aws:iam::*:role/deployer' }, 'no'],
    [{ alias: 'alias/orders' }, 'fits'],
    [{ alias: 'alias/rogue' }, 'no'],
    [{ tag: { key: 'team' } }, 'fits'],
    [{ tag: { key: 'team', value: 'ed*' } }, 'fits'],
    [{ tag: { key: 'team', value: 'core' } }, 'no'],
    [{ tag: { key: 'rogue' } }, 'no'],
    [{ tag: { key: 'toString' } }, 'no'],
    [{ tag: { key: 'team' }, alias: 'alias/orders', arn: ARN }, 'fits'],
    [{ tag: { key: 'team' }, alias: 'alias/rogue' }, 'no'],
  ])('%j: %s', (match, fit) => {
    expect(suppressionFit(match, managed)).toBe(fit);
  });

  it('never what KMS alone has: whoever made the key wrote that', () => {
    const rogue = recordOf([
      live(ARN, { aliases: ['alias/rogue'], attributes: { ...live(ARN).attributes, tags: { rogue: 'yes' } } }),
    ]);
    expect(suppressionFit({ alias: 'alias/rogue' }, rogue)).toBe('no');
    expect(suppressionFit({ tag: { key: 'rogue' } }, rogue)).toBe('no');
  });

  const OWN = root('infra', [STATE]);
  it.each<readonly [string, string, readonly RootFact[], Fit]>([
    ['the root that alone has its state', 'infra#aws_kms_key.old', [OWN, root('edge', ['edge.tfstate'])], 'fits'],
    ['another root', 'edge#aws_kms_key.old', [OWN, root('edge', ['edge.tfstate'])], 'no'],
    ['one of two that share its state', 'infra#aws_kms_key.old', [OWN, root('edge', [STATE])], 'unknown'],
    ['one whose states are not known', 'infra#aws_kms_key.old', [root('infra', null)], 'unknown'],
    ['one whose states are not known, but another has it', 'edge#aws_kms_key.old', [OWN, root('edge', null)], 'no'],
  ])('a deleted key by %s', (_, address, roots, fit) => {
    const bare = { ...recordOf([live(ARN), held(ARN, { address: 'aws_kms_key.old' })]), unknown: {} };
    expect(suppressionFit({ address }, bare, pairingOf(roots, inventory([]).coverage))).toBe(fit);
  });

  it('no alias that a data source read from KMS', () => {
    expect(suppressionFit({ alias: 'alias/orders' }, recordOf([live(ARN), held(ARN), alias({ mode: 'data' })]))).toBe(
      'no',
    );
  });

  it.each<[string, SuppressionMatch, readonly Fact[], Parameters<typeof inventory>[1]]>([
    ['who made it is not known', { creator: '*' }, [live(ARN)], {}],
    [
      'the role behind a session is not told',
      { creator: 'arn:aws:iam::*:role/vendors/*' },
      [live(ARN), created(ARN, { actor: { ...bySession, role: null } })],
      {},
    ],
    ['no state was asked for', { alias: '*' }, [live(ARN)], { header: { requested: ['kms'] } }],
    ['no configuration was asked for', { address: '*' }, [live(ARN)], { header: { requested: ['kms', 'state'] } }],
    ['its tags are an expression', { tag: { key: 'team' } }, [declared({ unknown: { tags: 'an expression' } })], {}],
  ])('nobody can say, where %s', (_name, match, facts, over) => {
    expect(suppressionFit(match, recordOf(facts, over))).toBe('unknown');
  });

  it('an alias that configuration binds to a key that is to be made', () => {
    expect(suppressionFit({ alias: 'alias/next' }, recordOf([declared({ aliases: ['alias/next'] })]))).toBe('fits');
  });

  it('no key that is not made yet by its ARN or its creator', () => {
    const next = recordOf([declared()]);
    expect(next.standing).toBe('not-created');
    expect([suppressionFit({ arn: '*' }, next), suppressionFit({ creator: '*' }, next)]).toEqual(['no', 'no']);
    expect(suppressionFit({ address: '.#aws_kms_key.this' }, next)).toBe('fits');
  });
});
