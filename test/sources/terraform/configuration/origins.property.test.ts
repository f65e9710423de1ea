import { describe, expect, it } from '@jest/globals';
import fc from '../../../support/fast-check.ts';
import { readFiles } from './read-files.ts';

const KEYS = [0, 1, 2];
const reference = (key: number): string => `aws_kms_key.k${key}.arn`;
const arn = (key: number): string => `arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-00000000000${key}`;

/** Expressions that come to one of the keys, in most of the ways in which people write that. */
const { target } = fc.letrec<{ target: string }>((tie) => {
  const inner = tie('target');
  const pair = fc.tuple(inner, inner);
  const condition = fc.constantFrom('true', 'false', '1 > 2', 'local.flag', 'length(local.names) == 2');
  return {
    target: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(
        ...KEYS.map(reference),
        ...KEYS.map((key) => `local.key${key}`),
        'local.all.b',
        'local.all["c"].arn',
      ),
      inner.map((one) => `(${one})`),
      inner.map((one) => `"\${${one}}"`),
      inner.map((one) => `one([${one}])`),
      inner.map((one) => `join("", [${one}])`),
      inner.map((one) => `[for each in [${one}] : each][0]`),
      inner.map((one) => `{ for name in local.names : name => ${one} }["x"]`),
      inner.map((one) => `[{ arn = ${one} }][*].arn[0]`),
      fc.tuple(condition, pair).map(([when, [yes, no]]) => `(${when} ? ${yes} : ${no})`),
      pair.map(([a, b]) => `try(${a}, ${b})`),
      pair.map(([a, b]) => `coalesce(null, ${a}, ${b})`),
      pair.map(([a, b]) => `[${a}, ${b}][1]`),
      pair.map(([a, b]) => `element([${a}, ${b}], 2)`),
      pair.map(([a, b]) => `{ x = ${a}, (local.names[1]) = ${b} }[local.names[0]]`),
      pair.map(([a, b]) => `{ x = { arn = ${a} }, y = { arn = ${b} } }.y.arn`),
      pair.map(([a, b]) => `merge({ x = ${a}, y = ${b} }, { x = ${b} })["x"]`),
      pair.map(([a, b]) => `lookup({ x = ${a} }, "z", ${b})`),
      pair.map(([a, b]) => `reverse([${a}, ${b}])[0]`),
      pair.map(([a, b]) => `concat([${a}], [${b}])[1]`),
      pair.map(([a, b]) => `replace(${a}, ${b}, ${b})`),
    ),
  };
});

const configuration = (keyOf: (key: number) => string, written: string): string => `
${KEYS.map((key) => `resource "aws_kms_key" "k${key}" {}`).join('\n')}
locals {
  flag  = false
  names = ["x", "y"]
  ${KEYS.map((key) => `key${key} = ${keyOf(key)}`).join('\n  ')}
  all   = { b = ${keyOf(1)}, c = { arn = ${keyOf(2)} } }
}
resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = ${written}
}
`;

async function aliasIn(text: string) {
  const { facts } = await readFiles({ 'main.tf': text });
  const [alias] = facts.flatMap((fact) => (fact.kind === 'configuration-alias' ? [fact] : []));
  return alias;
}

describe('what an alias block refers to', () => {
  it('is among the keys that it is said to be bound to, whatever the expression', async () => {
    await fc.assert(
      fc.asyncProperty(target, async (written) => {
        const literal = (text: string): string =>
          KEYS.reduce((all, key) => all.replaceAll(reference(key), JSON.stringify(arn(key))), text);
        // What the same expression comes to when the keys are known.
        const wanted = await aliasIn(configuration((key) => JSON.stringify(arn(key)), literal(written)));
        fc.pre(wanted?.targetKeyArn != null);
        const key = KEYS.find((each) => arn(each) === wanted?.targetKeyArn);
        const found = await aliasIn(configuration(reference, written));
        expect(found?.keys).toContain(`aws_kms_key.k${key}`);
        if (found?.unknownTarget === undefined) expect(found?.keys).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
