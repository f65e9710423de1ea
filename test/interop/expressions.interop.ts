import { writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, type Verdict } from './expressions/compare.ts';
import { ask } from './expressions/console.ts';
import { CONFIGURATION } from './expressions/definitions.ts';
import { expression } from './expressions/generate.ts';
import { describeWith, workshop } from './programs.ts';

/** Another one: `EXPRESSIONS_SEED=1234 npm run test:interop`. */
const SEED = Number(process.env['EXPRESSIONS_SEED'] ?? Date.now() % 2 ** 31);
const GENERATED = Number(process.env['EXPRESSIONS'] ?? 4000);

describeWith('terraform')('expressions beside terraform console', () => {
  const shop = workshop(() => ({}));

  it('evaluates generated ones as Terraform does, or says that it does not', async () => {
    await writeFile(shop.path('main.tf'), CONFIGURATION);
    await shop.terraform('init', '-backend=false');
    const expressions = fc.sample(expression, { numRuns: GENERATED, seed: SEED });
    const answers = await ask(shop, expressions);
    const verdicts = answers.map((answer, at) => compare(expressions[at] ?? '', answer));
    report(verdicts);
    expect(verdicts.flatMap((verdict) => (typeof verdict === 'object' ? [verdict.wrong] : []))).toEqual([]);
    expect(verdicts.filter((verdict) => verdict === 'same').length).toBeGreaterThan(GENERATED / 4);
  });
});

function report(verdicts: readonly Verdict[]): void {
  const share = (wanted: Verdict): string => {
    const count = verdicts.filter((verdict) => verdict === wanted).length;
    return `${((100 * count) / verdicts.length).toFixed(1)} % ${String(wanted)}`;
  };
  console.info(
    `seed ${SEED}, ${verdicts.length} expressions: ${(['same', 'refused', 'unknown'] as const).map(share).join(', ')}`,
  );
}
