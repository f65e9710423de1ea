import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Block, cutBlocks, cutBody } from '../../../../src/sources/terraform/configuration/blocks.ts';
import { loadHcl, type ParseHcl } from '../../../../src/sources/terraform/configuration/hcl.ts';
import fc from '../../../support/fast-check.ts';
import { configurations, damagedConfigurations } from './hcl-text.ts';
import { loadWholeParser, type ParseWhole, type Whole } from './whole-parser.ts';

let parse: ParseHcl;
let parseWhole: ParseWhole;

beforeAll(async () => {
  parse = await loadHcl();
  parseWhole = await loadWholeParser();
});

/** What hcl2-parser says of one block when it reads the whole file. */
function within(whole: Whole, { type, labels }: Block): unknown {
  const steps = [type, ...labels];
  const found = steps.reduce<unknown>((value, step) => Reflect.get(Object(value), step), whole);
  return Array.isArray(found) && found.length === 1 ? found[0] : undefined;
}

const cut = (text: string): readonly Block[] => {
  const blocks = cutBlocks(text);
  if (!blocks.ok) throw new Error(`line ${blocks.line}: ${blocks.reason}`);
  return blocks.value;
};

/** Each once: of an argument and a block of one name, which Terraform refuses, hcl2-parser keeps the argument. */
const namesIn = (block: Block): string[] => {
  const body = cutBody(block);
  if (!body.ok) throw new Error(`line ${body.line}: ${body.reason}`);
  const names = [...body.value.arguments.map(({ name }) => name), ...body.value.blocks.map(({ type }) => type)];
  return [...new Set(names)].sort();
};

/** What hcl2-parser decodes and Terraform refuses: no name has an escape, and a file holds blocks alone. */
const REFUSED = ['a block label holds an escape or a template', 'an argument stands outside of any block'];

const isRefused = (text: string): boolean => {
  const blocks = cutBlocks(text);
  return !blocks.ok && REFUSED.includes(blocks.reason);
};

describe('a configuration cut into blocks', () => {
  it('gives block by block what hcl2-parser gives for the whole file', () => {
    fc.assert(
      fc.property(configurations, (text) => {
        const whole = parseWhole(text) ?? {};
        const blocks = cut(text);
        expect(Object.keys(whole).length > 0).toBe(blocks.length > 0);
        for (const block of blocks) {
          expect(Object.fromEntries(parse(block) ?? [])).toEqual(within(whole, block));
          expect(namesIn(block)).toEqual(Object.keys(Object(within(whole, block))).sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is cut the same way wherever hcl2-parser accepts a damaged file', () => {
    fc.assert(
      fc.property(damagedConfigurations, (text) => {
        const whole = parseWhole(text);
        if (whole === null || isRefused(text)) return;
        const blocks = cut(text);
        const alone = blocks.map((block) => within(whole, block)).filter((body) => body !== undefined);
        const parsed = blocks.filter((block) => within(whole, block) !== undefined);
        expect(parsed.map((block) => Object.fromEntries(parse(block) ?? []))).toEqual(alone);
        expect(parsed.map(namesIn)).toEqual(alone.map((body) => Object.keys(Object(body)).sort()));
      }),
      { numRuns: 200 },
    );
  });
});
