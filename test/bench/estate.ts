import type { Fact } from '../../src/model/facts.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import {
  absent,
  actor,
  created,
  declared,
  deletion,
  denied,
  held,
  inventory,
  keyArn,
  live,
  multiRegionArn,
  T,
  US_EAST_1,
} from '../support/facts.ts';

/** What the witnesses say of one key, by its number. */
type Case = (n: number) => readonly Fact[];

const address = (n: number): string => `module.data["${n}"].aws_kms_key.this`;

const managed: Case = (n) => {
  const arn = keyArn(n);
  const described = { description: `orders ${n}`, rotationEnabled: true, rotationPeriodDays: 365 };
  const { attributes } = live(arn);
  return [
    live(arn, { aliases: [`alias/orders-${n}`], attributes: { ...attributes, ...described } }),
    held(arn, { address: address(n), attributes: { ...held(arn).attributes, ...described } }),
  ];
};

const managedAndRecorded: Case = (n) => [...managed(n), created(keyArn(n))];

/** Declared in the root module and made by hand. */
const declaredByHand: Case = (n) => [
  live(keyArn(n)),
  held(keyArn(n), { address: `aws_kms_key.k${n}` }),
  declared({ address: `aws_kms_key.k${n}`, line: n }),
  created(keyArn(n), { actor: actor('console') }),
];

const handmade: Case = (n) => [
  live(keyArn(n), { attributes: { ...live(keyArn(n)).attributes, description: `test ${n}` } }),
  created(keyArn(n), { actor: actor('cli', { userAgent: 'aws-cli/2.31.0' }) }),
];

const unrecorded: Case = (n) => [live(keyArn(n)), created(keyArn(n))];

const retiring: Case = (n) => [
  live(keyArn(n), { keyState: 'PendingDeletion', deletionDate: '2026-12-20T12:00:00.000Z' }),
  deletion(keyArn(n)),
];

const pendingInState: Case = (n) => [...retiring(n), held(keyArn(n), { address: address(n) })];

const missing: Case = (n) => [absent(keyArn(n)), held(keyArn(n), { address: address(n) })];

const gone: Case = (n) => [absent(keyArn(n)), created(keyArn(n), { actor: actor('sdk') })];

const otherSpec: Case = (n) => {
  const { attributes } = held(keyArn(n));
  return [
    live(keyArn(n)),
    held(keyArn(n), { address: address(n), attributes: { ...attributes, keySpec: 'RSA_4096' } }),
  ];
};

const drifted: Case = (n) => {
  const { attributes } = live(keyArn(n));
  return [
    live(keyArn(n), { keyState: 'Disabled', attributes: { ...attributes, enabled: false, description: 'changed' } }),
    held(keyArn(n), { address: address(n) }),
  ];
};

const undescribed: Case = (n) => [
  denied(keyArn(n), { unknown: { enabled: 'AccessDenied' } }),
  held(keyArn(n), { address: address(n) }),
];

const awsManaged: Case = (n) => [live(keyArn(n), { keyManager: 'AWS', aliases: ['alias/aws/s3'] })];

const family: Case = (n) => {
  const [primary, replica] = [multiRegionArn(n), multiRegionArn(n, US_EAST_1)];
  const { attributes } = live(primary);
  const multiRegion = { ...attributes, multiRegion: true, primaryKeyArn: primary };
  const members = { primary, replicas: [replica] };
  return [
    live(primary, { family: members, attributes: { ...multiRegion, multiRegionRole: 'PRIMARY' } }),
    held(primary, { address: address(n), attributes: { ...held(primary).attributes, multiRegion: true } }),
  ];
};

/** Out of a hundred keys: most are as they should be, and every kind of trouble is there. */
const MIX: readonly (readonly [Case, number])[] = [
  [managed, 40],
  [managedAndRecorded, 22],
  [declaredByHand, 3],
  [handmade, 6],
  [unrecorded, 3],
  [retiring, 3],
  [pendingInState, 1],
  [missing, 2],
  [gone, 4],
  [otherSpec, 2],
  [drifted, 6],
  [undescribed, 2],
  [awsManaged, 4],
  [family, 2],
];

/** An inventory of so many keys, covered in full, with some 30 findings for each hundred. Each hundred is the same mix. */
export function estate(keys: number): Inventory {
  const hundred = MIX.flatMap(([facts, share]) => Array.from({ length: share }, () => facts));
  const facts = Array.from({ length: keys }, (_, n) => hundred[n % hundred.length]?.(n + 1) ?? []).flat();
  return inventory(facts, { header: { estate: 'complete', asOf: T.secondLook } });
}
