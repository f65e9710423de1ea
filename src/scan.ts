import type { Tool } from './assess.ts';
import { UserError } from './errors.ts';
import type { Source } from './model/coverage.ts';
import type { Fact } from './model/facts.ts';
import {
  type Estate,
  INVENTORY_VERSION,
  type Inventory,
  type InventoryHeader,
  joinLooks,
  type Look,
} from './model/inventory.ts';
import type { KeyArn, Realm } from './model/key-arn.ts';
import type { NamedRoot, PulumiFile } from './model/named.ts';
import type { Ownership } from './model/ownership.ts';
import type { Need } from './model/rule.ts';
import { type Instant, toEpochMs, toInstant, type Window } from './model/time.ts';
import { withPlanRoots } from './reconcile/plan-roots.ts';
import { withoutStrayPlans } from './reconcile/stray-plans.ts';
import { withSecondLook } from './second-look.ts';
import type { Account } from './sources/account.ts';
import type { AwsSession } from './sources/aws/session.ts';
import type { Looking } from './sources/source.ts';
import type { StateHeader } from './sources/terraform/backends/http/headers.ts';
import type { GivenWhere } from './sources/terraform/state/where.ts';

/** What to look at. Durations in milliseconds. */
export interface CollectRequest {
  /** Empty: the profile's Region. */
  readonly regions: readonly string[];
  readonly profile?: string;
  /** States whosever they are: with any, those that backends say are not read. */
  readonly states: readonly GivenWhere[];
  /** Sent to the host of each, where states are asked for; those of the environment beside them. */
  readonly stateHeaders?: readonly StateHeader[];
  /** Root modules that settings name; they count where no directory is given, or it is above them. */
  readonly roots: readonly NamedRoot[];
  readonly configDirs: readonly string[];
  /** Absolute directory of the settings, where there are some. */
  readonly settingsDir?: string;
  /** In place of what the settings say of each root. */
  readonly varFiles: readonly string[];
  /** What `terraform show -json` printed. */
  readonly plans: readonly string[];
  /** Pulumi exports or checkpoints; with a name, their stack is called so. */
  readonly pulumi: readonly PulumiFile[];
  readonly estate: Estate;
  readonly ownership: Ownership;
  readonly events: 'lookup' | 'off';
  readonly sinceMs: number;
  readonly graceMs: number;
  /** Freezes the time that ages and deadlines are reckoned from; otherwise the scan's start. */
  readonly asOf?: Instant;
  /** What the rules read: facets nobody reads are not fetched. */
  readonly needs: ReadonlySet<Need>;
  /** Roots tell what they were read from: for what a change touches. */
  readonly tellsPlaces?: boolean;
  readonly tool: Tool;
}

/** What a scan needs of the process that runs it. */
export interface ScanPorts extends Looking {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array>;
}

/**
 * Gathers all facts in the order that keeps a running apply from looking like drift: live keys and events first,
 * states after, then KMS once more for every key about to be called absent somewhere, and the states once more.
 * Throws UserError where nothing can be asked at all; a source that fails is coverage.
 */
export async function collect(request: CollectRequest, ports: ScanPorts): Promise<Inventory> {
  const sources = await import('./sources/registry.ts');
  const times = timesOf(request, ports.now());
  const { estate, graceMs, needs, pulumi } = request;
  const { cwd, env, stdin } = ports;
  const headers = [...(request.stateHeaders ?? []), ...sources.stateHeadersIn(env)];
  // What is misspelt is told at once, not after AWS was asked for minutes; states are read after KMS nevertheless.
  const terraform = await sources.lookAtTerraform({ ...request, cwd, env }, ports);
  const requested = requestedSources(request, terraform.requested);
  await sources.assertPulumiFiles(pulumi, cwd);
  const { session, account } = await openAccount(sources, request, ports);
  const inventoryOf = (looks: readonly Look[]): Inventory => ({
    header: headerOf(request, times, { scope: account.scope, requested, finishedAt: ports.now() }),
    ...joinLooks(looks),
  });
  try {
    const seen = await seenIn(account, times.window);
    const owned = await sources.lookAtPulumiFiles(pulumi, cwd, ports);
    const stated = await terraform.states({ stdin, access: { env, session, headers } });
    const told = withoutStrayPlans(withPlanRoots(inventoryOf([...seen, terraform.declared, owned, stated])));
    const known = await withNamedKeys([told], account);
    const looks = await withSecondLook(known, { account, inventoryOf, options: { estate, graceMs }, needs });
    return withMovedStates(inventoryOf(looks), await stated.recheck());
  } finally {
    account.close();
  }
}

type Sources = typeof import('./sources/registry.ts');

interface Times {
  readonly startedAt: Instant;
  readonly asOf: Instant;
  /** What CloudTrail is asked about; null when it is not asked. */
  readonly window: Window | null;
}

function timesOf({ asOf: frozen, events, sinceMs }: CollectRequest, startedAt: Instant): Times {
  const asOf = frozen ?? startedAt;
  // What has not happened yet has no records: asked about, it would look like a time without creations.
  const end = asOf < startedAt ? asOf : startedAt;
  return { startedAt, asOf, window: events === 'off' ? null : { start: toInstant(toEpochMs(end) - sinceMs), end } };
}

async function openAccount(
  sources: Sources,
  request: CollectRequest,
  ports: ScanPorts,
): Promise<{ readonly session: AwsSession; readonly account: Account }> {
  const { profile, regions, needs } = request;
  const session = await sources.openSession({
    env: ports.env,
    signal: ports.signal,
    ...(profile === undefined ? {} : { profile }),
    ...(regions[0] === undefined ? {} : { region: regions[0] }),
  });
  const named = regionsOf(request, session.defaultRegion);
  return { session, account: sources.openAccount(session, named, sources.facetsOf(needs), ports) };
}

const headerOf = (
  request: CollectRequest,
  times: Times,
  asked: { readonly scope: readonly Realm[]; readonly requested: Source[]; readonly finishedAt: Instant },
): InventoryHeader => ({
  kind: 'header',
  inventoryVersion: INVENTORY_VERSION,
  tool: request.tool,
  startedAt: times.startedAt,
  finishedAt: asked.finishedAt,
  asOf: times.asOf,
  window: times.window,
  estate: request.estate,
  graceMs: request.graceMs,
  scope: [...asked.scope],
  ownership: request.ownership,
  requested: asked.requested,
});

/** Keys and their creation records side by side, then the records that what was seen asks for. */
async function seenIn(account: Account, window: Window | null): Promise<readonly Look[]> {
  if (window === null) return [await account.keys()];
  const seen = await Promise.all([account.keys(), account.creations(window)]);
  return [...seen, await account.followUps(joinLooks(seen).facts, window)];
}

function regionsOf({ regions }: CollectRequest, defaultRegion: string | undefined): readonly string[] {
  if (regions.length > 0) return regions;
  if (defaultRegion !== undefined) return [defaultRegion];
  throw new UserError("no Region to scan: give --region, or set AWS_REGION or the profile's region");
}

/** What stands in no state may be another tool's: CloudFormation is asked wherever states are. */
function requestedSources({ estate, events, pulumi }: CollectRequest, terraform: readonly Source[]): Source[] {
  const areStatesAsked = terraform.includes('state');
  if (estate === 'complete' && !areStatesAsked) throw new UserError(NO_ESTATE);
  return [
    'kms',
    ...(events === 'off' ? [] : ['cloudtrail' as const]),
    ...terraform,
    ...(areStatesAsked || pulumi.length > 0 ? ['owners' as const] : []),
  ];
}

const NO_ESTATE =
  '--estate complete says that the given states are all there are, and none is given or found: add --state, or leave it out';

/** Adds KMS's word on keys that only records, states or plans name. */
async function withNamedKeys(looks: readonly Look[], account: Account): Promise<readonly Look[]> {
  const { facts } = joinLooks(looks);
  const listed = new Set(facts.flatMap((fact) => (fact.kind === 'live' ? [fact.arn] : [])));
  const named = new Set<KeyArn>();
  for (const fact of facts) {
    const arn = namedBy(fact);
    if (arn !== null && !listed.has(arn)) named.add(arn);
  }
  return [...looks, await account.describe(named)];
}

/** The key that is to be there by a record, a state or a plan. */
function namedBy(fact: Fact): KeyArn | null {
  if (fact.kind === 'state') return fact.mode === 'managed' ? fact.arn : null;
  return fact.kind === 'created' || fact.kind === 'planned' || fact.kind === 'plan-drift' ? fact.arn : null;
}

/** What the second look at the states says takes the place of what the first said of them. */
function withMovedStates(inventory: Inventory, moved: Look['coverage']): Inventory {
  const locators = new Set(moved.map(({ locator }) => locator));
  const kept = inventory.coverage.filter(({ source, locator }) => source !== 'state' || !locators.has(locator));
  return { ...inventory, coverage: [...kept, ...moved] };
}
