/** The time that AWS believes in; epoch milliseconds. */
export interface Clock {
  readonly now: () => number;
  readonly advance: (ms: number) => void;
}

/** `running` goes on with the machine's clock from where the world starts; `frozen` moves by `advance` alone. */
export type ClockMode = 'running' | 'frozen';

export function startClock(startMs: number, mode: ClockMode): Clock {
  const began = Date.now();
  let advanced = 0;
  return {
    now: () => startMs + advanced + (mode === 'running' ? Date.now() - began : 0),
    advance: (ms) => {
      advanced += ms;
    },
  };
}
