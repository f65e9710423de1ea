import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import fc from '../support/fast-check.ts';
import { collected } from './estate.ts';
import { compared, sharesText, unknownShare } from './evaluated.ts';
import { generatedRoot } from './generated/modules.ts';
import { plannedKeys } from './planned-values.ts';
import { describeWith, workshop } from './programs.ts';

const MODULES = 40;
/** Of all values that Terraform knew. */
const MOST_UNKNOWN = 0.15;
/** To have the same configuration once more, set this to what a run has said. */
const SEED = Number(process.env['KEYDRIFT_SEED'] ?? Date.now() % 2 ** 31);

describeWith('terraform')(`${MODULES} generated modules around key blocks, seed ${SEED}`, () => {
  let emulator: Emulator;
  const shop = workshop(() => awsEnvironment(emulator));
  const { path, terraform } = shop;
  beforeAll(async () => {
    emulator = await startEmulator({});
    const [draw] = fc.sample(fc.gen(), { seed: SEED, numRuns: 1 });
    if (draw === undefined) throw new Error('fast-check gave nothing to draw from');
    for (const [name, text] of generatedRoot(draw, MODULES)) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), text);
    }
    await terraform('init');
  });
  afterAll(() => emulator.stop());

  it('are to keydrift what Terraform plans of them, or Unknown', async () => {
    await terraform('plan', '-out=plan.out', '-parallelism=60');
    const planned = plannedKeys((await terraform('show', '-json', 'plan.out')).stdout);
    const { facts } = await collected(shop, ['--config-dir', '.']);
    const { shares, reasons } = compared(facts, planned);
    process.stderr.write(`${planned.size} generated keys, seed ${SEED}:\n${sharesText(shares)}\n`);
    expect(unknownShare(shares) < MOST_UNKNOWN ? [] : reasons).toEqual([]);
  });
});
