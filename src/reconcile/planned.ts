import { REPLACING } from '../model/comparisons.ts';
import { isPendingDeletion } from '../model/facts/live.ts';
import type {
  ConfigurationFact,
  MovedFact,
  PlanDriftFact,
  PlannedFact,
  RemovedFact,
  StateFact,
} from '../model/facts.ts';
import type { Difference, PlannedChange } from '../model/key-record.ts';
import { IN_NO_PLAN, NOT_ASKED } from '../model/not-asked.ts';
import { by, inTurn } from '../model/order.ts';
import { reasonInWords, removalReason } from './action-reasons.ts';
import { type Declarations, type Fate, whyOpen } from './declarations.ts';
import type { Gathered } from './gather.ts';
import { locationOf } from './place-in-code.ts';

/** What the next applies do to a key, or why that is not known. */
export interface Outlook {
  readonly changes: readonly PlannedChange[];
  readonly gap?: string;
}

/** What decides it beside the key itself. */
export interface PlanningContext {
  readonly declarations: Declarations;
  readonly configurationRequested: boolean;
  readonly plansRequested: boolean;
}

/** What the next apply does to a key that exists. */
export function outlookOf(gathered: Gathered, differences: readonly Difference[], context: PlanningContext): Outlook {
  const { planned, drifts, state } = gathered;
  const byPlan = planned.length === 0 && drifts.length === 0 ? NOTHING.changes : plannedChanges(planned, drifts);
  if (!context.configurationRequested) {
    const isTold = planned.length > 0 || drifts.length > 0 || state.length === 0;
    return isTold ? { changes: byPlan } : { ...NOTHING, gap: context.plansRequested ? IN_NO_PLAN : NOT_ASKED.plan };
  }
  const outlooks = state.map((instance) => outlookFor(instance, gathered, differences, context));
  const gap = outlooks.find((outlook) => outlook.gap !== undefined)?.gap;
  const changes = [
    ...byPlan.map((change) => placed(change, gathered, context)),
    ...outlooks
      .flatMap((outlook) => outlook.changes)
      .flatMap((change) => despite(change, byPlan, [...planned, ...drifts])),
  ];
  return { changes: inOrder(changes), ...(gap === undefined || changes.length > 0 ? {} : { gap }) };
}

/** What configuration says beside plans that the repository carries: nothing more where they say it too. */
function despite(
  change: PlannedChange,
  byPlan: readonly PlannedChange[],
  facts: readonly (PlannedFact | PlanDriftFact)[],
): readonly PlannedChange[] {
  if (byPlan.some(({ action }) => action === change.action)) return [];
  const plans = [...new Set(facts.map(({ plan }) => plan))].sort();
  return [plans.length === 0 ? change : { ...change, despite: plans }];
}

/** A plan says what happens; where in the code that comes from, the configuration does. */
function placed(change: PlannedChange, { state, planned }: Gathered, { declarations }: PlanningContext): PlannedChange {
  const instance = state.find(({ address }) => address === change.address) ?? state[0];
  const of = planned.find(({ plan, address }) => plan === change.plan && address === change.address);
  const block = instance === undefined ? of && declarations.lettingGo(of) : blockOf(declarations.fateOf(instance));
  if (block === undefined) return change;
  const says = block.kind === 'removed' && block.destroy !== false && change.action === 'destroy' && !of?.deposed;
  return { ...change, ...(says ? { reason: removalReason(block) } : {}), location: locationOf(block) };
}

function blockOf(fate: Fate): ConfigurationFact | MovedFact | RemovedFact | undefined {
  switch (fate.kind) {
    case 'declared':
      return fate.blocks[0];
    case 'removed':
      return fate.by;
    case 'dropped':
      return fate.blockedBy ?? fate.beside;
    case 'unknown':
      return undefined;
  }
}

const NOTHING: Outlook = { changes: Object.freeze([]) };

/** What plans say of keys that an apply makes. */
export const plannedChanges = (
  planned: readonly PlannedFact[],
  drifts: readonly PlanDriftFact[] = [],
): readonly PlannedChange[] =>
  inOrder([...planned.flatMap(changeOf), ...drifts.flatMap((drift) => recreationOf(drift))]);

const inOrder = (changes: readonly PlannedChange[]): readonly PlannedChange[] =>
  changes.length < 2
    ? changes
    : changes.toSorted(
        inTurn<PlannedChange>(
          by(({ plan }) => plan ?? ''),
          by(({ address }) => address),
          by((change) => JSON.stringify(change)),
        ),
      );

function changeOf(fact: PlannedFact): PlannedChange[] {
  const { action, address, plan, because, createsFirst, deletionWindowInDays, deposed } = fact;
  if (action === 'none' || action === 'read') return [];
  const reason = deposed ? 'a deposed instance, which an earlier replacement left' : reasonInWords(fact.reason);
  const change = { address, plan, because, createsFirst, deletionWindowInDays };
  return [{ action, by: 'plan', ...change, reason, location: null }];
}

function recreationOf({ change, address, plan, deletionWindowInDays }: PlanDriftFact): PlannedChange[] {
  if (change !== 'deleted') return [];
  return [{ ...PLAIN, action: 'recreate', by: 'plan', address, plan, deletionWindowInDays }];
}

/** A change of which nothing more is said. */
const PLAIN = {
  because: [],
  reason: null,
  createsFirst: false,
  location: null,
} as const satisfies Partial<PlannedChange>;

/** What configuration and state come to for one instance, where no plan has said it. */
function outlookFor(
  instance: StateFact,
  { planned, drifts, live, absent, imports, key }: Gathered,
  differences: readonly Difference[],
  { declarations }: PlanningContext,
): Outlook {
  // Terraform's own word takes precedence; its plans name what they leave as it is, too. What the repository carries is
  // the word of whoever wrote it.
  if ([...planned, ...drifts].some(({ committed }) => committed !== true)) return NOTHING;
  // A refresh no longer finds either kind of key; what comes of it then is other rules' matter.
  if (instance.status === 'deposed' || isPendingDeletion(live?.keyState) || absent !== null) return NOTHING;
  const fate = declarations.fateOf(instance);
  switch (fate.kind) {
    case 'unknown':
      return { ...NOTHING, gap: fate.reason };
    case 'declared':
      // What an import block brings may be what is to follow.
      return declaredOutlook(instance, fate, live, differences, imports.length === 0 ? key.region : undefined);
    case 'removed':
      return { changes: [removal(instance, fate)] };
    case 'dropped':
      return { changes: [drop(instance, fate)] };
  }
}

function declaredOutlook(
  instance: StateFact,
  { blocks, isCertain }: Fate & { kind: 'declared' },
  live: Gathered['live'],
  differences: readonly Difference[],
  region: string | undefined,
): Outlook {
  const places = new Set(blocks.map(({ address }) => address));
  const because = differences.flatMap(({ replaces, address, attribute }) =>
    replaces && address !== undefined && places.has(address) ? [attribute] : [],
  );
  const tainted = instance.status === 'tainted' ? 'the instance is tainted' : null;
  const elsewhere = region === undefined ? undefined : regionChange(instance, blocks, region);
  if (because.length === 0 && tainted === null && elsewhere === undefined) {
    const gap = isCertain ? whyUncompared(blocks, live) : `it may not be declared: ${whyOpen(blocks)}`;
    return gap === undefined ? NOTHING : { ...NOTHING, gap };
  }
  const [block] = blocks;
  const location = block === undefined ? null : locationOf(block);
  const change = { ...changed(instance), because: [...new Set(because)], reason: tainted, location };
  return { changes: [{ ...change, action: 'replace', ...elsewhere?.(change) }] };
}

/**
 * What comes of a block that is for another Region than the key's. A Region in the state (AWS provider 6) or of the block
 * itself forces a replacement. Without, a refresh looks for the key in the provider's Region, does not find it there, and
 * drops it from the state. Nothing of a block that the key came to by another address.
 */
function regionChange(
  instance: StateFact,
  blocks: readonly ConfigurationFact[],
  region: string,
): ((change: Pick<PlannedChange, 'because' | 'reason'>) => Partial<PlannedChange>) | undefined {
  const [block] = blocks;
  if (block === undefined || !blocks.every((each) => isElsewhere(each, instance, region))) return undefined;
  const named = `${block.regionBy === 'resource' ? 'its block' : 'its provider'} names ${block.region ?? ''}, and the key is in ${region}`;
  if (block.regionBy === 'resource' || instance.region !== null) {
    return ({ because, reason }) => ({
      because: [...because, 'region'],
      reason: reason === null ? named : `${named}, and ${reason}`,
    });
  }
  return () => ({
    action: 'replace-and-forget',
    because: [],
    reason: `${named}: a refresh does not find it there, and drops it from the state`,
  });
}

const isElsewhere = (
  { address, instances, region, regionBy }: ConfigurationFact,
  instance: StateFact,
  of: string,
): boolean =>
  instances === 'one' && address === instance.address && regionBy !== undefined && region !== null && region !== of;

/** A replacing attribute that one side cannot tell may be another: "replaces nothing" is a claim of absence too. */
function whyUncompared(blocks: readonly ConfigurationFact[], live: Gathered['live']): string | undefined {
  for (const block of blocks) {
    for (const attribute of REPLACING[block.resourceType] ?? []) {
      const isDeclared = block.attributes[attribute] !== undefined;
      // Of a block the reason names the argument.
      const undeclared = block.unknown[attribute];
      if (undeclared !== undefined) return undeclared;
      const reason = isDeclared ? live?.unknown[attribute] : undefined;
      if (reason !== undefined) return `${attribute}: ${reason}`;
    }
  }
  return undefined;
}

const changed = ({ address, deletionWindowInDays }: StateFact) => ({
  ...PLAIN,
  by: 'configuration' as const,
  plan: null,
  address,
  deletionWindowInDays,
});

function removal(instance: StateFact, { by: removed }: Fate & { kind: 'removed' }): PlannedChange {
  const location = locationOf(removed);
  if (removed.destroy === false) return { ...changed(instance), action: 'forget', location };
  return { ...changed(instance), action: 'destroy', reason: removalReason(removed), location };
}

function drop(instance: StateFact, { beside, blockedBy }: Fate & { kind: 'dropped' }): PlannedChange {
  if (blockedBy !== null) {
    const location = locationOf(blockedBy);
    const reason = `a moved block leads from ${blockedBy.from} to ${blockedBy.to}, where the state holds another object already`;
    return { ...changed(instance), action: 'destroy', reason, location };
  }
  if (beside === undefined) return { ...changed(instance), action: 'destroy', reason: 'no block declares it' };
  const location = locationOf(beside);
  return { ...changed(instance), action: 'destroy', reason: 'its block no longer declares this instance', location };
}
