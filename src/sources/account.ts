import { isByKms } from '../model/facts/cloudtrail.ts';
import { isPendingDeletion } from '../model/facts/live.ts';
import type { Fact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { joinLooks, type Look } from '../model/inventory.ts';
import { isKeyIn, type KeyArn, parseKeyArn, type Realm, realmKey } from '../model/key-arn.ts';
import { DAY, toEpochMs, toInstant, type Window } from '../model/time.ts';
import { createPacer } from './aws/pacer.ts';
import type { AwsSession } from './aws/session.ts';
import { cloudTrailClient } from './cloudtrail/client.ts';
import { lookAtCreations, lookAtDeletions, lookAtReplications } from './cloudtrail/look.ts';
import { kmsClient } from './kms/client.ts';
import type { Facet } from './kms/facets.ts';
import { describeKeys, lookAtKeyStores, lookAtKeys } from './kms/keys.ts';
import { lookAtLastUsage } from './kms/last-usage.ts';
import { noStacksNeeded } from './owners/cloudformation/coverage.ts';
import type { Looking } from './source.ts';

/** One account in the Regions that are scanned, seen by its KMS keys and its CloudTrail records. */
export interface Account {
  readonly scope: readonly Realm[];
  readonly keys: () => Promise<Look>;
  readonly creations: (window: Window) => Promise<Look>;
  /** Deletion and replication records, where what was seen so far asks for them. */
  readonly followUps: (seen: readonly Fact[], window: Window) => Promise<Look>;
  /** Asks KMS about these very keys, each in its own Region; ARNs out of scope are passed over. */
  readonly describe: (arns: Iterable<KeyArn>) => Promise<Look>;
  /** The same, with the aliases of each: what it says of them takes the place of what was listed before. */
  readonly describeWithAliases: (arns: Iterable<KeyArn>) => Promise<Look>;
  /** Which of these keys a CloudFormation stack has; every account and Region leaves its coverage. */
  readonly stacks: (arns: Iterable<KeyArn>) => Promise<Look>;
  /** When these keys were last used. */
  readonly lastUsage: (arns: Iterable<KeyArn>) => Promise<Look>;
  /** The custom key stores of these accounts and Regions, as far as they are scanned. */
  readonly keyStores: (realms: readonly Realm[]) => Promise<Look>;
  readonly close: () => void;
}

/** KMS waits 30 days at most before it deletes a key (AWS KMS API reference, ScheduleKeyDeletion). */
const LONGEST_WAIT = 30 * DAY;

/** LookupEvents' quota for each account and Region (AWS CloudTrail user guide, "Quotas"). */
const LOOKUPS_PER_SECOND = 2;

/** Asks nothing yet. A Region named twice is scanned once; the caller closes the account. */
export function openAccount(
  session: AwsSession,
  regions: readonly string[],
  facets: ReadonlySet<Facet>,
  looking: Looking,
): Account {
  const { partition, account } = session;
  const realms = [...new Set(regions)].map((region) => openRealm(session, { partition, account, region }, looking));
  const everywhere = async (look: (open: OpenRealm) => Promise<Look>): Promise<Look> =>
    joinLooks(await Promise.all(realms.map(look)));
  /** Asks each account and Region about its own keys among these; where there are none, `otherwise` is what it says. */
  const whereKeysAre = (
    arns: Iterable<KeyArn>,
    look: (open: OpenRealm, here: readonly KeyArn[]) => Promise<Look>,
    otherwise: (realm: Realm) => Look = () => joinLooks([]),
  ): Promise<Look> => {
    const wanted = grouped(arns, realmOfArn);
    return everywhere(async (open) => {
      const here = wanted.get(realmKey(open.realm));
      return here === undefined ? otherwise(open.realm) : look(open, here);
    });
  };
  const described = (arns: Iterable<KeyArn>, aliases: boolean): Promise<Look> =>
    whereKeysAre(arns, ({ realm, kms }, here) =>
      describeKeys({ client: kms, realm, arns: here, facets, aliases }, looking),
    );
  return {
    scope: realms.map(({ realm }) => realm),
    keys: () => everywhere(({ realm, kms }) => lookAtKeys({ client: kms, realm, facets }, looking)),
    creations: (window) => everywhere((open) => lookAtCreations({ ...open.events, window }, looking)),
    followUps: (seen, window) => everywhere((open) => followUpsIn(open, seen, window, looking)),
    describe: (arns) => described(arns, false),
    describeWithAliases: (arns) => described(arns, true),
    stacks: (arns) =>
      whereKeysAre(
        arns,
        async ({ realm }, here) => {
          // Loaded here: most scans have no key that CloudFormation needs to be asked about.
          const { lookAtStacksOf } = await import('./owners/cloudformation/account.ts');
          return lookAtStacksOf(session, { realm, arns: here }, looking);
        },
        (realm) => noStacksNeeded(realm, looking.now()),
      ),
    lastUsage: (arns) =>
      whereKeysAre(arns, ({ realm, kms }, here) => lookAtLastUsage({ client: kms, realm, arns: here }, looking)),
    keyStores: (wanted) => {
      const named = new Set(wanted.map(realmKey));
      return everywhere(async ({ realm, kms }) =>
        named.has(realmKey(realm)) ? lookAtKeyStores({ client: kms, realm }, looking) : joinLooks([]),
      );
    },
    close: () => {
      for (const { kms, events } of realms) {
        kms.destroy();
        events.client.destroy();
      }
    },
  };
}

type OpenRealm = ReturnType<typeof openRealm>;

function openRealm(session: AwsSession, realm: Realm, { timer }: Looking) {
  const pacer = createPacer({ perSecond: LOOKUPS_PER_SECOND, ...timer });
  return {
    realm,
    kms: kmsClient(session, realm.region),
    events: { client: cloudTrailClient(session, realm.region), pacer, realm },
  };
}

async function followUpsIn(open: OpenRealm, seen: readonly Fact[], window: Window, looking: Looking): Promise<Look> {
  const looks: Look[] = [];
  if (isDeletionPending(seen, open.realm)) {
    looks.push(await lookAtDeletions({ ...open.events, window: lastDays(window, LONGEST_WAIT) }, looking));
  }
  if (isReplicaFromHere(seen, open.realm)) looks.push(await lookAtReplications({ ...open.events, window }, looking));
  return joinLooks(looks);
}

const realmOfArn = (arn: string): string | undefined => {
  const parts = parseKeyArn(arn);
  return parts === undefined ? undefined : realmKey(parts);
};

const isDeletionPending = (seen: readonly Fact[], realm: Realm): boolean =>
  seen.some((fact) => fact.kind === 'live' && isPendingDeletion(fact.keyState) && isKeyIn(realm, fact.arn));

/** A replica's own record may name KMS as its maker; who asked stands in ReplicateKey, in the primary's Region. */
function isReplicaFromHere(seen: readonly Fact[], realm: Realm): boolean {
  const made = new Set(seen.flatMap((fact) => (fact.kind === 'created' && isByKms(fact.actor) ? [fact.arn] : [])));
  return seen.some((fact) => {
    if ((fact.kind !== 'created' && fact.kind !== 'live') || !made.has(fact.arn)) return false;
    const primary = fact.attributes.primaryKeyArn;
    return primary != null && primary !== fact.arn && isKeyIn(realm, primary);
  });
}

/** A deletion that is still pending was asked for this recently, whatever window the scan looks at. */
const lastDays = ({ end }: Window, length: number): Window => ({ start: toInstant(toEpochMs(end) - length), end });
