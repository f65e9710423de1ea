import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmulator, type World } from './emulator.ts';

const { values } = parseArgs({ options: { world: { type: 'string' }, port: { type: 'string' } } });

const world: World = values.world === undefined ? {} : JSON.parse(await readFile(values.world, 'utf8'));
const emulator = await startEmulator(world, { port: Number(values.port ?? 0) });
process.stdout.write(`${emulator.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop());
