import { describe, expect, it } from '@jest/globals';
import { saidByComment } from '../../../../src/sources/terraform/configuration/suppression-comment.ts';
import fc from '../../../support/fast-check.ts';
import { readFiles } from './read-files.ts';

const ok = (...suppressions: readonly object[]) => ({ ok: true, suppressions });

describe('a comment for keydrift', () => {
  it.each([
    [
      ' keydrift:ignore=unmanaged-key until=2027-01-31 reason="ACME-12"',
      ok({ rule: 'unmanaged-key', until: '2027-01-31', reason: 'ACME-12' }),
    ],
    ['keydrift:ignore=a reason="it is" until=2027-01-31', ok({ rule: 'a', until: '2027-01-31', reason: 'it is' })],
    ['keydrift:ignore=tags-drift reason="costs = none"', ok({ rule: 'tags-drift', reason: 'costs = none' })],
    ['keydrift:ignore=a,b-c,a reason="both"', ok({ rule: 'a', reason: 'both' }, { rule: 'b-c', reason: 'both' })],
    [
      String.raw`keydrift:ignore=a reason="\"quoted\" \\ and until=2020-01-01"`,
      ok({ rule: 'a', reason: String.raw`"quoted" \ and until=2020-01-01` }),
    ],
    ['\tkeydrift:ignore=a   reason="b"\r', ok({ rule: 'a', reason: 'b' })],
  ])('says %j', (text, said) => {
    expect(saidByComment(text)).toEqual(said);
  });

  it.each([
    ['keydrift:ignore=a', 'has no reason'],
    ['keydrift:ignore=a reason=', 'has a reason without quotes'],
    ['keydrift:ignore=a reason=ACME-12', 'has a reason without quotes'],
    ['keydrift:ignore=a reason="  "', 'has an empty reason'],
    ['keydrift:ignore=a reason="b" until=2027-02-30', 'no day'],
    ['keydrift:ignore=a reason="b" until=tomorrow', 'no day'],
    ['keydrift:ignore=a reason="b" until=', 'no day'],
    ['keydrift:ignore=a reason="b" reason="c"', 'has reason twice'],
    ['keydrift:ignore=a reason="b" utnil=2027-01-31', 'did you mean "until"?'],
    ['keydrift:ignore=a reason="b" for ever', 'cannot be read'],
    ['keydrift:ignore=a reason="b"until=2027-01-31', 'cannot be read'],
    ['keydrift:ignore=a reason="b', 'cannot be read'],
    [String.raw`keydrift:ignore=a reason="\n"`, 'cannot be read'],
    ['keydrift:ignore reason="b"', 'names nothing'],
    ['keydrift:ignore= reason="b"', 'names no rule'],
    ['keydrift:ignore=Unmanaged_Key reason="b"', 'names no rule'],
    ['keydrift:ignore=a, b reason="c"', 'names no rule'],
    ['keydrift:ignroe=a reason="b"', 'did you mean "ignore"?'],
    ['keydrift: ignore=a reason="b"', 'names nothing'],
    ['KEYDRIFT:IGNORE=a reason="b"', 'names nothing'],
  ])('does not hold: %s', (text, reason) => {
    expect(saidByComment(text)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it.each(['see keydrift:ignore=a', 'keydrift: finds it', 'keydrift', 'tfsec:ignore=a', ''])('is none: %j', (text) => {
    expect(saidByComment(text)).toBeUndefined();
  });

  it('takes any reason back as it was meant', () => {
    const reasons = fc.string({ unit: 'binary' }).filter((text) => text.trim() !== '' && !/[\r\n]/.test(text));
    fc.assert(
      fc.property(reasons, fc.boolean(), (reason, isFirst) => {
        const quoted = `reason="${reason.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
        const words = isFirst ? `${quoted} until=2027-01-31` : `until=2027-01-31 ${quoted}`;
        expect(saidByComment(`keydrift:ignore=a ${words}`)).toEqual(
          ok({ rule: 'a', until: '2027-01-31', reason: reason.trim() }),
        );
      }),
    );
  });

  it('says something or nothing of any text, and quotes none of it', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('keydrift:', 'ignore', '=', 'a', ' ', 'reason', 'until', '"', '\\', ',', '2027-01-31'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const said = saidByComment(`keydrift:ignore${text}SECRET`);
        expect(said).toBeDefined();
        if (said !== undefined && !said.ok) expect(said.reason).not.toContain('SECRET');
      }),
      { numRuns: 500 },
    );
  });
});

const KEY = 'resource "aws_kms_key" "a" {}\n';

async function read(files: Readonly<Record<string, string>>) {
  const { facts, diagnostics, coverage } = await readFiles(files);
  expect(coverage).toMatchObject([{ status: 'complete' }]);
  return {
    suppressions: facts.flatMap((fact) =>
      fact.kind === 'configuration' ? (fact.suppressions ?? []).map((one) => ({ ...one, address: fact.address })) : [],
    ),
    warnings: diagnostics.map(({ level, message }) => `${level} ${message}`),
  };
}

const IGNORE = 'keydrift:ignore=a reason="b"';

describe('a comment above a block', () => {
  it.each([
    ['# to the end of its line', `# ${IGNORE}\n${KEY}`, 1],
    ['// to the end of its line', `// ${IGNORE}\n${KEY}`, 1],
    ['on one line', `/* ${IGNORE} */\n${KEY}`, 1],
    ['with other comments between', `# ${IGNORE}\n# of vendors\n/* and\n others */\n${KEY}`, 1],
    ['in a file of Windows', `# ${IGNORE}\r\n# more\r\n${KEY}`, 1],
    ['behind a byte order mark', `\ufeff# ${IGNORE}\n${KEY}`, 1],
    ['behind another block', `locals {}\n\n  ## ${IGNORE}\n${KEY}`, 3],
  ])('holds for its keys: %s', async (_name, text, line) => {
    expect(await read({ 'main.tf': text })).toEqual({
      suppressions: [
        { rule: 'a', reason: 'b', above: 'aws_kms_key.a', path: 'main.tf', line, address: 'aws_kms_key.a' },
      ],
      warnings: [],
    });
  });

  it('holds for all instances, beside others, in the order of the file', async () => {
    const text = `# ${IGNORE}\n# keydrift:ignore=c,d until=2027-01-31 reason="e"\nresource "aws_kms_key" "a" {\n  count = 2\n}\n`;
    const { suppressions } = await read({ 'main.tf': text });
    expect(suppressions.map(({ rule, address, line }) => `${rule} ${address} ${line}`)).toEqual([
      'a aws_kms_key.a[0] 1',
      'c aws_kms_key.a[0] 2',
      'd aws_kms_key.a[0] 2',
      'a aws_kms_key.a[1] 1',
      'c aws_kms_key.a[1] 2',
      'd aws_kms_key.a[1] 2',
    ]);
  });

  it('holds for every key of a module call, and of those that it leads to', async () => {
    const { suppressions, warnings } = await read({
      'main.tf': `# ${IGNORE}\nmodule "team" {\n  source = "./team"\n}\n`,
      'team/main.tf': 'module "keys" {\n  source = "./keys"\n}\n',
      'team/keys/main.tf': `# keydrift:ignore=c reason="d"\n${KEY}`,
    });
    expect(warnings).toEqual([]);
    expect(suppressions).toMatchObject([
      {
        rule: 'c',
        above: 'module.team.module.keys.aws_kms_key.a',
        path: 'team/keys/main.tf',
        line: 1,
        address: 'module.team.module.keys.aws_kms_key.a',
      },
      { rule: 'a', above: 'module.team', path: 'main.tf', line: 1 },
    ]);
  });

  it('holds where it stands above a block that overrides another', async () => {
    const { suppressions } = await read({ 'main.tf': KEY, 'main_override.tf': `# ${IGNORE}\n${KEY}` });
    expect(suppressions).toMatchObject([{ rule: 'a', path: 'main_override.tf', line: 1 }]);
  });

  it.each([
    ['a blank line between', `# ${IGNORE}\n\n${KEY}`, 1],
    ['code on its line', `locals {} # ${IGNORE}\n${KEY}`, 1],
    ['the block on its line', `/* ${IGNORE} */ ${KEY}`, 1],
    ['within the block', `resource "aws_kms_key" "a" {\n  # ${IGNORE}\n  description = "x"\n}\n`, 2],
    ['at the end of a block', `resource "aws_kms_key" "a" {\n  description = "x" # ${IGNORE}\n}\n`, 2],
    ['below the block', `${KEY}# ${IGNORE}\n`, 2],
    ['another resource', `# ${IGNORE}\nresource "aws_s3_bucket" "a" {}\n${KEY}`, 1],
    ['no key resource', `${KEY}# ${IGNORE}\nresource "aws_kms_key_policy" "a" {\n  key_id = "x"\n}\n`, 2],
    ['a variable', `# ${IGNORE}\nvariable "a" {}\n${KEY}`, 1],
  ])('holds for nothing: %s', async (_name, text, line) => {
    expect(await read({ 'main.tf': text })).toEqual({
      suppressions: [],
      warnings: [`warning main.tf:${line}: this comment for keydrift ${ABOVE_NOTHING}`],
    });
  });

  it.each([
    ['no key is left', 'locals {}\n', true],
    ['one is left that has no instance', 'resource "aws_kms_key" "a" {\n  count = 0\n}\n', false],
    ['it leads to what was not read', 'module "b" {\n  source = "acme/kms/aws"\n}\n', false],
  ])('says whether it stands above a module call without keys: %s', async (_name, text, isIdle) => {
    const { diagnostics } = await readFiles({
      'main.tf': `# ${IGNORE}\nmodule "m" {\n  source = "./m"\n}\n`,
      'm/main.tf': text,
    });
    const told = diagnostics.map(({ message }) => message);
    expect(told).toEqual(
      isIdle
        ? [
            'main.tf:1: this comment for keydrift stands above a module call that leads to no key, so it holds for nothing: for keys that were there, name their address in keydrift.yaml (suppressions)',
          ]
        : [],
    );
  });

  it('holds for nothing in a comment of several lines, and says which line is meant', async () => {
    const { suppressions, warnings } = await read({ 'main.tf': `/*\n * ${IGNORE}\n */\n${KEY}` });
    expect(suppressions).toEqual([]);
    expect(warnings).toEqual([
      'warning main.tf:2: this comment for keydrift stands in a comment of several lines: give it one of its own',
    ]);
  });

  it('is told where it is misspelt', async () => {
    const { warnings } = await read({ 'main.tf': `# keydrift:ignore=a\n${KEY}` });
    expect(warnings).toEqual([
      'warning main.tf:1: this comment for keydrift has no reason: write keydrift:ignore=RULE until=YYYY-MM-DD reason="…"',
    ]);
  });

  it.each([
    ['a string', `resource "aws_kms_key" "a" {\n  description = "# ${IGNORE.replaceAll('"', "'")}"\n}\n`],
    ['a heredoc', `resource "aws_kms_key" "a" {\n  description = <<EOT\n# ${IGNORE}\nEOT\n}\n`],
    ['JSON', undefined],
  ])('is none in %s', async (_name, text) => {
    const files =
      text === undefined
        ? { 'main.tf.json': JSON.stringify({ '//': IGNORE, resource: { aws_kms_key: { a: { '//': IGNORE } } } }) }
        : { 'main.tf': text };
    expect(await read(files)).toEqual({ suppressions: [], warnings: [] });
  });
});

const ABOVE_NOTHING =
  'does not stand alone in the lines directly above a resource block of a key or a module call, so it holds for nothing';
