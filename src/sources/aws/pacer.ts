import { setTimeout as timeout } from 'node:timers/promises';
import type { Timer } from '../source.ts';

/** One granted turn; its holder says how the call went, so that the pace can follow. */
export interface Turn {
  /** The service said that this was too fast. */
  readonly throttled: () => void;
  readonly answered: () => void;
}

/** Spaces calls to one API. Turns are granted in the order in which they were asked for. */
export interface Pacer {
  /** Resolves when the call may be made. Aborted first, it rejects with the signal's reason and takes no turn. */
  readonly turn: (signal: AbortSignal) => Promise<Turn>;
}

/** A quota, and the time that it is reckoned by. */
export interface PacerSettings extends Partial<Timer> {
  readonly perSecond: number;
  /** Calls that may be made at once after a quiet time. Default 1: evenly spaced. */
  readonly burst?: number;
}

/** The spacing never grows beyond this many times the one asked for. */
const SLOWEST = 16;
/** What one answered call takes off a spacing that throttling has doubled: some 7 answers for each halving. */
const RECOVERY = 0.9;

/** Rejects when the signal is aborted. */
export const sleepFor = (ms: number, signal: AbortSignal): Promise<unknown> => timeout(ms, undefined, { signal });

/**
 * When the next call may be made: the generic cell rate algorithm. Quotas shared with other callers throttle even
 * so: then the spacing doubles, once for all calls that were under way, and shrinks back with each answer.
 */
function createPace(perSecond: number, burst: number, now: () => number) {
  const asked = 1000 / perSecond;
  let spacing = asked;
  /** When the next call would be due if calls came evenly; they may run ahead of it by `burst`. */
  let due = now();
  let slowedAt = Number.NEGATIVE_INFINITY;

  const slowDown = (grantedAt: number): void => {
    if (grantedAt <= slowedAt) return;
    slowedAt = now();
    spacing = Math.min(spacing * 2, asked * SLOWEST);
    due = Math.max(due, slowedAt + spacing * burst);
  };
  return {
    /** Milliseconds until the next turn; none or less: now. */
    wait: (): number => due - spacing * (burst - 1) - now(),
    take: (): Turn => {
      const grantedAt = now();
      due = Math.max(due, grantedAt) + spacing;
      return {
        throttled: () => slowDown(grantedAt),
        answered: () => {
          spacing = Math.max(asked, spacing * RECOVERY);
        },
      };
    },
  };
}

/** A pacer for `perSecond` calls. One for each quota (API, account and Region) is the caller's duty. */
export function createPacer(settings: PacerSettings): Pacer {
  const { perSecond, burst = 1, now = () => performance.now(), sleep = sleepFor } = settings;
  const pace = createPace(perSecond, burst, now);
  const waiting: ((turn: Turn) => void)[] = [];
  let pause: AbortController | undefined;
  let granting = false;

  const rest = async (ms: number): Promise<void> => {
    const resting = new AbortController();
    pause = resting;
    try {
      await sleep(ms, resting.signal);
    } catch (error) {
      if (!resting.signal.aborted) throw error;
    }
  };

  const grantInOrder = async (): Promise<void> => {
    granting = true;
    try {
      for (let grant = waiting[0]; grant !== undefined; grant = waiting[0]) {
        const ms = pace.wait();
        if (ms > 0) await rest(ms);
        else {
          waiting.shift();
          grant(pace.take());
        }
      }
    } finally {
      granting = false;
    }
  };

  const turn = async (signal: AbortSignal): Promise<Turn> => {
    signal.throwIfAborted();
    const { promise, grant, refuse } = pending<Turn>();
    const leave = (): void => {
      waiting.splice(waiting.indexOf(grant), 1);
      refuse(signal.reason);
      // With nobody waiting, the timer must not keep the process alive.
      if (waiting.length === 0) pause?.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    waiting.push(grant);
    try {
      if (!granting) await Promise.race([promise, grantInOrder()]);
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  return { turn };
}

function pending<T>() {
  let grant: (value: T) => void = () => undefined;
  let refuse: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    grant = resolve;
    refuse = reject;
  });
  return { promise, grant, refuse };
}
