import { describe, expect, it } from '@jest/globals';
import { readFiles } from './read-files.ts';

const STORE = 'resource "aws_kms_custom_key_store" "hsm" {\n  custom_key_store_name = "orders-hsm"\n}\n';
const key = (id: string, more = ''): string =>
  `resource "aws_kms_key" "k" {\n  custom_key_store_id = ${id}\n${more}}\n`;

async function referredBy(text: string, files: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { facts } = await readFiles({ 'main.tf': text, ...files });
  return facts.flatMap((fact) => (fact.kind === 'configuration' ? [fact.customKeyStore] : []));
}

describe('a custom key store block', () => {
  it.each([
    ['aws_kms_custom_key_store.hsm.id', 'aws_kms_custom_key_store.hsm'],
    [`"\${aws_kms_custom_key_store.hsm.id}"`, 'aws_kms_custom_key_store.hsm'],
    ['aws_kms_custom_key_store.hsm["a"].id', 'aws_kms_custom_key_store.hsm["a"]'],
    ['aws_kms_custom_key_store.hsm[1].id', 'aws_kms_custom_key_store.hsm[1]'],
    ['local.store', 'aws_kms_custom_key_store.hsm'],
    ['try(aws_kms_custom_key_store.hsm.id, null)', undefined],
    ['var.x ? aws_kms_custom_key_store.hsm.id : "cks-1"', undefined],
    ['var.x ? aws_kms_custom_key_store.hsm.id : aws_kms_custom_key_store.other.id', undefined],
    ['data.aws_kms_custom_key_store.hsm.id', undefined],
    ['"cks-1"', undefined],
  ])('is what custom_key_store_id = %s refers to: %s', async (id, expected) => {
    const locals = 'locals { store = aws_kms_custom_key_store.hsm.id }\n';
    expect(await referredBy(STORE + locals + key(id))).toEqual([expected]);
  });

  it('is not referred to where changes are ignored', async () => {
    const more = '  lifecycle {\n    ignore_changes = [custom_key_store_id]\n  }\n';
    expect(await referredBy(STORE + key('aws_kms_custom_key_store.hsm.id', more))).toEqual([undefined]);
  });

  it('is passed to a module', async () => {
    const call = 'module "m" {\n  source = "./m"\n  store  = aws_kms_custom_key_store.hsm.id\n}\n';
    const files = { 'm/main.tf': `variable "store" {\n  default = null\n}\n${key('var.store')}` };
    expect(await referredBy(STORE + call, files)).toEqual(['aws_kms_custom_key_store.hsm']);
  });

  it('is a fact for each instance, without any of its credentials', async () => {
    const json = {
      resource: {
        aws_kms_custom_key_store: {
          xks: {
            count: 1,
            custom_key_store_name: `\${var.x}`,
            custom_key_store_type: 'EXTERNAL_KEY_STORE',
            key_store_password: 'canary',
          },
        },
      },
    };
    const { facts } = await readFiles({ 'main.tf': STORE, 'xks.tf.json': JSON.stringify(json) });
    const one = { kind: 'configuration-key-store', root: '.', line: 1, instances: 'one' };
    expect(facts).toEqual([
      {
        ...one,
        address: 'aws_kms_custom_key_store.hsm',
        path: 'main.tf',
        name: 'orders-hsm',
        type: null,
        readAt: expect.anything(),
      },
      {
        ...{ ...one, address: 'aws_kms_custom_key_store.xks[0]', path: 'xks.tf.json', name: null },
        unknownName: `custom_key_store_name: "\${var.x}" is not known: var.x is not declared`,
        ...{ type: 'EXTERNAL_KEY_STORE', readAt: expect.anything() },
      },
    ]);
  });

  it('that is moved is told', async () => {
    const moved = 'moved {\n  from = aws_kms_custom_key_store.old\n  to   = aws_kms_custom_key_store.hsm\n}\n';
    const imported = 'import {\n  to = aws_kms_custom_key_store.hsm\n  id = "cks-1"\n}\n';
    const { facts } = await readFiles({ 'main.tf': STORE + moved + imported });
    expect(facts.map(({ kind }) => kind)).toEqual(['configuration-key-store', 'moved']);
  });
});
