import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { reading } from '../../../../src/model/attributes.ts';
import fc from '../../../support/fast-check.ts';
import { readFiles } from './read-files.ts';
import { loadWholeParser, type ParseWhole } from './whole-parser.ts';

const wholeSchema = z.object({
  resource: z.object({ aws_kms_key: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) }).optional(),
});

let parseWhole: ParseWhole;

beforeAll(async () => {
  parseWhole = await loadWholeParser();
});

const SPECS = ['"RSA_2048"', '"ECC_NIST_P256"', 'null', '<<EOT\nHMAC_256\nEOT', '"with \\" and #"'] as const;
const DESCRIPTIONS = ['"one"', '"}"', '"$' + '$' + '{x}"', '42', 'true', '<<-EOT\n  a {\n    b\n  EOT'] as const;

const blocks = fc.array(
  fc.record({
    spec: fc.constantFrom(...SPECS),
    description: fc.constantFrom(...DESCRIPTIONS),
    rest: fc.constantFrom('', '# }\n', 'locals {\n  a = "{"\n}\n'),
  }),
  { minLength: 1, maxLength: 4 },
);

const texts = fc.tuple(blocks, fc.boolean()).map(([found, isReversed]) => {
  const parts = found.map(
    ({ spec, description, rest }, n) =>
      `resource "aws_kms_key" "k${n}" {\n  customer_master_key_spec = ${spec}\n  description = ${description}\n}\n${rest}`,
  );
  return (isReversed ? parts.reverse() : parts).join('\n');
});

const SNIPPETS = ['', '"', '{', '}', '\n', '#', '/*', '<<EOT\n', '=', '$' + '{', 'x', '\\'] as const;
const damaged = fc.oneof(
  texts,
  fc.tuple(texts, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
  fc
    .tuple(texts, fc.nat(), fc.nat(2), fc.constantFrom(...SNIPPETS))
    .map(
      ([text, at, drop, put]) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + drop),
    ),
);

/** What a literal means for an argument that is text: null is unset, and Terraform turns numbers and flags into text. */
const asText = (literal: unknown, unset: string | undefined): string | undefined =>
  literal === undefined || literal === null ? unset : String(literal);

describe('an edited, truncated or reordered configuration', () => {
  it('gives what hcl2-parser gives for the whole file, says that it does not know, or is not covered', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        const { facts, coverage } = await readFiles({ 'main.tf': text });
        const whole = wholeSchema.safeParse(parseWhole(text)).data?.resource?.aws_kms_key;
        if (whole === undefined) return;
        for (const [name, [block, ...others]] of Object.entries(whole)) {
          const fact = facts.find((found) => found.kind === 'configuration' && found.address === `aws_kms_key.${name}`);
          if (fact?.kind !== 'configuration') {
            expect(coverage[0]?.status).not.toBe('complete');
            continue;
          }
          const [spec, description] = [reading(fact, 'keySpec'), reading(fact, 'description')];
          if (others.length === 0 && spec.kind === 'known') {
            expect(spec.value).toBe(asText(block?.['customer_master_key_spec'], 'SYMMETRIC_DEFAULT'));
            compared += 1;
          }
          if (others.length === 0 && description.kind === 'known') {
            expect(description.value).toBe(asText(block?.['description'], undefined));
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
