import { type Emulator, type EmulatorOptions, startEmulator, type World } from '../../support/emulator/emulator.ts';

/** What the parent process asks. */
export type Asked =
  | { readonly kind: 'start'; readonly world: World; readonly options: EmulatorOptions }
  | { readonly kind: 'calls' };
export interface Started {
  readonly url: string;
}
/** Calls since the last answer, by API, and how many of them failed. */
export interface Answered {
  readonly byApi: Readonly<Record<string, number>>;
  readonly all: number;
  readonly failed: number;
}

let emulator: Emulator | undefined;
let told = 0;

process.on('message', async (asked: Asked) => {
  if (asked.kind === 'start') {
    emulator = await startEmulator(asked.world, asked.options);
    process.send?.({ url: emulator.url } satisfies Started);
  } else process.send?.(calls());
});
process.on('disconnect', () => void emulator?.stop());

function calls(): Answered {
  const requests = emulator?.requests.slice(told) ?? [];
  told += requests.length;
  const byApi: Record<string, number> = {};
  for (const { api } of requests) byApi[api] = (byApi[api] ?? 0) + 1;
  return { byApi, all: requests.length, failed: requests.filter(({ error }) => error !== undefined).length };
}
