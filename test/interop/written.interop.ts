import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { STATE } from './estate.ts';
import { compared, sharesText, unknownShare } from './evaluated.ts';
import { plannedKeys } from './planned-values.ts';
import { describeWith } from './programs.ts';
import { agreed, liveTestimonies, testimonies } from './testimony.ts';
import { WRITTEN, writtenEstate } from './written.ts';

/** Of all values that Terraform knew when it planned ./written from an empty state. */
const MOST_UNKNOWN = 0.1;

const PERMITTED: readonly string[] = [];

describeWith('terraform', 'aws')('a configuration as people write it', () => {
  const estate = writtenEstate();
  const { collect, path, plan, scan, terraform } = estate;
  const configuration = ['--config-dir', '.', ...WRITTEN.scanFlags];

  describe('evaluated', () => {
    it('says what Terraform plans from an empty state, or why it does not know', async () => {
      const { facts } = await collect(...configuration);
      const { shares, reasons } = compared(facts, plannedKeys(await readFile(path('first.json'), 'utf8')));
      process.stderr.write(`./written, of what Terraform knew:\n${sharesText(shares)}\n${reasons.join('\n')}\n`);
      expect(unknownShare(shares)).toBeLessThan(MOST_UNKNOWN);
    });
  });

  describe('applied', () => {
    it('has nothing to report', async () => {
      const { code, stderr, findings, report } = await scan();
      expect([code, stderr, findings]).toEqual([0, '', []]);
      expect(report.summary.standings).toMatchObject({ managed: report.keys.length });
    });

    it('is the same to its state, to what Terraform shows of it, to the plan, to the configuration and to KMS', async () => {
      await plan();
      await writeFile(path('shown.json'), (await terraform('show', '-json')).stdout);
      const { facts } = await collect('--state', STATE, '--plan', 'plan.json', ...configuration);
      const shown = await collect('--state', 'shown.json');
      const all = [...testimonies(facts), ...testimonies(shown.facts, 'shown'), ...liveTestimonies(facts)];
      expect(agreed(all)).toEqual(PERMITTED);
      const held = facts.filter((fact) => fact.kind === 'state' && fact.mode === 'managed');
      for (const by of ['shown', 'planned', 'live']) {
        expect([by, all.filter((each) => each.by === by).length]).toEqual([by, held.length]);
      }
    });
  });
});
