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
import type { Declarations, Fate } from './declarations.ts';
import { declaredOutlook } from './declared-outlook.ts';
import type { Gathered } from './gather.ts';
import { importOutlook } from './imported.ts';
import { changed, gapIn, NOTHING, type Outlook, PLAIN } from './outlook.ts';
import { locationOf } from './place-in-code.ts';
import { type BlocksAt, leftFor, lookedIn, notLookedFor } from './plan-regions.ts';
import { stillHeldBy } from './second-claims.ts';

/** What decides it beside the key itself. */
export interface PlanningContext {
  readonly declarations: Declarations;
  readonly configurationRequested: boolean;
  readonly plansRequested: boolean;
}

/** What the next apply does to a key that exists. */
export function outlookOf(gathered: Gathered, differences: readonly Difference[], context: PlanningContext): Outlook {
  const { planned, drifts, state } = gathered;
  const byPlan = planned.length === 0 && drifts.length === 0 ? NOTHING.changes : changesByPlans(gathered, context);
  if (!context.configurationRequested) {
    const isTold = planned.length > 0 || drifts.length > 0 || state.length === 0;
    return isTold ? { changes: byPlan } : { ...NOTHING, gap: context.plansRequested ? IN_NO_PLAN : NOT_ASKED.plan };
  }
  const areSeveral = new Set(state.map(context.declarations.ownerOf)).size > 1;
  const outlooks = state.map((instance) =>
    areSeveral
      ? outlookInRoot(instance, gathered, differences, context)
      : outlookFor(instance, gathered, differences, context),
  );
  const imported = importOutlook(gathered, differences, context.declarations);
  const gap = gapIn(outlooks);
  const changes = [
    ...byPlan.map((change) => placed(change, gathered, context)),
    ...[...outlooks, imported]
      .flatMap((outlook) => outlook.changes)
      .flatMap((change) => despite(change, byPlan, [...planned, ...drifts])),
  ];
  // What an import may destroy outweighs all that is known to leave the key alive.
  if (imported.gap !== undefined && !changes.some(endsKey)) return { ...NOTHING, gap: imported.gap };
  const isTold = changes.some(({ action }) => action !== 'import');
  return gap === undefined || isTold ? { changes: inOrder(changes) } : { ...NOTHING, gap };
}

/** That an apply makes another is said of a key which is at its end already. */
const endsKey = ({ action }: PlannedChange): boolean =>
  action === 'replace' || action === 'destroy' || action === 'recreate';

/** What configuration says beside plans that the repository carries: nothing more where they say it too. */
function despite(
  change: PlannedChange,
  byPlan: readonly PlannedChange[],
  facts: readonly (PlannedFact | PlanDriftFact)[],
): readonly PlannedChange[] {
  if (byPlan.some(({ action }) => action === change.action)) return [];
  const plans = [...new Set(facts.flatMap(({ plan, committed }) => (committed ? [plan] : [])))].sort();
  return [plans.length === 0 ? change : { ...change, despite: plans }];
}

/** A plan says what happens; where in the code that comes from, the configuration does. */
function placed(change: PlannedChange, gathered: Gathered, { declarations }: PlanningContext): PlannedChange {
  const { state, planned } = gathered;
  if (change.action === 'import') return placedImport(change, gathered, declarations);
  const instance = state.find(({ address }) => address === change.address) ?? state[0];
  const of = planned.find(({ plan, address }) => plan === change.plan && address === change.address);
  const block = instance === undefined ? of && declarations.lettingGo(of) : blockOf(declarations.fateOf(instance));
  if (block === undefined) return change;
  const says = block.kind === 'removed' && block.destroy !== false && change.action === 'destroy' && !of?.deposed;
  return { ...change, ...(says ? { reason: removalReason(block) } : {}), location: locationOf(block) };
}

/** An import stands at its block; who has the key beside it is no matter of a plan that the repository carries. */
function placedImport(change: PlannedChange, gathered: Gathered, declarations: Declarations): PlannedChange {
  const { address, plan } = change;
  const of = gathered.planned.find((fact) => fact.plan === plan && fact.address === address);
  if (of === undefined) return change;
  const wanted = gathered.imports.find(({ root, to }) => to === address && (of.root === null || root === of.root));
  const block = wanted ?? declarations.lettingGo(of);
  const holders = of.committed === true ? [] : stillHeldBy(of, gathered, declarations);
  return {
    ...change,
    ...(holders.length === 0 ? {} : { stillHeldBy: holders }),
    location: block === undefined ? null : locationOf(block),
  };
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

/** What plans say of keys that an apply makes. */
export const plannedChanges = (planned: readonly PlannedFact[]): readonly PlannedChange[] =>
  inOrder(planned.flatMap(changeOf));

/** What plans say of a key that exists. */
function changesByPlans(gathered: Gathered, { declarations: { blocksAt } }: PlanningContext): readonly PlannedChange[] {
  const { region } = gathered.key;
  const left = gathered.planned.flatMap((fact) => {
    const next = leftFor(fact, blocksAt, region);
    return next === undefined ? changeOf(fact) : [leftBehind(fact, notLookedFor(next, region))];
  });
  return inOrder([...left, ...gathered.drifts.flatMap((drift) => recreationOf(drift, gathered, blocksAt))]);
}

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

/** A key that a refresh no longer finds is pending deletion, or in another Region than its provider: then it lives on. */
function recreationOf(drift: PlanDriftFact, { key, live, absent }: Gathered, blocksAt: BlocksAt): PlannedChange[] {
  if (drift.change !== 'deleted') return [];
  const { address, plan, deletionWindowInDays } = drift;
  const change = { ...PLAIN, action: 'recreate', by: 'plan', address, plan, deletionWindowInDays } as const;
  if (isPendingDeletion(live?.keyState) || absent !== null) return [change];
  const looked = lookedIn(drift, blocksAt);
  if (looked === undefined) return [{ ...change, reason: NOT_TOLD }];
  return [looked === key.region ? change : leftBehind(drift, notLookedFor(looked, key.region))];
}

const NOT_TOLD = 'in which Region its provider looks for it is not known';

const leftBehind = (
  { address, plan, deletionWindowInDays }: Pick<PlannedFact, 'address' | 'plan' | 'deletionWindowInDays'>,
  reason: string,
): PlannedChange => ({
  ...PLAIN,
  action: 'replace-and-forget',
  by: 'plan',
  address,
  plan,
  deletionWindowInDays,
  reason,
});

/** The same where several roots have the key in a state of their own, and each applies its own. */
function outlookInRoot(
  instance: StateFact,
  gathered: Gathered,
  differences: readonly Difference[],
  context: PlanningContext,
): Outlook {
  const owner = context.declarations.ownerOf(instance);
  const outlook = outlookFor(instance, gathered, differences, context);
  if (owner === null) return outlook;
  const changes = outlook.changes.map((change) => ({
    ...change,
    source: instance.source,
    reason: change.reason === null ? `in ${owner}` : `${change.reason}, in ${owner}`,
  }));
  return { ...outlook, changes };
}

/** What configuration and state come to for one instance, where no plan has said it. */
function outlookFor(
  instance: StateFact,
  gathered: Gathered,
  differences: readonly Difference[],
  { declarations }: PlanningContext,
): Outlook {
  const { planned, drifts, live, absent } = gathered;
  // Terraform's own word takes precedence; its plans name what they leave as it is, too. What the repository carries is
  // the word of whoever wrote it.
  const owner = declarations.ownerOf(instance);
  if ([...planned, ...drifts].some((fact) => isOn(owner, fact))) return NOTHING;
  // A refresh no longer finds either kind of key; what comes of it then is other rules' matter.
  if (instance.status === 'deposed' || isPendingDeletion(live?.keyState) || absent !== null) return NOTHING;
  const fate = declarations.fateOf(instance);
  switch (fate.kind) {
    case 'unknown':
      return { ...NOTHING, gap: fate.reason };
    case 'declared':
      return declaredOutlook(instance, fate, gathered, differences);
    case 'removed':
      return { changes: [removal(instance, fate)] };
    case 'dropped':
      return { changes: [drop(instance, fate)] };
  }
}

/** The plan of another root, which imports the key, says nothing of what this one makes of its instance. */
const isOn = (owner: string | null, { root, committed }: PlannedFact | PlanDriftFact): boolean =>
  committed !== true && (root === null || owner === null || root === owner);

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
