import type { Instant } from '../../model/time.ts';
import { callSignal } from '../aws/call-signal.ts';
import { errorName } from '../aws/error-text.ts';
import { type Failure, failureOf } from '../aws/failure.ts';
import { type Pacer, sleepFor, type Turn } from '../aws/pacer.ts';
import type { AskPage, Page, PageEvent } from './lookup-page.ts';
import type { Operation } from './record.ts';
import { advance, cut, newSlice, nextCall, overtakenBy, restart, type Slice } from './slices.ts';

/** The permission that every look-up needs. */
const PERMISSION = 'cloudtrail:LookupEvents';

/** Tries of one page, the first included. */
const TRIES = 8;
/** Chains begun without getting any further, and pages without events in a row, until the answers count as broken. */
const FRUITLESS = { restarts: 3, emptyPages: 50 } as const;
/** Wait after the first passing failure and longest wait, in milliseconds; doubled with each further one. */
const BACKOFF = { first: 100, longest: 5_000 } as const;

/** One event name over one window, and what it is asked with. */
export interface LookupAsk {
  readonly askPage: AskPage;
  readonly pacer: Pacer;
  readonly operation: Operation;
  /** Epoch seconds, both ends included. */
  readonly start: number;
  readonly end: number;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly onEvents?: (total: number) => void;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

interface LookedUp extends PageEvent {
  readonly readAt: Instant;
}

/** What a look-up read, and what ended it early. */
export interface Lookup {
  /** Each event once. */
  readonly events: readonly LookedUp[];
  /** What was read in full, as (after, until] in epoch seconds, oldest first. The whole window unless it failed. */
  readonly read: readonly { readonly after: number; readonly until: number }[];
  readonly failure?: Failure;
}

/**
 * Reads all events of one name in a window. Slices of the window are paged side by side, as many as the answers'
 * slowness leaves turns unused. A failure that does not pass ends the look-up with what was read so far.
 * Throws the signal's reason alone.
 */
export async function lookUpEvents(ask: LookupAsk): Promise<Lookup> {
  ask.signal.throwIfAborted();
  const run = new LookupRun(ask);
  await run.toTheEnd();
  ask.signal.throwIfAborted();
  return run.outcome();
}

interface UnderWay {
  readonly slice: Slice;
  readonly ended: Promise<void>;
  readonly abandon: () => void;
}

class LookupRun {
  readonly #ask: LookupAsk;
  readonly #slices: Slice[];
  readonly #events = new Map<string, LookedUp>();
  readonly #nameless: LookedUp[] = [];
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #calls = new Set<UnderWay>();
  #turn: { readonly waiting: Promise<void>; granted?: Turn } | undefined;
  #failure: Failure | undefined;

  constructor(ask: LookupAsk) {
    this.#ask = ask;
    this.#slices = [newSlice(ask.start, ask.end)];
    this.#signal = callSignal(AbortSignal.any([ask.signal, this.#stop.signal]));
  }

  async toTheEnd(): Promise<void> {
    try {
      while (!this.#isOver()) await this.#step();
    } finally {
      this.#stop.abort();
      const pending = [...this.#calls].map(({ ended }) => ended);
      await Promise.all(this.#turn === undefined ? pending : [...pending, this.#turn.waiting]);
    }
  }

  outcome(): Lookup {
    const read = this.#slices
      .map(({ front, end, start }) => ({ after: Math.max(front, start - 1), until: end }))
      .filter(({ after, until }) => after < until)
      .sort((a, b) => a.after - b.after);
    const events = [...this.#events.values(), ...this.#nameless];
    return this.#failure === undefined ? { events, read } : { events, read, failure: this.#failure };
  }

  #isOver(): boolean {
    return (
      this.#ask.signal.aborted || this.#failure !== undefined || this.#slices.every(({ state }) => state === 'done')
    );
  }

  /** Makes the best call when there is a turn for it, else waits for a turn or an answer, whichever comes first. */
  async #step(): Promise<void> {
    const next = nextCall(this.#slices);
    if (next !== undefined && this.#turn?.granted !== undefined) {
      const turn = this.#turn.granted;
      this.#turn = undefined;
      this.#call(next.kind === 'page' ? next.slice : this.#cut(next.slice, next.at), turn);
      return;
    }
    if (next !== undefined) this.#turn ??= this.#askForTurn();
    const waits = [...this.#calls].map(({ ended }) => ended);
    if (this.#turn !== undefined && this.#turn.granted === undefined) waits.push(this.#turn.waiting);
    await Promise.race(waits);
  }

  #askForTurn() {
    const asked: { waiting: Promise<void>; granted?: Turn } = {
      waiting: this.#ask.pacer.turn(this.#signal).then(
        (turn) => {
          asked.granted = turn;
        },
        (error: unknown) => this.#unlessStopped(error),
      ),
    };
    return asked;
  }

  #unlessStopped(error: unknown): void {
    if (!this.#signal.aborted) throw error;
  }

  #cut(slice: Slice, at: number): Slice {
    const older = cut(slice, at);
    this.#slices.push(older);
    return older;
  }

  #call(slice: Slice, turn: Turn): void {
    slice.state = 'asking';
    const abandoned = new AbortController();
    const signal = callSignal(AbortSignal.any([this.#signal, abandoned.signal]));
    // A slice's next call may begin before this one's end is noticed, so each call is its own entry.
    const call: UnderWay = {
      slice,
      ended: this.#askOnce(slice, turn, signal).finally(() => this.#calls.delete(call)),
      abandon: () => abandoned.abort(),
    };
    this.#calls.add(call);
  }

  async #askOnce(slice: Slice, turn: Turn, signal: AbortSignal): Promise<void> {
    const { operation, askPage } = this.#ask;
    let page: Page;
    try {
      page = await askPage({ operation, ...slice.asked, token: slice.token }, signal);
    } catch (error) {
      if (!signal.aborted) await this.#recover(slice, turn, error, signal);
      return;
    }
    turn.answered();
    if (!signal.aborted) this.#take(slice, page);
  }

  #take(slice: Slice, { events, token }: Page): void {
    const readAt = this.#ask.now();
    for (const event of events) {
      if (event.eventId === null) this.#nameless.push({ ...event, readAt });
      else if (this.#events.get(event.eventId)?.parsed.kind !== 'record') {
        this.#events.set(event.eventId, { ...event, readAt });
      }
    }
    advance(
      slice,
      events.flatMap(({ at }) => (at === null ? [] : [at])),
      token,
    );
    if (slice.emptyPages > FRUITLESS.emptyPages) this.#fail('CloudTrail answers empty pages without end');
    for (const other of overtakenBy(slice, this.#slices)) {
      other.front = other.start - 1;
      other.state = 'done';
    }
    for (const call of this.#calls) if (call.slice.state === 'done' && call.slice !== slice) call.abandon();
    this.#ask.onEvents?.(this.#events.size);
  }

  async #recover(slice: Slice, turn: Turn, error: unknown, signal: AbortSignal): Promise<void> {
    if (errorName(error) === 'InvalidNextTokenException') return this.#restart(slice);
    const failure = failureOf(error, PERMISSION);
    if (failure.kind === 'throttled') turn.throttled();
    slice.tries += 1;
    const passing = failure.kind === 'throttled' || failure.kind === 'server' || failure.kind === 'unreachable';
    if (!passing) {
      this.#failure ??= failure;
      return;
    }
    if (slice.tries >= TRIES) {
      this.#failure ??= { ...failure, reason: `${failure.reason} (after ${TRIES} tries)` };
      return;
    }
    if (failure.kind !== 'throttled') await this.#backOff(slice.tries, signal);
    if (slice.state === 'asking') slice.state = 'ready';
  }

  #restart(slice: Slice): void {
    if (slice.restarts >= FRUITLESS.restarts) this.#fail('CloudTrail takes none of its own tokens');
    else restart(slice);
  }

  #fail(reason: string): void {
    this.#failure ??= { kind: 'unreadable', reason };
  }

  async #backOff(tries: number, signal: AbortSignal): Promise<void> {
    const sleep = this.#ask.sleep ?? sleepFor;
    try {
      await sleep(Math.min(BACKOFF.first * 2 ** (tries - 1), BACKOFF.longest), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
