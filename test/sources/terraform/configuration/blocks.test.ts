import { describe, expect, it } from '@jest/globals';
import { type Block, type Body, cutBlocks, cutBody } from '../../../../src/sources/terraform/configuration/blocks.ts';
import fc from '../../../support/fast-check.ts';
import { configurations, damagedConfigurations } from './hcl-text.ts';

const cut = (text: string): readonly Block[] => {
  const blocks = cutBlocks(text);
  if (!blocks.ok) throw new Error(`line ${blocks.line}: ${blocks.reason}`);
  return blocks.value;
};

const bodyOf = (text: string): Body => {
  const body = cutBody(cut(text)[0]!);
  if (!body.ok) throw new Error(`line ${body.line}: ${body.reason}`);
  return body.value;
};

describe('cutBlocks', () => {
  it('gives type, labels and place of each block', () => {
    const text = '# keys\n\nresource "aws_kms_key" "this" {\n  key_usage = "SIGN_VERIFY"\n}\nlocals {}\n';
    expect(cut(text)).toEqual([
      {
        type: 'resource',
        labels: ['aws_kms_key', 'this'],
        startLine: 3,
        endLine: 5,
        startOffset: 8,
        bodyOffset: 38,
        endOffset: 69,
        text: text.slice(8, 69),
      },
      expect.objectContaining({ type: 'locals', labels: [], startLine: 6, endLine: 6, text: 'locals {}' }),
    ]);
  });

  it.each([
    ['nothing', '', []],
    ['comments alone', '# a {\n// b {\n/* c { */', []],
    ['bare labels', 'resource aws_kms_key this {\n}\n', [1]],
    ['a block on one line', 'provider "aws" { region = "eu-west-1" }', [1]],
    ['a byte order mark', '\ufeffa {}\nb {}\n', [1, 2]],
    ['CRLF', 'a {\r\n  x = 1\r\n}\r\nb {\r\n}\r\n', [1, 4]],
    ['a comment after the closing brace', 'a {\n} # }\nb {} // {\nc {} /* { */\n', [1, 3, 4]],
    ['braces in comments', 'a {\n  # }\n  // }\n  /* } */\n}\nb {}', [1, 6]],
    ['braces in strings', 'a {\n  x = "}"\n  y = "\\"}"\n  z = "\\\\"\n}\nb {}', [1, 6]],
    ['braces in templates', `a {\n  x = "\${f("}", { a = "}" })}"\n}\nb {}`, [1, 4]],
    ['a template over several lines', `a {\n  x = "\${f(\n  "}"\n)}"\n}\nb {}`, [1, 6]],
    ['escaped templates', `a {\n  x = "$\${"\n  y = "%%{"\n  z = "$$\${"\n}\nb {}`, [1, 6]],
    ['directives', 'a {\n  x = "%{ if v == "}" }}%{ endif }"\n}\nb {}', [1, 4]],
    ['a heredoc with braces', `a {\n  x = <<EOT\n} " \${"}"} /*\nEOT\n}\nb {}`, [1, 6]],
    ['an indented heredoc', 'a {\n  x = <<-EOT\n    }\n    EOT\n}\nb {}', [1, 6]],
    ['an indented marker of a plain heredoc', 'a {\n  x = <<EOT\n  EOT \t\n}\nb {}', [1, 5]],
    ['a marker that begins a longer word', 'a {\n  x = <<EOT\nEOTX\nEOT }\n  EOT\n}\nb {}', [1, 7]],
    ['a marker after a template', `a {\n  x = <<EOT\n\${v}EOT\n}\nEOT\n}\nb {}`, [1, 7]],
    ['a heredoc within a template within a heredoc', `a {\n  x = <<A\n\${<<B\n}\nA\nB\n}\nA\n}\nb {}`, [1, 10]],
    ['a heredoc in CRLF', 'a {\r\n  x = <<EOT\r\n}\r\nEOT\r\n}\r\nb {}', [1, 6]],
    ['an escaped template in a heredoc', `a {\n  x = <<EOT\n$\${ %%{\nEOT\n}\nb {}`, [1, 6]],
    ['shifts that are none', 'a {\n  x = 1 < 2\n  y = 4 / 2\n}\nb {}', [1, 5]],
  ])('is not misled by %s', (_, text, lines) => {
    expect(cut(text).map(({ startLine }) => startLine)).toEqual(lines);
  });

  it.each([
    ['a {\n\n', 1, 'a { is not closed'],
    ['a {}\nb {\n  x = [1\n}\n', 4, 'a } closes nothing that is open here'],
    ['a {\n  x = f(1]\n}', 2, 'a ] closes nothing that is open here'],
    ['a {\n  x = "open\n}\n', 2, 'a quoted string is not closed on its line'],
    [`a {\n  x = "\${f(\n`, 2, 'a { is not closed'],
    ['a {}\n/* open\n', 2, 'a comment is not closed'],
    ['a {\n  x = <<EOT\n}\n', 2, 'the heredoc EOT is not closed'],
    ['a {\n  x = <<EOT\nEOT', 2, 'the heredoc EOT is not closed'],
    ['a {\n  x = <<EOT }\n', 2, 'a << is not followed by a marker and a new line'],
    ['a {}\n}\n', 2, 'neither an argument nor a block begins here'],
    ['a\n{}\n', 1, 'neither an argument nor a block begins here'],
    ['a "b" = 1\n', 1, 'neither an argument nor a block begins here'],
    ['a {} b {}\n', 1, 'a new line is missing here'],
    ['a {}\nregion = "eu-west-1"\n', 2, 'an argument stands outside of any block'],
    ['x =\n', 1, 'an argument has no value'],
    [`a "\${b}" {}\n`, 1, 'a block label holds an escape or a template'],
    ['a "\\u0061" {}\n', 1, 'a block label holds an escape or a template'],
    [`a {\n  x = ${'['.repeat(200)}${']'.repeat(200)}\n}`, 2, 'brackets are nested more than 100 deep'],
    [`a {\n  x = ${`"\${`.repeat(5000)}`, 2, 'brackets are nested more than 100 deep'],
    ['\u0000\u0001', 1, 'neither an argument nor a block begins here'],
  ])('says where and why %j is no configuration', (text, line, reason) => {
    expect(cutBlocks(text)).toEqual({ ok: false, line, reason });
  });

  it('gives blocks or a line for any text', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), damagedConfigurations);
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = cutBlocks(text);
        if (!blocks.ok) return expect(blocks.line).toBeGreaterThan(0);
        for (const block of blocks.value) expect(block.text).toBe(text.slice(block.startOffset, block.endOffset));
      }),
    );
  });

  it('gives the same blocks, further down, after anything that is put before them', () => {
    fc.assert(
      fc.property(configurations, configurations, (before, text) => {
        const first = `${before}\n`;
        const added = first.split('\n').length - 1;
        const alone = text.replace('\ufeff', '');
        const moved = cut(first + alone).slice(cut(before).length);
        expect(moved).toEqual(
          cut(alone).map((block) => ({
            ...block,
            startLine: block.startLine + added,
            endLine: block.endLine + added,
            startOffset: block.startOffset + first.length,
            bodyOffset: block.bodyOffset + first.length,
            endOffset: block.endOffset + first.length,
          })),
        );
      }),
    );
  });
});

describe('cutBody', () => {
  it('gives arguments as written and nested blocks, each with its line in the file', () => {
    const text =
      '\nresource "aws_kms_key" "a" { # here\n  tags = {\n    a = 1 # one\n  } // {\n\n  lifecycle {\n    x = 1\n  }\n}';
    const body = bodyOf(text);
    expect(body.arguments).toEqual([{ name: 'tags', line: 3, text: '{\n    a = 1 # one\n  }' }]);
    expect(body.blocks).toEqual([expect.objectContaining({ type: 'lifecycle', startLine: 7, endLine: 9 })]);
  });

  it.each([
    ['a { b = 1 }', '1'],
    ['a { b = 1 /* c */ }', '1'],
    ['a {\n b = /* c */ f(1) /* d */ # e\n}', 'f(1)'],
    ['a {\n b = x ? "}" : [\n1]\n}', 'x ? "}" : [\n1]'],
    ['a {\n b = <<EOT\nx\nEOT\n}', '<<EOT\nx\nEOT'],
    ['a {\r\n b = <<EOT\r\nx\r\nEOT\r\n}', '<<EOT\r\nx\r\nEOT'],
    ['a {\n b = 4 /2\n}', '4 /2'],
  ])('takes the value of %j without what stands around it', (text, value) => {
    expect(bodyOf(text).arguments.map((argument) => argument.text)).toEqual([value]);
  });

  it.each([
    ['a {\n  b\n}', 2, 'neither an argument nor a block begins here'],
    ['a {\n  "b" = 1\n}', 2, 'neither an argument nor a block begins here'],
    ['a {\n  b =\n}', 2, 'an argument has no value'],
    ['a {\n  b {} c {}\n}', 2, 'a new line is missing here'],
  ])('says where and why the body of %j is none', (text, line, reason) => {
    expect(cutBody(cut(text)[0]!)).toEqual({ ok: false, line, reason });
  });

  it('never throws for a block that was cut', () => {
    fc.assert(
      fc.property(damagedConfigurations, (text) => {
        const blocks = cutBlocks(text);
        for (const block of blocks.ok ? blocks.value : []) {
          const body = cutBody(block);
          if (!body.ok) expect(body.line).toBeGreaterThanOrEqual(block.startLine);
        }
      }),
    );
  });
});
