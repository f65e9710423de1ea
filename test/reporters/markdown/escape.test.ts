import { describe, expect, it } from '@jest/globals';
import { cellCode, code, codeBlock, prose } from '../../../src/reporters/markdown/escape.ts';
import { plainText } from '../../../src/reporters/plain-text.ts';
import fc from '../../support/fast-check.ts';

const Z = '&#8203;';

describe('prose of others', () => {
  it.each([
    ['emphasis', '*a* _b_ ~~c~~', `&#42;a&#42; &#95;b&#95; &#126;&#126;${Z}c&#126;&#126;`],
    ['HTML', '<img src=x> &lt;', `&#60;img src=x&#62; &#38;${Z}lt;`],
    ['a link', '[a](b)', '&#91;a&#93;(b)'],
    ['an image', '![a](b)', '!&#91;a&#93;(b)'],
    ['code', '`a`', '&#96;a&#96;'],
    ['a cell', 'a|b', 'a&#124;b'],
    ['a backslash', 'a\\*', 'a&#92;&#42;'],
    ['what GitLab would do', '/approve', '&#47;approve'],
    ['a merge request', '!12', `!${Z}12`],
    ['a check mark', 'all :white_check_mark: :+1:', `all :${Z}white_check_mark: :${Z}+1:`],
    ['an ARN', 'arn:aws:kms:eu-west-1:111122223333:key/a', 'arn:aws:kms:eu-west-1:111122223333:key/a'],
    ['a mention', '@octocat @acme/team', `@${Z}octocat @${Z}acme/team`],
    ['an address for mail', 'bob@example.com', `bob@${Z}example.com`],
    ['issues', '#1 acme/infra#2 GH-3', `&#35;${Z}1 acme/infra&#35;${Z}2 GH-${Z}3`],
    ["GitLab's references", '!1 %2 &3 ~bug', `!${Z}1 %${Z}2 &#38;${Z}3 &#126;${Z}bug`],
    ['links without brackets', 'https://evil.example', `https:${Z}//evil.example`],
    ['links without a scheme', 'www.evil.example', `www${Z}.evil.example`],
    ['mathematics', '$x$', `<span>$</span>${Z}x<span>$</span>`],
    ['a heading', '# a', '&#35; a'],
    ['a list', '- a', '&#45; a'],
    ['a numbered list', '12. a', '12&#46; a'],
    ['a plus', '+ a', '&#43; a'],
    ['a command', '::error::a', `&#58;:${Z}error::a`],
    ['line breaks', 'a\n\n# b', 'a&#92;u000a&#92;u000a&#35; b'],
    ['a hidden character', 'a\u200bb', 'a&#92;u200bb'],
  ])('shows %s', (_name, text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it.each([
    'aws_kms_key.orders',
    'arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
    'Schlüssel für Zürich, 3 von 4 (neu)',
  ])('leaves %j alone', (text) => {
    expect(prose(text)).toBe(text);
  });

  it('holds nothing of Markdown or HTML, and one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1 @#<>&`*_[]()|~\\!$:/-+.=\n"\'w') }), (text) => {
        const shown = prose(text).replaceAll(/<\/?span>/g, '');
        expect(shown.replaceAll(/&#\d+;/g, '')).not.toMatch(/[<>&`*[\]|~\\\n]/);
        const read = shown.replaceAll(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
        expect(read).not.toMatch(/:\/\/|@\w|#\w|www\./);
        expect(read.replaceAll('\u200b', '')).toBe(plainText(text.trim()));
      }),
    );
  });
});

describe('code of others', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['``` a', '```` ``` a ````'],
    ['', '` `'],
    ['a\nb', '`a\\u000ab`'],
    ['<!-- keydrift -->', '`\\u003c!-- keydrift -->`'],
  ])('%j stands as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it.each([
    ['a@b', '`a@b`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['a\\|b`', '<code>a&#92;&#124;b&#96;</code>'],
  ])('in a cell %j stands as %s', (text, expected) => {
    expect(cellCode(text)).toBe(expected);
  });

  it('in a block is never ended by what it holds', () => {
    expect(codeBlock(['```', '</details>', '::error::x'])).toBe('````\n```\n</details>\n\\u003a:error::x\n````');
  });
});
