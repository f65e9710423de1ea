import { type Realm, realmKey } from '../../../src/model/key-arn.ts';
import type { Clock } from './clock.ts';
import { AwsError } from './errors.ts';

/** An account and who signs with which access key there. */
export interface EmulatedAccount {
  readonly id: string;
  readonly partition: string;
  /** Access key id to the caller's ARN. */
  readonly accessKeys: Map<string, string>;
  /** Takes every access key that nobody names. */
  readonly open: boolean;
  /** Role names that may be assumed; undefined: every one. */
  readonly roles: ReadonlySet<string> | undefined;
}

export interface Grant {
  readonly grantId: string;
  readonly token: string;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | undefined;
  readonly operations: readonly string[];
  readonly constraints: unknown;
  readonly name: string | undefined;
  readonly createdAt: number;
}

/** Automatic rotation; a replica's is its primary's (AWS KMS developer guide, "Shared properties of multi-Region keys"). */
interface Rotation {
  enabled: boolean;
  periodInDays: number;
  enabledAt: number;
}

/** A KMS key; times in epoch milliseconds. */
export interface EmulatedKey {
  readonly realm: Realm;
  readonly keyId: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly origin: string;
  readonly manager: string;
  readonly multiRegion: boolean;
  /** Region of the family's primary; undefined for a single-Region key. */
  primaryRegion: string | undefined;
  readonly keyStoreId: string | undefined;
  readonly xksKeyId: string | undefined;
  readonly createdAt: number;
  state: string;
  /** When Creating or Updating is over, and what comes then. */
  settles: { readonly at: number; readonly state: string } | undefined;
  description: string;
  policy: string;
  readonly tags: Map<string, string>;
  readonly rotation: Rotation;
  deletionDate: number | undefined;
  pendingWindowInDays: number | undefined;
  /** Imported material; undefined when there is none. */
  material: { readonly digest: string; readonly validTo: number | undefined } | undefined;
  /** Digest of the first imported material: no other may follow. */
  boundMaterial: string | undefined;
  /** The state an Unavailable key goes back to. */
  whenAvailable: string | undefined;
  /** The last cryptographic use; undefined: not since tracking began. */
  readonly lastUsed: { readonly at: number; readonly operation: string } | undefined;
  readonly grants: Map<string, Grant>;
  readonly denied: ReadonlySet<string>;
  /** Made by a call to this emulator, not by the world. */
  readonly fresh: boolean;
}

export interface Alias {
  readonly name: string;
  readonly arn: string;
  /** Undefined: a name that AWS keeps for a service that has no key here yet. */
  targetKeyId: string | undefined;
  readonly createdAt: number;
  updatedAt: number;
}

export interface XksProxy {
  readonly connectivity: string;
  readonly uriEndpoint: string;
  readonly uriPath: string;
  readonly accessKeyId: string;
  readonly vpcEndpointServiceName: string | undefined;
}

export interface KeyStore {
  readonly id: string;
  name: string;
  readonly type: string;
  connectionState: string;
  clusterId: string | undefined;
  trustAnchorCertificate: string | undefined;
  xksProxy: XksProxy | undefined;
  readonly createdAt: number;
}

/** Something that CloudTrail shows: the record as text, with what LookupEvents indexes it by. */
export interface TrailEntry {
  /** Order of arrival: newer of two with the same time. */
  readonly sequence: number;
  readonly eventId: string;
  readonly eventName: string;
  readonly eventSource: string;
  /** Epoch milliseconds, whole seconds. */
  readonly eventTime: number;
  /** Epoch milliseconds from when LookupEvents shows it. */
  readonly deliveredAt: number;
  readonly readOnly: boolean;
  readonly username: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly resources: readonly { readonly type: string; readonly name: string }[];
  readonly text: string;
}

/** A CloudFormation stack; a deleted one is told of by its id alone. */
export interface Stack {
  readonly name: string;
  readonly id: string;
  readonly status: string;
  readonly resources: readonly {
    readonly logicalId: string;
    readonly physicalId: string;
    readonly type: string;
    readonly status: string;
  }[];
}

/** What one account has in one Region. */
export interface RealmContents {
  readonly keys: Map<string, EmulatedKey>;
  readonly aliases: Map<string, Alias>;
  readonly keyStores: Map<string, KeyStore>;
  readonly stacks: Stack[];
  /** Newest first. */
  readonly trail: TrailEntry[];
}

interface Limits {
  readonly lookupEventsPerSecond: number | null;
  readonly delivery: number;
  readonly replication: number;
}

/** Everything the emulator knows: accounts, Regions, keys and records. */
export interface Cloud {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly accounts: Map<string, EmulatedAccount>;
  /** From when on KMS knows the last use of keys; epoch milliseconds. */
  readonly usageTrackedSince: number;
  /** The Regions that are enabled; undefined: every one. */
  readonly regions: ReadonlySet<string> | undefined;
  readonly realms: Map<string, { readonly realm: Realm; readonly contents: RealmContents }>;
  /** The next id of keys, events and requests; the same sequence in each run. */
  readonly nextId: () => string;
}

/** What an account has in a Region; an empty Region is made on first sight. */
export function contentsOf(cloud: Cloud, realm: Realm): RealmContents {
  const known = cloud.realms.get(realmKey(realm));
  if (known !== undefined) return known.contents;
  const contents: RealmContents = { keys: new Map(), aliases: new Map(), keyStores: new Map(), stacks: [], trail: [] };
  cloud.realms.set(realmKey(realm), { realm, contents });
  return contents;
}

/** The account with this id; a world names all accounts there are. */
export function accountOf(cloud: Cloud, id: string): EmulatedAccount {
  const account = cloud.accounts.get(id);
  if (account === undefined) throw new AwsError('AccessDeniedException', `There is no account ${id} in this world`);
  return account;
}
