import { afterEach, beforeEach } from '@jest/globals';
import type { Emulator } from './emulator.ts';
import { frozenEmulator, sessionIn } from './session.ts';

/** For each test of a file an empty frozen world of its own, and a session in one Region of it. */
export function emulatorPerTest(region = 'eu-west-1') {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await frozenEmulator();
  });
  afterEach(async () => emulator.stop());
  return {
    advance: (ms: number): void => emulator.advance(ms),
    here: () => sessionIn(emulator, region),
  };
}
