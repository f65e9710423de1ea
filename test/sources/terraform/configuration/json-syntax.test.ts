import { describe, expect, it } from '@jest/globals';
import { cutJsonArguments, cutJsonBlocks } from '../../../../src/sources/terraform/configuration/json/blocks.ts';
import { parseJson } from '../../../../src/sources/terraform/configuration/json/tree.ts';
import { normalized } from '../../../../src/sources/terraform/configuration/language/normal-form.ts';
import fc from '../../../support/fast-check.ts';
import { readFiles } from './read-files.ts';

const TEXT = `{
  "//": "a comment",
  "variable": { "name": { "default": "$\{not} a template", "type": "string" } },
  "locals": { "specs": { "a": "RSA_2048" } },
  "provider": { "aws": [{ "region": "eu-west-1" },
    { "alias": "us", "region": "us-east-1" }] },
  "terraform": {
    "backend": { "s3": { "bucket": "b" } } },
  "resource": {
    "aws_kms_key": {
      "each": {
        "//": "of another kind",
        "for_each": "$\{local.specs}",
        "provider": "aws.us",
        "customer_master_key_spec": "$\{each.value}",
        "description": "$\{upper(\\"q\\")} \\"quoted\\" \\\\ $\${x} $\{var.name}\\n",
        "enable_key_rotation": true,
        "deletion_window_in_days": 7,
        "tags": { "a": "b" },
        "lifecycle": { "ignore_changes": ["tags", "policy"] }
      }
    }
  },
  "moved": [{ "from": "aws_kms_key.old", "to": "aws_kms_key.each[\\"a\\"]" }],
  "import": { "to": "aws_kms_key.each[\\"a\\"]", "id": "1234" },
  "removed": { "from": "aws_kms_key.gone", "lifecycle": { "destroy": false } }
}
`;

describe('JSON syntax', () => {
  it('says what the native syntax says, at its lines', async () => {
    const { facts, coverage } = await readFiles({ 'main.tf.json': TEXT });
    expect(coverage).toEqual([expect.objectContaining({ status: 'complete' })]);
    const place = { root: '.', path: 'main.tf.json' };
    expect(facts).toEqual([
      expect.objectContaining({
        address: 'aws_kms_key.each["a"]',
        line: 11,
        region: 'us-east-1',
        deletionWindowInDays: 7,
        attributes: expect.objectContaining({
          keySpec: 'RSA_2048',
          description: 'Q "quoted" \\ $' + '{x} $' + '{not} a template\n',
          rotationEnabled: true,
        }),
        unknown: {},
      }),
      { kind: 'anchor', block: 'provider', region: 'eu-west-1', accounts: [], ...place, line: 5 },
      { kind: 'anchor', block: 'provider', region: 'us-east-1', accounts: [], ...place, line: 6 },
      { kind: 'import', to: 'aws_kms_key.each["a"]', id: '1234', ...place, line: 25 },
      { kind: 'moved', from: 'aws_kms_key.old', to: 'aws_kms_key.each["a"]', ...place, line: 24 },
      { kind: 'removed', from: 'aws_kms_key.gone', destroy: false, ...place, line: 26 },
      { kind: 'anchor', block: 'backend', region: null, accounts: [], ...place, line: 8 },
    ]);
  });

  it('calls modules and passes providers to them', async () => {
    const { facts } = await readFiles({
      'main.tf.json': JSON.stringify({
        provider: { aws: { alias: 'us', region: 'us-east-1' } },
        module: { m: { source: './m', providers: { aws: 'aws.us' }, text: `$\{"a"}b` } },
      }),
      'm/main.tf': 'variable "text" {}\nresource "aws_kms_key" "k" {\n  description = var.text\n}\n',
    });
    expect(facts).toContainEqual(
      expect.objectContaining({
        address: 'module.m.aws_kms_key.k',
        region: 'us-east-1',
        attributes: expect.objectContaining({ description: 'ab' }),
      }),
    );
  });

  it.each([
    ['', 1, 'a JSON value is missing here'],
    ['{\n"a": 1', 2, 'a , or } is missing here'],
    ['{"a" 1}', 1, 'a : is missing here'],
    ['{} {}', 1, 'something follows the end of the JSON text'],
    ['{"resource": "x"}', 1, 'a JSON object is missing here'],
    ['{"locals": {"a": "$' + '{x"}}', 1, 'a template in a JSON string is not closed'],
    ['{"locals":\n {"a b": 1}}', 2, 'an argument has no name that can be one'],
    ['{"resource": {"aws_kms_key": {"a\\"b": {}}}}', 1, 'a block label holds an escape or a template'],
    [`${'['.repeat(200)}`, 1, 'JSON is nested more than 100 deep'],
    ['{"a": "CANARY\n"}', 1, 'a JSON string is missing here, or not closed'],
  ])('is refused with its line where it is broken: %j', (text, line, reason) => {
    expect(cutJsonBlocks(text)).toEqual({ ok: false, line, reason });
  });

  it('gives the values of variables as they are', () => {
    expect(cutJsonArguments('{"//": 1, "a": "$' + '{x}",\n"b": [1.50, true, null, {"c": "d"}]}')).toEqual({
      ok: true,
      value: [
        { name: 'a', line: 1, text: '"$' + '$' + '{x}"' },
        { name: 'b', line: 2, text: '[1.50, true, null, {"c" = "d"}]' },
      ],
    });
  });
});

type Tree = ReturnType<typeof parseJson>;

function plain(node: Tree): unknown {
  switch (node.kind) {
    case 'array':
      return node.items.map(plain);
    case 'object':
      return Object.fromEntries(node.entries.map(({ name, value }) => [name, plain(value)]));
    case 'string':
      return node.value;
    case 'plain':
      return JSON.parse(node.text);
  }
}

const outcome = (read: () => unknown): unknown => {
  try {
    return read();
  } catch {
    return 'refused';
  }
};

describe('parseJson', () => {
  it('reads what JSON.parse reads, and refuses what it refuses', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '\\', '0', '\n', '\u0001', '\u007f'))
      .map(
        ([text, at, put]) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + (at % 2)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        expect(outcome(() => plain(parseJson(text)))).toEqual(outcome(() => JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a description in JSON', () => {
  it('is what it says, whatever it holds, unless a template is in it; the empty one is none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom('$', '%', '{', '}', '"', '\\', '\n', ' '),
            fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
          ),
        }),
        async (text) => {
          const json = JSON.stringify({ resource: { aws_kms_key: { k: { description: text } } } });
          const { facts } = await readFiles({ 'main.tf.json': json });
          const [fact] = facts;
          const unescaped = text.replace(/([$%])\1\{/g, '$1{').normalize('NFC');
          if (text.includes('\ufffd') || /(?<!\$)\$\{|(?<!%)%\{/.test(text)) return;
          if (fact?.kind !== 'configuration') throw new Error('the block is not read');
          const known = fact.attributes.description;
          if (known !== undefined) expect(known).toBe(unescaped);
          else if (text === '') expect(fact.unknown).not.toHaveProperty('description');
          else if (normalized(text) !== undefined) expect(text).toMatch(/[$%]\{/);
        },
      ),
      { numRuns: 200 },
    );
  });
});
