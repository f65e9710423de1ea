import { describe, expect, it } from '@jest/globals';
import { VALUES } from './hcl-text.ts';
import { factsIn, readFiles } from './read-files.ts';

const PLACE = { root: '.', path: 'main.tf', line: 1 };

describe('an import block', () => {
  it.each([
    ['to = aws_kms_key.this\nid = "1234"', { to: 'aws_kms_key.this', id: '1234' }],
    [
      'to = module.a["x"].aws_kms_replica_key.r[0]\nid = "mrk-1"',
      { to: 'module.a["x"].aws_kms_replica_key.r[0]', id: 'mrk-1' },
    ],
    [
      'to = aws_kms_key.this\nid = var.id',
      { to: 'aws_kms_key.this', id: null, unknownId: 'id: var.id is not declared' },
    ],
    ['to = aws_kms_key.this\nid = ""', { to: 'aws_kms_key.this', id: null, unknownId: 'id is empty' }],
    ['to = aws_kms_key.this', { to: 'aws_kms_key.this', id: null, unknownId: 'the import block has no id' }],
    [
      'for_each = var.keys\nto = module.m[each.key].aws_kms_key.this\nid = each.value',
      {
        to: 'module.m[*].aws_kms_key.this',
        id: null,
        unknownId: 'id: each.value is not known: its for_each is not known: var.keys is not declared',
      },
    ],
    ['to = aws_kms_key.this\nidentity = { id = "1" }', { to: 'aws_kms_key.this', id: '1' }],
    ['to = aws_kms_key.this\nidentity = { arn = "arn:a", id = "1" }', { to: 'aws_kms_key.this', id: 'arn:a' }],
    [
      'to = aws_kms_key.this\nidentity = { name = "n" }',
      { to: 'aws_kms_key.this', id: null, unknownId: 'identity has neither arn nor id' },
    ],
    [
      'to = aws_kms_key.this\nidentity = { id = var.i }',
      { to: 'aws_kms_key.this', id: null, unknownId: 'identity: var.i is not declared' },
    ],
  ])('with %j', async (text, fact) => {
    expect(await factsIn(`import {\n${text}\n}`)).toEqual([{ kind: 'import', ...fact, ...PLACE }]);
  });
});

describe('an import block with for_each', () => {
  it('is one fact for each element', async () => {
    const text = `import {
  for_each = { a = "1", "b c" = "2" }
  to       = aws_kms_key.this[each.key]
  id       = "key-\${each.value}"
}
`;
    expect(await factsIn(text)).toEqual([
      { kind: 'import', to: 'aws_kms_key.this["a"]', id: 'key-1', ...PLACE },
      { kind: 'import', to: 'aws_kms_key.this["b c"]', id: 'key-2', ...PLACE },
    ]);
  });

  it('may be over a list, whose keys are numbers', async () => {
    const text = 'import {\n  for_each = ["1", "2"]\n  to = aws_kms_key.this[each.key]\n  id = each.value\n}\n';
    expect(await factsIn(text)).toEqual([
      { kind: 'import', to: 'aws_kms_key.this[0]', id: '1', ...PLACE },
      { kind: 'import', to: 'aws_kms_key.this[1]', id: '2', ...PLACE },
    ]);
  });

  it('is none over nothing', async () => {
    expect(await factsIn('import {\n  for_each = {}\n  to = aws_kms_key.this[each.key]\n  id = each.value\n}')).toEqual(
      [],
    );
  });
});

describe('a moved block', () => {
  it.each([
    ['aws_kms_key.a', 'aws_kms_key.b["x"]'],
    ['aws_kms_key.a', 'module.m.aws_kms_key.a'],
    ['module.old', 'module.new["x"]'],
  ])('from %s to %s', async (from, to) => {
    expect(await factsIn(`moved {\n  from = ${from}\n  to = ${to}\n}`)).toEqual([
      { kind: 'moved', from, to, ...PLACE },
    ]);
  });
});

describe('a removed block', () => {
  it.each([
    ['lifecycle {\n destroy = false\n}', false],
    ['lifecycle {\n destroy = true\n}', true],
    ['lifecycle {\n destroy = "false"\n}', false],
    ['lifecycle {\n destroy = var.d\n}', null],
    ['lifecycle {}', null],
    ['', null],
  ])('with %j has destroy %s', async (text, destroy) => {
    const facts = await factsIn(`removed {\n  from = aws_kms_key.a\n  ${text}\n}`);
    expect(facts).toEqual([{ kind: 'removed', from: 'aws_kms_key.a', destroy, ...PLACE }]);
  });
});

describe('import, moved and removed blocks', () => {
  it.each(VALUES)('with any index are facts or named as unread: %j', async (value) => {
    for (const type of ['import', 'moved', 'removed']) {
      const key = `aws_kms_key.a[${value}\n]`;
      const text = `${type} {\n  from = ${key}\n  to = ${key}\n  id = ${value}\n}\n`;
      const { facts, coverage } = await readFiles({ 'main.tf': text });
      expect(facts.map(({ kind }) => kind)).toEqual(coverage[0]?.status === 'complete' ? [type] : []);
    }
  });
});

describe('a block about something else', () => {
  it.each([
    'import {\n  to = aws_s3_bucket.b\n  id = "b"\n}',
    'moved {\n  from = aws_s3_bucket.a\n  to = aws_s3_bucket.b\n}',
    'removed {\n  from = aws_s3_bucket.a\n  lifecycle { destroy = false }\n}',
    'removed {\n  from = data.aws_kms_key.a\n}',
  ])('is no fact: %j', async (text) => {
    expect(await factsIn(text)).toEqual([]);
  });
});

describe('a block without an address', () => {
  it.each([
    ['import {\n  id = "1"\n}', 'main.tf:1: the import block has no to'],
    ['import {\n  id = "1"\n  to = "aws_kms_key.a"\n}', 'main.tf:3: to is not an address'],
    ['moved {\n  from = aws_kms_key.a\n}', 'main.tf:1: the moved block has no to'],
    ['removed {\n}', 'main.tf:1: the removed block has no from'],
  ])('takes the file out of complete coverage: %j', async (text, reason) => {
    const { facts, coverage } = await readFiles({ 'main.tf': `${text}\nresource "aws_kms_key" "k" {}` });
    expect(facts).toEqual([expect.objectContaining({ address: 'aws_kms_key.k' })]);
    expect(coverage).toContainEqual(expect.objectContaining({ locator: 'main.tf', status: 'partial', reason }));
  });
});
