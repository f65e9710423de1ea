/**
 * A part of the window, read newest first down one chain of pages. Times are whole epoch seconds, as CloudTrail's
 * event times are. Neighbours share a second: LookupEvents takes both ends as included (CloudTrail API reference,
 * LookupEvents), and should it keep finer times than it shows, nothing falls between two slices.
 */
export interface Slice {
  /** What this slice answers for; `start` moves up when its older part is split off. */
  start: number;
  readonly end: number;
  /** What is asked for: frozen while a token lasts. */
  asked: { readonly start: number; readonly end: number };
  /** Everything later than this second has been read. */
  front: number;
  token: string | undefined;
  state: 'ready' | 'asking' | 'done';
  seen: number;
  /** Events a second in the last page that held any. */
  density: number | undefined;
  /** Failed tries of the page that is next. */
  tries: number;
  /** Chains begun since the front last moved, and pages without an event. */
  restarts: number;
  emptyPages: number;
}

/** LookupEvents' largest page (CloudTrail API reference, LookupEvents). */
export const PAGE = 50;

/** Slices begun before the first answer: enough to hide slow answers, few enough for accounts without events. */
const BLIND = 4;

/** Calls under way at once: two a second with answers that take 12 s. */
export const SIDE_BY_SIDE = 24;

/** Nothing of it has been read; times in epoch seconds, both included. */
export const newSlice = (start: number, end: number): Slice => ({
  start,
  end,
  asked: { start, end },
  front: end,
  token: undefined,
  state: 'ready',
  seen: 0,
  density: undefined,
  tries: 0,
  restarts: 0,
  emptyPages: 0,
});

/** A page's events are sorted, the newest first (CloudTrail API reference, LookupEvents). */
export function advance(slice: Slice, times: readonly number[], token: string | undefined): void {
  const front = token === undefined ? slice.asked.start - 1 : Math.min(slice.front, ...times);
  if (front < slice.front) slice.restarts = 0;
  slice.front = front;
  slice.token = token;
  slice.seen += times.length;
  if (times.length > 0) slice.density = times.length / (Math.max(...times) - Math.min(...times) + 1);
  slice.emptyPages = times.length === 0 ? slice.emptyPages + 1 : 0;
  slice.tries = 0;
  slice.state = slice.front < slice.start ? 'done' : 'ready';
}

/** A fresh chain over what is not read yet: the old one's token is spent. */
export function restart(slice: Slice): void {
  slice.asked = { start: slice.start, end: Math.min(slice.asked.end, slice.front + 1) };
  slice.token = undefined;
  slice.state = 'ready';
  slice.tries = 0;
  slice.restarts += 1;
}

/** Slices that lie wholly in what this one has read already, beyond its own start. */
export const overtakenBy = (slice: Slice, slices: readonly Slice[]): readonly Slice[] =>
  slices.filter((other) => other.state !== 'done' && other.end <= slice.start && other.start > slice.front);

/**
 * Events a second to reckon with: as dense as the slice's last page, else as seen over all, else unknown. The page
 * itself, because keys are made in bursts: an average over quiet weeks would call a burst's remainder small.
 */
function density(slice: Slice, slices: readonly Slice[]): number | undefined {
  if (slice.density !== undefined) return slice.density;
  const seconds = slices.reduce((sum, { end, front }) => sum + (end - front), 0);
  return seconds === 0 ? undefined : slices.reduce((sum, { seen }) => sum + seen, 0) / seconds;
}

/** Seconds that are neither read nor likely to be read with the page that is under way. */
function rest(slice: Slice, perSecond: number | undefined): number {
  const underWay = perSecond === undefined || perSecond === 0 ? 0 : PAGE / perSecond;
  return slice.front - slice.start - underWay;
}

/** Where to cut a slice that is being asked: what the page under way leaves over, in halves; undefined: not worth a call. */
function cutOf(slice: Slice, slices: readonly Slice[]): { readonly at: number; readonly gain: number } | undefined {
  const perSecond = density(slice, slices);
  if (perSecond === 0 || (perSecond === undefined && slices.length >= BLIND)) return undefined;
  const seconds = rest(slice, perSecond);
  const events = perSecond === undefined ? seconds : seconds * perSecond;
  // What fits a page is asked for whole: it spares the chain its last call.
  const at = slice.start + Math.floor(perSecond !== undefined && events <= PAGE ? seconds : seconds / 2);
  const usable = at > slice.start && at < slice.front;
  return usable ? { at, gain: events } : undefined;
}

const most = <T>(candidates: readonly T[], measure: (candidate: T) => number): T | undefined =>
  candidates.reduce<T | undefined>(
    (best, candidate) => (best === undefined || measure(candidate) > measure(best) ? candidate : best),
    undefined,
  );

/** What a call would best be spent on now: the longest chain that waits, else a cut of the busiest under way. */
export type NextCall =
  | { readonly kind: 'page'; readonly slice: Slice }
  | { readonly kind: 'cut'; readonly slice: Slice; readonly at: number };

/** undefined: nothing is worth a call before an answer comes. */
export function nextCall(slices: readonly Slice[]): NextCall | undefined {
  const underWay = slices.filter(({ state }) => state === 'asking');
  if (underWay.length >= SIDE_BY_SIDE) return undefined;
  const waiting = slices.filter(({ state }) => state === 'ready');
  const longest = most(waiting, (slice) => (slice.front - slice.start) * (density(slice, slices) ?? 1));
  if (longest !== undefined) return { kind: 'page', slice: longest };
  // A slice that waits because its call failed is no slow answer: more calls would only add to the trouble.
  if (underWay.some(({ tries }) => tries > 0)) return undefined;
  const cuts = underWay.flatMap((slice) => {
    const cut = cutOf(slice, slices);
    return cut === undefined ? [] : [{ slice, ...cut }];
  });
  const best = most(cuts, ({ gain }) => gain);
  return best === undefined ? undefined : { kind: 'cut', slice: best.slice, at: best.at };
}

/** Splits off the older part as a slice of its own; the chain under way goes on until it is past the cut. */
export function cut(slice: Slice, at: number): Slice {
  const older = newSlice(slice.start, at);
  slice.start = at;
  return older;
}
