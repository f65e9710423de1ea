import { UserError } from './errors.ts';
import type { Source } from './model/coverage.ts';
import { type Estate, INVENTORY_VERSION, type Inventory, joinLooks, type Look } from './model/inventory.ts';
import type { KeyArn } from './model/key-arn.ts';
import type { KeyRecord } from './model/key-record.ts';
import type { Report, ReportKey } from './model/report.ts';
import type { Need } from './model/rule.ts';
import { type Instant, toEpochMs, toInstant } from './model/time.ts';
import type { CompiledRule } from './policy/compile.ts';
import { judge } from './policy/evaluate.ts';
import { buildReport } from './policy/report.ts';
import { reportKey } from './policy/report-key.ts';
import { absenceClaims, reconcile } from './reconcile/reconcile.ts';
import type { Account } from './sources/aws/account.ts';
import type { Looking } from './sources/source.ts';

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** What to look at. Durations in milliseconds. */
export interface CollectRequest {
  /** Empty: the profile's Region. */
  readonly regions: readonly string[];
  readonly profile?: string;
  readonly states: readonly string[];
  readonly configDirs: readonly string[];
  readonly estate: Estate;
  readonly events: 'lookup' | 'off';
  readonly sinceMs: number;
  readonly graceMs: number;
  /** Freezes the time that ages and deadlines are reckoned from; otherwise the scan's start. */
  readonly asOf?: Instant;
  /** What the rules read: facets nobody reads are not fetched. */
  readonly needs: ReadonlySet<Need>;
  readonly tool: Tool;
}

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
  const startedAt = ports.now();
  const asOf = request.asOf ?? startedAt;
  const window = { start: toInstant(toEpochMs(asOf) - request.sinceMs), end: asOf };
  const { profile, states, configDirs, estate, graceMs } = request;
  // A misspelt place is told at once, not after AWS was asked for minutes; states are read after KMS nevertheless.
  if (states.length > 0) await sources.locateStates({ where: states, cwd: ports.cwd }, ports.signal);
  const declared: Look[] = [];
  if (configDirs.length > 0)
    declared.push(await sources.lookAtConfiguration({ dirs: configDirs, cwd: ports.cwd }, ports));
  const session = await sources.openSession({
    env: ports.env,
    signal: ports.signal,
    ...(profile === undefined ? {} : { profile }),
    ...(request.regions[0] === undefined ? {} : { region: request.regions[0] }),
  });
  const account = sources.openAccount(
    session,
    regionsOf(request, session.defaultRegion),
    sources.facetsOf(request.needs),
    ports,
  );
  const inventoryOf = (looks: readonly Look[]): Inventory => ({
    header: {
      kind: 'header',
      inventoryVersion: INVENTORY_VERSION,
      tool: request.tool,
      startedAt,
      finishedAt: ports.now(),
      asOf,
      window: request.events === 'off' ? null : window,
      estate,
      scope: [...account.scope],
      requested: requestedSources(request),
    },
    ...joinLooks(looks),
  });
  try {
    const seen = await Promise.all([account.keys(), ...(request.events === 'off' ? [] : [account.creations(window)])]);
    if (request.events !== 'off') seen.push(await account.followUps(joinLooks(seen).facts, window));
    const stated =
      states.length > 0
        ? await sources.lookAtStates({ where: states, cwd: ports.cwd, stdin: ports.stdin }, ports)
        : undefined;
    if (stated !== undefined) declared.push(stated);
    const known = await withNamedKeys([...seen, ...declared], account);
    const claims = absenceClaims(inventoryOf(known), { estate, graceMs });
    const looks = [...known, await account.describe(notAskedSince(claims, known.at(-1)))];
    return withMovedStates(inventoryOf(looks), (await stated?.recheck()) ?? []);
  } finally {
    account.close();
  }
}

/** Judges an inventory: pure, so that a saved one gives the same bytes again. */
export function assess(
  inventory: Inventory,
  rules: readonly CompiledRule[],
  options: { readonly estate: Estate; readonly graceMs: number; readonly asOf: Instant; readonly tool: Tool },
): Report {
  const { estate, graceMs, asOf, tool } = options;
  const { keys, diagnostics } = reconcile(inventory, { estate, graceMs, secondLook: 'required' });
  const shown: ReportKey[] = [];
  const judgement = judge(rules, eachShown(keys, shown), { asOf, estate });
  const header = { ...inventory.header, estate, asOf };
  return buildReport({ inventory: { ...inventory, header }, keys: shown, judgement, diagnostics, tool });
}

/** Key by key: each record is shown and judged, then let go, for all of a large estate at once would not fit. */
function* eachShown(keys: Iterable<KeyRecord>, shown: ReportKey[]): Generator<KeyRecord> {
  for (const record of keys) {
    shown.push(reportKey(record));
    yield record;
  }
}

function regionsOf({ regions }: CollectRequest, defaultRegion: string | undefined): readonly string[] {
  if (regions.length > 0) return regions;
  if (defaultRegion !== undefined) return [defaultRegion];
  throw new UserError("no Region to scan: give --region, or set AWS_REGION or the profile's region");
}

function requestedSources({ events, states, configDirs }: CollectRequest): Source[] {
  return [
    'kms',
    ...(events === 'off' ? [] : ['cloudtrail' as const]),
    ...(states.length === 0 ? [] : ['state' as const]),
    ...(configDirs.length === 0 ? [] : ['configuration' as const]),
  ];
}

/** Adds KMS's word on keys that only records or states name. */
async function withNamedKeys(looks: readonly Look[], account: Account): Promise<readonly Look[]> {
  const { facts } = joinLooks(looks);
  const listed = new Set(facts.flatMap((fact) => (fact.kind === 'live' ? [fact.arn] : [])));
  const named = new Set<KeyArn>();
  for (const fact of facts) {
    const arn = fact.kind === 'created' || (fact.kind === 'state' && fact.mode === 'managed') ? fact.arn : null;
    if (arn !== null && !listed.has(arn)) named.add(arn);
  }
  return [...looks, await account.describe(named)];
}

/** Keys that the look after the states has just answered for need no other. */
function notAskedSince(claims: readonly KeyArn[], look: Look | undefined): readonly KeyArn[] {
  const asked = new Set(look?.facts.map((fact) => ('arn' in fact ? fact.arn : null)));
  return claims.filter((arn) => !asked.has(arn));
}

/** What the second look at the states says takes the place of what the first said of them. */
function withMovedStates(inventory: Inventory, moved: Look['coverage']): Inventory {
  const locators = new Set(moved.map(({ locator }) => locator));
  const kept = inventory.coverage.filter(({ source, locator }) => source !== 'state' || !locators.has(locator));
  return { ...inventory, coverage: [...kept, ...moved] };
}
