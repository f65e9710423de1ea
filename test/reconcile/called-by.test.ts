import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, StateAliasFact } from '../../src/model/facts.ts';
import { HOUR } from '../../src/model/time.ts';
import { nameOf } from '../../src/policy/key-derived.ts';
import { reportKey } from '../../src/policy/report-key.ts';
import { nameOf as shownName } from '../../src/reporters/words.ts';
import {
  configurationCovered,
  declared,
  held,
  heldAlias,
  inventory,
  keyArn,
  kmsCovered,
  LINEAGE,
  live,
  REALM,
  root,
  STATE,
  stateCovered,
  T,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const [X, Y] = [keyArn(1), keyArn(2)];
const OTHER = 'apps.tfstate';
const OTHERS = { source: OTHER, lineage: LINEAGE.replace('6a1e', '7b2f') };
const listed: Coverage = { source: 'kms', operation: 'ListAliases', ...REALM, status: 'complete', readAt: T.live };

const bound = (name: string, over: Partial<StateAliasFact> = {}, arn = X): StateAliasFact =>
  heldAlias(arn, { name, aliasArn: `arn:aws:kms:eu-west-1:111122223333:${name}`, ...over });

/** What messages and reporters call both keys. */
function namesOf(facts: readonly Fact[]) {
  const coverage = [
    kmsCovered(),
    stateCovered(),
    stateCovered({ locator: OTHER, lineage: OTHERS.lineage }),
    configurationCovered(),
    listed,
  ];
  const requested = ['kms' as const, 'state' as const, 'configuration' as const];
  const options = { estate: 'complete', graceMs: HOUR, secondLook: 'required' } as const;
  const { keys } = reconciled(inventory(facts, { header: { requested }, coverage }), options);
  return [X, Y].map((arn) => {
    const found = keys.filter(({ id }) => id === arn);
    return found.map((record) => [nameOf(record), shownName(reportKey(record))]);
  });
}
const twice = (name: string) => [[name, name]];
const y = held(Y, { address: 'aws_kms_key.y' });

describe('the name of a key', () => {
  it.each<[string, readonly Fact[], string]>([
    ['is the alias of its state', [live(X, { aliases: ['alias/a', 'alias/b'] }), held(X), bound('alias/b')], 'alias/b'],
    [
      "is its own state's alias before another's",
      [live(X, { aliases: ['alias/a', 'alias/b'] }), held(X), bound('alias/a', OTHERS), bound('alias/b')],
      'alias/b',
    ],
    [
      "is another state's alias where its own has none",
      [live(X, { aliases: ['alias/a', 'alias/b'] }), held(X), bound('alias/b', OTHERS)],
      'alias/b',
    ],
    [
      'is one that KMS has there too',
      [live(X, { aliases: ['alias/b'] }), held(X), bound('alias/a'), bound('alias/b')],
      'alias/b',
    ],
    ['is by the alphabet where all is alike', [live(X), held(X), bound('alias/b'), bound('alias/a')], 'alias/a'],
    [
      'is the one of its block in place of what another state has',
      [
        live(X, { aliases: ['alias/a', 'alias/b'] }),
        held(X),
        declared({ aliases: ['alias/b'] }),
        root('.', [STATE]),
        bound('alias/a', OTHERS),
      ],
      'alias/b',
    ],
    ['is what KMS alone has, else', [live(X, { aliases: ['alias/b'] }), held(X)], 'alias/b'],
    ['is the address without any alias', [live(X), held(X)], 'aws_kms_key.this'],
  ])('%s', (_, facts, name) => {
    expect(namesOf(facts)[0]).toEqual(twice(name));
  });

  it('is not an alias that was repointed from another key: that key keeps it', () => {
    const facts = [live(X), held(X), bound('alias/orders'), live(Y, { aliases: ['alias/orders'] }), y];
    expect(namesOf(facts)).toEqual([twice('alias/orders'), twice('aws_kms_key.y')]);
  });

  it('is the id of a key that nothing else names', () => {
    const facts = [live(X), held(X), bound('alias/orders'), live(Y, { aliases: ['alias/orders'] })];
    const id = Y.split('/')[1] ?? '';
    expect(namesOf(facts)[1]).toEqual([[id, id.slice(0, 8)]]);
  });

  it('is another alias of the key that one was repointed from, where there is one', () => {
    const facts = [
      live(X, { aliases: ['alias/z'] }),
      held(X),
      bound('alias/orders'),
      bound('alias/z'),
      live(Y, { aliases: ['alias/orders'] }),
      y,
    ];
    expect(namesOf(facts)[0]).toEqual(twice('alias/z'));
  });

  it.each<[string, readonly Fact[]]>([
    ['by a data source of its state', [bound('alias/orders', { mode: 'data' })]],
    ['in another Region', [bound('alias/orders', { aliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/orders' })]],
  ])('may be an alias that another key only seems to have: %s', (_, aliases) => {
    const facts = [live(X), held(X), ...aliases, live(Y, { aliases: ['alias/orders'] }), y];
    expect(namesOf(facts)[1]).toEqual(twice('alias/orders'));
  });

  it('is one that two states bind to two keys, of both', () => {
    const facts = [
      live(X, { aliases: ['alias/orders'] }),
      held(X),
      bound('alias/orders'),
      live(Y),
      y,
      bound('alias/orders', { source: STATE }, Y),
    ];
    expect(namesOf(facts)).toEqual([twice('alias/orders'), twice('alias/orders')]);
  });
});
