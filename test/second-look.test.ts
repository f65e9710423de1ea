import { expect, it } from '@jest/globals';
import type { Fact } from '../src/model/facts.ts';
import { joinLooks, type Look } from '../src/model/inventory.ts';
import { HOUR } from '../src/model/time.ts';
import { withSecondLook } from '../src/second-look.ts';
import type { Account } from '../src/sources/account.ts';
import { held, heldAlias, inventory, keyArn, kmsCovered, live, REALM, stateCovered, T } from './support/facts.ts';

const [stray, pulled, lost] = [keyArn(1), keyArn(2), keyArn(3)];
const NOTHING: Look = joinLooks([]);

/** An account that says nothing new, but that a stack has `pulled`; it keeps what it was asked. */
function listeningAccount(asked: [string, readonly unknown[]][]): Account {
  const listen =
    (name: string, answer: readonly Fact[] = []) =>
    async (about: Iterable<unknown>): Promise<Look> => {
      asked.push([name, [...about]]);
      return { ...NOTHING, facts: answer };
    };
  const never = async (): Promise<Look> => {
    throw new Error('a second look does not begin again');
  };
  const owner: Fact = {
    kind: 'owner',
    arn: pulled,
    tool: 'cloudformation',
    name: 'app',
    source: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/1',
    resource: 'Key',
    status: 'active',
    readAt: T.states,
  };
  return {
    scope: [REALM],
    keys: never,
    creations: never,
    followUps: never,
    describe: listen('describe'),
    describeWithAliases: listen('aliases'),
    stacks: listen('stacks', [owner]),
    lastUsage: listen('last use'),
    keyStores: listen('key stores'),
    close: () => undefined,
  };
}

const early = { readAt: T.live };
const alias = heldAlias(lost);
const FACTS = [
  live(stray, { ...early, aliases: ['alias/orders'] }),
  live(pulled, early),
  live(lost, early),
  held(lost, { attributes: { customKeyStoreId: 'cks-1234567890abcdef0' } }),
  alias,
];

async function questions(needs: readonly ('live.keyStore' | 'live.lastUsage')[]) {
  const asked: [string, readonly unknown[]][] = [];
  const laidOut: number[] = [];
  await withSecondLook([{ ...NOTHING, facts: FACTS }, NOTHING], {
    account: listeningAccount(asked),
    options: { estate: 'complete', graceMs: HOUR },
    needs: new Set(needs),
    inventoryOf: (looks) => {
      const { facts } = joinLooks(looks);
      laidOut.push(facts.length);
      return inventory(facts, {
        header: { requested: ['kms', 'state', 'owners'] },
        coverage: [
          kmsCovered(),
          { ...kmsCovered(), operation: 'ListAliases' },
          stateCovered(),
          { ...kmsCovered(), source: 'owners', operation: 'DescribeStackResources' },
        ],
      });
    },
  });
  return { asked, laidOut };
}

it('asks other tools, key stores and KMS for what is in doubt, each key where it matters', async () => {
  const { asked } = await questions(['live.keyStore', 'live.lastUsage']);
  expect(asked).toEqual([
    ['stacks', [stray, pulled]],
    ['key stores', [REALM]],
    ['aliases', [stray, lost]],
    ['last use', [stray]],
    ['describe', [stray]],
  ]);
});

it('asks for nothing that no rule reads', async () => {
  const { asked } = await questions([]);
  expect(asked.map(([name]) => name)).toEqual(['stacks', 'aliases', 'describe']);
});

it('lays the inventory out twice, however much is asked', async () => {
  const { laidOut } = await questions(['live.keyStore', 'live.lastUsage']);
  expect(laidOut).toEqual([FACTS.length, FACTS.length + 1]);
});
