import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmulator, type World } from './emulator.ts';

const { values } = parseArgs({
  options: {
    world: { type: 'string' },
    port: { type: 'string', default: '0' },
    frozen: { type: 'boolean', default: false },
  },
});

async function worldFrom(path: string | undefined): Promise<World> {
  return path === undefined ? {} : JSON.parse(await readFile(path, 'utf8'));
}

try {
  const clock = values.frozen ? 'frozen' : 'running';
  const emulator = await startEmulator(await worldFrom(values.world), { port: Number(values.port), clock });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop());
  console.log(emulator.url);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
