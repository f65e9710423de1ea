import { expect, it } from '@jest/globals';
import { keyView } from '../../src/policy/key-view.ts';
import { reportKey } from '../../src/policy/report-key.ts';
import { nameOf } from '../../src/reporters/words.ts';
import { T } from '../support/facts.ts';
import { givenKey } from '../support/rules.ts';

it.each([
  [['alias/orders'], [], 'alias/orders'],
  [['alias/orders', 'alias/zeta'], ['alias/zeta'], 'alias/zeta'],
  [['alias/orders'], ['alias/orders'], 'alias/orders'],
  [[], [], 'aws_kms_key.orders'],
])('a key with the aliases %j, of which %j are declared, is called %s', (aliases, declaredAliases, name) => {
  const record = givenKey({
    standing: 'managed',
    aliases,
    declaredAliases,
    state: [{ address: 'aws_kms_key.orders' }],
  });
  const view = keyView.of({ record, asOf: T.live });
  expect([Reflect.get(view, 'name'), nameOf(reportKey(record))]).toEqual([name, name]);
});
