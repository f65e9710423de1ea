import { grouped } from '../../model/grouped.ts';
import { parseKeyArn, type Realm, realmKey } from '../../model/key-arn.ts';
import type { Report, ReportKey } from '../../model/report.ts';
import { plainText } from '../plain-text.ts';
import { count, digits } from '../words.ts';

/** Keys of the states and plans that nobody looked at, because their account or Region was not scanned. Plain text. */
export interface Unseen {
  readonly keys: readonly ReportKey[];
  /** What names them: `states`, `plans`, or both. */
  readonly named: string;
  /** No key that these name was looked at: hardly what anybody meant. */
  readonly all: boolean;
  /** `eu-west-1 (4), account 444455556666 (1)`. */
  readonly where: string;
  /** What to do, or what the scan was of instead: sentences. */
  readonly mend: string;
}

/** Undefined when every key of the states and plans was looked at, or no key was to be. */
export function unseenOf(report: Report): Unseen | undefined {
  const { scope } = report.scan;
  const keys = report.keys.filter((key) => isUnseen(key, report.scan));
  if (keys.length === 0) return undefined;
  const realms = keys.flatMap(({ arn }) => parseKeyArn(arn ?? '') ?? []);
  const inAccount = realms.filter((realm) => hasAccount(scope, realm));
  const elsewhere = realms.filter((realm) => !hasAccount(scope, realm));
  return {
    keys,
    named: namersOf(keys),
    all: keys.length === report.keys.filter(isNamed).length,
    where: [...tallied(inAccount, ({ region }) => region), ...tallied(elsewhere, accountName)].join(', '),
    mend: [...regionsToAdd(inAccount), ...accountsScanned(elsewhere, scope)].join(' '),
  };
}

/** `4 keys of the states were not looked at: eu-west-1 (4)`. */
export const unseenText = ({ keys, named, where }: Unseen): string =>
  `${count(keys.length, 'key')} of the ${named} ${keys.length === 1 ? 'was' : 'were'} not looked at: ${where}`;

const isPlanned = ({ planned = [] }: ReportKey): boolean => planned.some(({ by }) => by === 'plan');

const isNamed = (key: ReportKey): boolean => key.state.length > 0 || isPlanned(key);

function namersOf(keys: readonly ReportKey[]): string {
  const isOfPlans = keys.some((key) => key.state.length === 0);
  const isOfStates = keys.some(({ state }) => state.length > 0);
  return [...(isOfStates ? ['states'] : []), ...(isOfPlans ? ['plans'] : [])].join(' and ');
}

/** Whether a state holds the key or a plan changes it, and its account or Region was not scanned. */
export const isUnseen = (key: ReportKey, { scope, requested }: Report['scan']): boolean => {
  if (key.standing !== 'out-of-scope' || !isNamed(key) || !requested.includes('kms')) return false;
  const realm = parseKeyArn(key.arn ?? '');
  return realm !== undefined && !scope.some((scanned) => realmKey(scanned) === realmKey(realm));
};

const hasAccount = (scope: readonly Realm[], realm: Realm): boolean =>
  scope.some(({ partition, account }) => partition === realm.partition && account === realm.account);

const tallied = (realms: readonly Realm[], nameOf: (realm: Realm) => string): string[] =>
  [...grouped(realms, nameOf)].map(([name, alike]) => `${plainText(name)} (${digits(alike.length)})`);

const accountName = ({ account, partition }: Realm): string =>
  partition === 'aws' ? `account ${account}` : `account ${account} of ${partition}`;

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function regionsToAdd(realms: readonly Realm[]): string[] {
  if (realms.length === 0) return [];
  const regions = distinct(realms.map(({ region }) => region));
  return [`Add ${regions.map((region) => `--region ${plainText(region)}`).join(' ')}.`];
}

function accountsScanned(realms: readonly Realm[], scope: readonly Realm[]): string[] {
  if (realms.length === 0) return [];
  const accounts = distinct(scope.map(({ account }) => account)).map(plainText);
  return [`These credentials are of ${accounts.length === 0 ? 'no account' : accounts.join(' ')}.`];
}
