import { isPendingDeletion } from '../model/facts/live.ts';
import type { PlannedFact, StateFact } from '../model/facts.ts';
import type { Estate } from '../model/inventory.ts';
import type { Standing } from '../model/key-record.ts';
import { type Instant, toEpochMs } from '../model/time.ts';
import type { Gathered } from './gather.ts';
import { isStrongClaim, ownerText } from './owners.ts';
import type { Proofs } from './proofs.ts';

/** A standing, and why where it alone does not say enough. */
export interface ReasonedStanding {
  readonly standing: Standing;
  readonly reason?: string;
}

/** What standings depend on beside the facts and their coverage. */
export interface StandingOptions {
  readonly estate: Estate;
  /** A key younger than this when the states were read may simply not be persisted yet. Milliseconds. */
  readonly graceMs: number;
  /**
   * `required`: a claim of absence stands only when KMS was asked after the states were read.
   * `assumed`: as if it had been; for finding out which keys to ask about again.
   */
  readonly secondLook: 'required' | 'assumed';
}

/** Standings that say something is not there. Each rests on a second look at KMS, after the states. */
export const ABSENCE_CLAIMS: ReadonlySet<Standing> = new Set(['unmanaged', 'unclaimed', 'missing', 'gone']);

/** A key's standing: the first, in the order of STANDINGS, that holds, and undetermined where its proof is missing. */
export function standingOf(gathered: Gathered, proofs: Proofs, options: StandingOptions): ReasonedStanding {
  const { key, notOurs } = gathered;
  if (notOurs !== null && proofs.inScope(key)) return { standing: 'out-of-scope', reason: notOurs.reason };
  return standingAnyway(gathered, proofs, options);
}

/** The same whosever it is. */
export function standingAnyway(gathered: Gathered, proofs: Proofs, options: StandingOptions): ReasonedStanding {
  const { key, live, state } = gathered;
  if (!proofs.inScope(key)) return { standing: 'out-of-scope', reason: proofs.whyOutOfScope(key) };
  const claim =
    live !== null && !isGoneSince(gathered)
      ? liveStanding(gathered, proofs, options)
      : absentStanding(gathered, proofs, options);
  if (!ABSENCE_CLAIMS.has(claim.standing) || options.secondLook === 'assumed') return claim;
  const askedAt = (isGoneSince(gathered) ? gathered.absent : live)?.readAt;
  const statesRead = claim.standing === 'missing' ? latest(state.map((fact) => fact.readAt)) : proofs.statesRead?.last;
  if (askedAt !== undefined && (statesRead === undefined || askedAt >= statesRead)) return claim;
  return undetermined(`would be ${claim.standing}, but KMS was not asked again after the states were read`);
}

/** When a key was made: KMS knows best, its creation record else. */
export const createdAtOf = ({ live, created }: Gathered): Instant | null =>
  live?.createdAt ?? created?.eventTime ?? null;

/** KMS's last word on this key was NotFound. */
export const isGoneSince = ({ live, absent }: Gathered): boolean =>
  absent !== null && (live === null || absent.readAt > live.readAt);

function liveStanding(gathered: Gathered, proofs: Proofs, options: StandingOptions): ReasonedStanding {
  const { key, live, state } = gathered;
  if (isAwsManaged(gathered)) return { standing: 'aws-managed' };
  if (state.length > 0) {
    const faults = state.map((fact) => proofs.stateFault(fact.source));
    return faults.every((fault) => fault !== undefined)
      ? undetermined(`${state[0]?.source}: ${faults[0]}`)
      : { standing: 'managed' };
  }
  const stateGap = proofs.stateGap(key);
  if (stateGap !== undefined) return undetermined(stateGap);
  if (gathered.ambiguousInstance !== null) return undetermined(perhapsHeld(gathered.ambiguousInstance));
  if (live?.keyState == null) return undetermined(Object.values(live?.unknown ?? {})[0] ?? proofs.liveGap(key));
  if (isPendingDeletion(live.keyState)) return { standing: 'retiring' };
  if (gathered.imports.length > 0 || gathered.planned.some(isImport)) return { standing: 'import-planned' };
  const [perhapsImported] = gathered.ambiguousImports;
  if (perhapsImported !== undefined) {
    const { path, line } = perhapsImported;
    return undetermined(`the import block at ${path}:${line} names this id, which keys in several Regions share`);
  }
  const owner = gathered.owners.find(isStrongClaim);
  if (owner !== undefined) return { standing: 'managed-elsewhere', reason: ownerText(owner) };
  if (createdAtOf(gathered) === null) return undetermined('nobody said when it was made: it may be settling');
  if (isYoung(gathered, proofs, options)) {
    return { standing: 'settling', reason: 'younger than the grace period when the states were read' };
  }
  if (gathered.ownersGap !== null) return undetermined(gathered.ownersGap);
  return { standing: options.estate === 'complete' ? 'unmanaged' : 'unclaimed' };
}

const isImport = ({ action }: PlannedFact): boolean => action === 'import';

function absentStanding(gathered: Gathered, proofs: Proofs, options: StandingOptions): ReasonedStanding {
  const { key, state, created, absent } = gathered;
  if (absent === null) return undetermined(proofs.liveGap(key));
  if (isYoung(gathered, proofs, options)) {
    return undetermined('made within the grace period: KMS may not show it yet');
  }
  if (state.length > 0) {
    const fault = state.map((fact) => proofs.stateFault(fact.source)).find((found) => found !== undefined);
    return fault === undefined ? { standing: 'missing' } : undetermined(`${state[0]?.source}: ${fault}`);
  }
  if (created === null) {
    return undetermined(`only ${namedBy(gathered)} names it, and KMS does not find it`);
  }
  if (gathered.ambiguousInstance !== null) return undetermined(perhapsHeld(gathered.ambiguousInstance));
  // Nobody who gave no state can be missing a key in one: KMS's word is all that this row needs then.
  const stateGap = proofs.statesRequested ? proofs.stateGap(key) : undefined;
  return stateGap === undefined ? { standing: 'gone' } : undetermined(stateGap);
}

function namedBy({ errored, planned, drifts }: Gathered): string {
  if (errored.length > 0) return 'a state that a crashed apply left';
  return planned.length > 0 || drifts.length > 0 ? 'a plan' : 'its multi-Region family';
}

/** Nobody who makes it answers for it. */
export function isAwsManaged({ live }: Pick<Gathered, 'live'>): boolean {
  if (live === null) return false;
  if (live.keyManager !== null) return live.keyManager === 'AWS';
  // AWS reserves alias/aws/ for its own keys (AWS KMS API reference, CreateAlias).
  return live.aliases?.some((alias) => alias.startsWith('alias/aws/')) ?? false;
}

function isYoung(gathered: Gathered, proofs: Proofs, { graceMs }: StandingOptions): boolean {
  const createdAt = createdAtOf(gathered);
  const seenAt = proofs.statesRead?.first ?? gathered.absent?.readAt;
  if (createdAt === null || seenAt === undefined) return false;
  return toEpochMs(seenAt) - toEpochMs(createdAt) < graceMs;
}

const perhapsHeld = ({ source, address }: StateFact): string =>
  `${source} holds ${address} by its id alone, which keys in several Regions share`;

const latest = (times: readonly Instant[]): Instant | undefined => times.toSorted().at(-1);

const undetermined = (reason: string): ReasonedStanding => ({ standing: 'undetermined', reason });
