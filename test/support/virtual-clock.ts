/** Time that passes only when everybody waits for it. */
export interface VirtualClock {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** Starts at 0. Jumps to the next timer as soon as nothing else is left to run; stops when no timer is left. */
export function virtualClock(): VirtualClock {
  let time = 0;
  let running = false;
  const timers = new Set<Timer>();
  const run = (): void => {
    const [next] = [...timers].sort((a, b) => a.at - b.at);
    running = next !== undefined;
    if (next === undefined) return;
    timers.delete(next);
    time = next.at;
    next.ring();
    setImmediate(run);
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer: Timer = { at: time + ms, ring: resolve };
      timers.add(timer);
      const stop = (): void => {
        timers.delete(timer);
        reject(signal?.reason);
      };
      if (signal?.aborted === true) stop();
      else signal?.addEventListener('abort', stop, { once: true });
      if (!running) setImmediate(run);
      running = true;
    });
  return { now: () => time, sleep };
}
