import { describe, expect, it } from '@jest/globals';
import { dataBlock, embeddedJson } from '../../../src/reporters/html/embedded.ts';
import { htmlText, markup } from '../../../src/reporters/html/markup.ts';
import { h } from '../../../src/reporters/html/node.ts';
import fc from '../../support/fast-check.ts';
import { HOSTILE_TEXTS } from '../../support/hostile.ts';

const anyText = fc.string({ unit: 'binary' });
const withMarkup = fc.oneof(
  anyText,
  fc.constantFrom(...Object.values(HOSTILE_TEXTS), '</script>', '<!--', '\u2028\u2029'),
);

describe('data in a script element', () => {
  it('is the same JSON, and nothing that HTML reads', () => {
    fc.assert(
      fc.property(fc.dictionary(withMarkup, withMarkup), (value) => {
        const text = embeddedJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029\p{Cc}]/u);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [[], '<script type="application/json" id="x">[\n]</script>\n'],
    [[1, '</script>'], '<script type="application/json" id="x">[\n1,\n"\\u003c/script\\u003e"\n]</script>\n'],
  ])('is a list, an element a line: %j', (values, expected) => {
    expect([...dataBlock('x', values)].join('')).toBe(expected);
  });
});

describe('a view as HTML', () => {
  it.each([
    ['text', h('p', {}, 'a <b> & "c"'), '<p>a &lt;b&gt; &amp; &quot;c&quot;</p>'],
    [
      'attributes',
      h('p', { class: `"><img src=x onerror='x'>` }),
      '<p class="&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;"></p>',
    ],
    ['what is not there', h('p', { hidden: false, title: undefined }, null, undefined, ['', 0]), '<p>0</p>'],
    ['what is there without a value', h('input', { hidden: true }), '<input hidden="">'],
    ['what is hidden', h('p', {}, 'a\u202eb\u0000'), '<p>a\\u202eb\\u0000</p>'],
  ])('has %s', (_, view, expected) => {
    expect(markup(view)).toBe(expected);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://example.com/', '//example.com/', ' #x'])(
    'has no link to %s',
    (href) => {
      expect(() => markup(h('a', { href }))).toThrow('a link of <a> leads nowhere');
    },
  );

  it('has no text that begins or ends an element or an attribute', () => {
    fc.assert(
      fc.property(withMarkup, (text) => {
        expect(htmlText(text)).not.toMatch(/[<>"'\p{Cc}]|&(?!(?:amp|lt|gt|quot|#39);)/u);
      }),
    );
  });
});
