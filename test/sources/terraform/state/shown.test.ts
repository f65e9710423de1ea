import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { ParsedState } from '../../../../src/sources/terraform/state/parse.ts';
import { ARN, type Fields, KEY_ID, readable } from './state-text.ts';

const FIXTURES = new URL('../../../fixtures/state/', import.meta.url);

const entry = (fields: Fields = {}): Fields => ({
  address: 'aws_kms_key.orders',
  mode: 'managed',
  type: 'aws_kms_key',
  name: 'orders',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  schema_version: 0,
  values: { arn: ARN, id: KEY_ID, key_id: KEY_ID, description: 'orders', tags: null, tags_all: { Team: 'payments' } },
  sensitive_values: { tags_all: {} },
  ...fields,
});
const shown = (root: unknown, fields: Fields = {}): Fields => ({
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: { root_module: root },
  ...fields,
});
const withEntry = (fields: Fields): ParsedState => readable(shown({ resources: [entry(fields)] }));

describe('what `terraform show -json` prints of a state', () => {
  it('says what the state itself says, but for lineage and serial', async () => {
    const [state, output] = await Promise.all(
      ['terraform-1.11-every-form.tfstate', 'terraform-1.11-every-form.show.json'].map(async (name) =>
        readable(await readFile(new URL(name, FIXTURES))),
      ),
    );
    const told = (of: ParsedState | undefined) =>
      of?.facts.map((fact) => JSON.stringify({ ...fact, lineage: '', serial: 0 })).sort();
    expect(told(output)).toEqual(told(state));
    expect(output?.facts).toHaveLength(15);
    expect(output).toMatchObject({
      lineage: expect.stringMatching(/^none:[0-9a-f]{16}$/),
      serial: 0,
      terraformVersion: '1.11.4',
      gaps: [],
      diagnostics: [
        {
          level: 'warning',
          message: 'terraform.tfstate has no lineage: its copies cannot be told from other states',
        },
      ],
    });
  });

  it('may be of no state at all where it holds nothing, which is told', () => {
    expect(readable({ format_version: '1.0' }).diagnostics).toEqual([
      {
        level: 'warning',
        source: 'state',
        message:
          'terraform.tfstate holds nothing, and terraform show -json prints the same where there is no state: give what terraform state pull prints',
      },
    ]);
  });

  it.each([
    { format_version: '1.0' },
    { format_version: '1.17' },
    shown({}),
    shown({ resources: null, child_modules: null }),
    shown({ resources: [], child_modules: [{ address: 'module.a' }] }),
  ])('of an empty state is complete and empty: %j', (output) => {
    expect(readable(output)).toMatchObject({ facts: [], gaps: [], serial: 0 });
  });

  it.each([
    [{}, 'aws_kms_key.orders', 'current'],
    [{ index: 0 }, 'aws_kms_key.orders[0]', 'current'],
    [{ index: 'a"b' }, 'aws_kms_key.orders["a\\"b"]', 'current'],
    [{ mode: 'data' }, 'data.aws_kms_key.orders', 'current'],
    [{ tainted: true }, 'aws_kms_key.orders', 'tainted'],
    [{ tainted: false }, 'aws_kms_key.orders', 'current'],
    [{ deposed_key: '0a1b2c3d', tainted: true }, 'aws_kms_key.orders', 'deposed'],
  ])('with %j is %s, %s', (fields, address, status) => {
    expect(withEntry(fields).facts).toMatchObject([{ address, status, arn: ARN, keyId: KEY_ID }]);
  });

  it.each<[unknown, Fields]>([
    [{ description: true }, { description: 'marked sensitive in the state' }],
    [{ tags_all: { Team: true } }, { tags: 'marked sensitive in the state' }],
    [{ tags_all: { Team: false }, description: false }, {}],
    [{ arn: true, id: true }, {}],
    [{ description: 'yes' }, { description: 'marked sensitive in the state' }],
    [{}, {}],
  ])('marked sensitive by %j has Unknown %j', (marks, unknown) => {
    expect(withEntry({ sensitive_values: marks }).facts).toMatchObject([{ arn: ARN, unknown }]);
  });

  it.each([
    [true, 'marked sensitive in the state'],
    [undefined, 'what the state marks sensitive cannot be read'],
    [null, 'what the state marks sensitive cannot be read'],
    [[], 'what the state marks sensitive cannot be read'],
    ['all', 'what the state marks sensitive cannot be read'],
  ])('marked sensitive by %j keeps all but its identity to itself', (marks, reason) => {
    const { facts } = withEntry({ sensitive_values: marks });
    expect(facts).toMatchObject([{ arn: ARN, attributes: {}, unknown: { description: reason, keySpec: reason } }]);
  });

  it('is read however deep a mark is nested', () => {
    const deep = `{"a":${'['.repeat(50_000)}true${']'.repeat(50_000)}}`;
    const text = JSON.stringify(shown({ resources: [entry({ sensitive_values: 'MARKS' })] })).replace('"MARKS"', deep);
    expect(readable(text).facts).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['no type', { resources: [{ mode: 'managed' }] }, 'values.root_module.resources[0] has no type'],
    [
      'no mode',
      { resources: [entry({ mode: null })] },
      'values.root_module.resources[0].mode is not what a state has there',
    ],
    [
      'values that are none',
      { resources: [entry({ values: 7 })] },
      'values.root_module.resources[0].instances[0] is damaged',
    ],
    [
      'resources that are no list',
      { resources: {} },
      'values.root_module.resources is not what `terraform show -json` has there',
    ],
    [
      'modules that are no list',
      { child_modules: 'none' },
      'values.root_module.child_modules is not what `terraform show -json` has there',
    ],
    [
      'a module without an address',
      { child_modules: [{ resources: [entry()] }] },
      'values.root_module.child_modules[0].address is not what `terraform show -json` has there',
    ],
    [
      'a module that is none',
      { child_modules: [{ address: 'module.a', child_modules: [null] }] },
      'values.root_module.child_modules[0].child_modules[0].address is not what `terraform show -json` has there',
    ],
  ])('with %s says what is lost', (_, root, gap) => {
    expect(readable(shown(root))).toMatchObject({ facts: [], gaps: [gap] });
  });

  it('is read in part where a stranger nested modules deeper than anybody does', () => {
    const deep = 20_000;
    const inner = `{"address":"module.a","resources":[${JSON.stringify(entry())}],"child_modules":[`;
    const text = JSON.stringify(shown('ROOT')).replace('"ROOT"', `${inner.repeat(deep)}${']}'.repeat(deep)}`);
    const { facts, gaps } = readable(text);
    expect(facts).toHaveLength(101);
    expect(gaps).toEqual([expect.stringMatching(/child_modules are nested deeper than 100 levels$/)]);
  });
});
