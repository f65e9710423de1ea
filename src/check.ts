import { UserError } from './errors.ts';
import type { Source } from './model/coverage.ts';
import type { Fact, RootFact } from './model/facts.ts';
import { DEFAULT_GRACE_MS, INVENTORY_VERSION, type Inventory, joinLooks, type Look } from './model/inventory.ts';
import { parseKeyArn, type Realm, realmKey } from './model/key-arn.ts';
import type { Instant } from './model/time.ts';
import { withPlanRoots } from './reconcile/plan-roots.ts';
import { withoutStrayPlans } from './reconcile/stray-plans.ts';
import type { CollectRequest, ScanPorts } from './scan.ts';
import { lookAtTerraform, type TerraformAsk } from './sources/terraform/look.ts';

/** What to look at without asking anybody. */
export interface CheckRequest
  extends Pick<
    CollectRequest,
    'states' | 'roots' | 'configDirs' | 'varFiles' | 'plans' | 'ownership' | 'tellsPlaces' | 'tool'
  > {
  /** The directories need not hold a root. */
  readonly mayBeNone: boolean;
  /** Stands in for AWS and for the states; without it only what is declared, planned and held by states here is known. */
  readonly saved?: Inventory;
  /** In place of the saved inventory's, or of now. */
  readonly asOf?: Instant;
  /** To read what stood here before a change in place of what stands here. */
  readonly formerly?: TerraformAsk['formerly'];
}

/**
 * Gathers what is declared and planned, and what states that are files here hold: nobody else is asked for anything.
 * Throws UserError for what is misspelt, and where there is nothing to look at.
 */
export async function collectHere(request: CheckRequest, ports: ScanPorts): Promise<Inventory> {
  const { saved, ownership, tool, asOf, formerly, ...asked } = request;
  const { cwd, env, stdin } = ports;
  const startedAt = ports.now();
  const read = formerly === undefined ? asked : { ...asked, formerly };
  const ask = { ...read, cwd, env, estate: 'partial', isOffline: true } as const;
  const terraform = await lookAtTerraform(saved === undefined ? ask : { ...ask, saved: statesOf(saved) }, ports);
  const stated = await terraform.states({ stdin, access: { env, session: null, headers: [] } });
  const found = { look: joinLooks([terraform.declared, stated]), requested: terraform.requested };
  if (saved !== undefined) return withPlansPlaced(declaredAnew(saved, found, asOf));
  if (found.requested.length === 0) throw new UserError(NOTHING);
  return withPlansPlaced({
    header: {
      kind: 'header',
      inventoryVersion: INVENTORY_VERSION,
      tool,
      startedAt,
      finishedAt: ports.now(),
      asOf: asOf ?? startedAt,
      window: null,
      estate: 'partial',
      graceMs: DEFAULT_GRACE_MS,
      scope: [],
      named: realmsNamed(found.look.facts),
      ownership,
      requested: [...found.requested],
    },
    ...found.look,
  });
}

const withPlansPlaced = (inventory: Inventory): Inventory => withoutStrayPlans(withPlanRoots(inventory));

const statesOf = ({ facts, coverage }: Inventory) => ({
  coverage,
  arePaired: facts.some((fact) => fact.kind === 'root' && fact.states !== null),
});

const NOTHING =
  'nothing to check: there is no Terraform configuration here; name it with --config-dir, or give --plan, --state or --inventory';

interface Found {
  readonly look: Look;
  readonly requested: readonly Source[];
}

/**
 * A saved inventory with what is declared and planned now in the place of what was then. Its plans are of the
 * configuration that it was made with: where that is read anew, they go with it.
 */
function declaredAnew(saved: Inventory, { look, requested }: Found, asOf: Instant | undefined): Inventory {
  const replaced = new Set<Source>(requested.includes('configuration') ? ['configuration', 'plan'] : []);
  if (requested.includes('plan')) replaced.add('plan');
  if (replaced.size === 0) return asOf === undefined ? saved : { ...saved, header: { ...saved.header, asOf } };
  const { header } = saved;
  const pairedThen = statesByRoot(saved.facts);
  const paired = look.facts.map((fact) => (fact.kind === 'root' ? pairedAsBefore(fact, pairedThen) : fact));
  const now = rootsNow(paired);
  const isReplaced = (fact: Fact): boolean => replaced.has(SOURCE_OF[fact.kind] ?? 'state');
  const before = saved.facts.filter((fact) => !isReplaced(fact));
  const left = before.flatMap((fact): readonly Fact[] => (fact.kind === 'root' ? leftOver(fact, now) : [fact]));
  const kept = header.requested.filter((source) => !replaced.has(source));
  const added = requested.filter((source) => replaced.has(source));
  const scanned = new Set(header.scope.map(realmKey));
  return {
    header: {
      ...header,
      ...(asOf === undefined ? {} : { asOf }),
      named: realmsNamed(look.facts).filter((realm) => !scanned.has(realmKey(realm))),
      requested: [...kept, ...added],
    },
    facts: [...left, ...paired],
    coverage: [...saved.coverage.filter(({ source }) => !replaced.has(source)), ...look.coverage],
    diagnostics: [...saved.diagnostics.filter(({ source }) => !isOfDeclared(source, replaced)), ...look.diagnostics],
  };
}

/** What is declared and planned, by where it comes from. */
const SOURCE_OF: Readonly<Partial<Record<Fact['kind'], Source>>> = {
  configuration: 'configuration',
  import: 'configuration',
  moved: 'configuration',
  removed: 'configuration',
  anchor: 'configuration',
  planned: 'plan',
  'plan-drift': 'plan',
};

/** Of each root what the first word on it says. */
function statesByRoot(facts: readonly Fact[]): ReadonlyMap<string, RootFact['states']> {
  const states = new Map<string, RootFact['states']>();
  for (const fact of facts) if (fact.kind === 'root' && !states.has(fact.root)) states.set(fact.root, fact.states);
  return states;
}

/** The scan read the states and knows which were whose; what is read now are names alone. */
const pairedAsBefore = (root: RootFact, before: ReadonlyMap<string, RootFact['states']>): RootFact => ({
  ...root,
  states: before.get(root.root) ?? root.states,
});

/** Roots that are read now, and the states that they lead to. */
interface RootsNow {
  readonly names: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
}

function rootsNow(facts: readonly Fact[]): RootsNow {
  const roots = facts.filter((fact): fact is RootFact => fact.kind === 'root');
  return {
    names: new Set(roots.map(({ root }) => root)),
    states: new Set(roots.flatMap(({ states }) => states ?? [])),
  };
}

/** Of a root that was there then: it is read now, or keeps the states that no root which is read now leads to. */
function leftOver(root: RootFact, now: RootsNow): RootFact[] {
  if (now.names.has(root.root)) return [];
  const states = root.states?.filter((locator) => !now.states.has(locator)) ?? null;
  return states !== null && states.length === 0 && root.states?.length !== 0 ? [] : [{ ...root, states }];
}

const isOfDeclared = (source: string, replaced: ReadonlySet<Source>): boolean =>
  [...replaced].some((each) => each === source) || (source === 'suppressions' && replaced.has('configuration'));

/** The accounts and Regions of the keys that states hold and plans are about, each once. */
function realmsNamed(facts: readonly Fact[]): Realm[] {
  const realms = new Map<string, Realm>();
  for (const fact of facts) {
    const isNaming = fact.kind === 'planned' || fact.kind === 'plan-drift' || fact.kind === 'state';
    const key = isNaming && fact.arn !== null ? parseKeyArn(fact.arn) : undefined;
    if (key === undefined) continue;
    const { partition, account, region } = key;
    realms.set(realmKey(key), { partition, account, region });
  }
  return [...realms].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, realm]) => realm);
}
