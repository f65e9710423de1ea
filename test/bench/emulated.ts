import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EmulatorOptions, World } from '../support/emulator/emulator.ts';
import type { Answered, Asked, Started } from './part/emulator.ts';

const PROCESS = fileURLToPath(new URL('./part/emulator.js', import.meta.url));

/** An emulator in a process of its own, so that its work is not taken for ours. */
export interface Emulated {
  readonly url: string;
  /** Calls that were answered since the last time this was asked. */
  readonly calls: () => Promise<Answered>;
  readonly stop: () => Promise<void>;
}

export async function emulated(world: World, options: EmulatorOptions): Promise<Emulated> {
  const child = fork(PROCESS);
  const ask = async <T>(question: Asked): Promise<T> => {
    const answer = once(child, 'message');
    child.send(question);
    const [message] = await answer;
    return message;
  };
  const { url } = await ask<Started>({ kind: 'start', world, options });
  return {
    url,
    calls: () => ask<Answered>({ kind: 'calls' }),
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
