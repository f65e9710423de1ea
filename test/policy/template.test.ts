import { describe, expect, it } from '@jest/globals';
import { celParser, isProblem } from '../../src/policy/cel.ts';
import { parseTemplate, render, type Template } from '../../src/policy/template.ts';
import { raiseUnknown } from '../../src/policy/unknown.ts';
import { defineView, int, text, viewOf } from '../../src/policy/view.ts';

const thing = defineView<{ readonly name: string }>('Thing', {
  name: { shape: text, says: 'its name', read: ({ name }) => name },
  size: { shape: int, says: 'its size', read: () => 3n },
  denied: { shape: text, says: 'Unknown', read: () => raiseUnknown('AccessDenied') },
});
const parse = celParser({ a: viewOf(thing) });

function template(source: string): Template {
  const parsed = parseTemplate(source, parse);
  if (isProblem(parsed)) throw new TypeError(parsed.message);
  return parsed;
}

const rendered = (source: string, name = 'orders'): string => render(template(source), { a: thing.of({ name }) });

describe('texts with holes', () => {
  it.each([
    ['no hole', 'no hole'],
    ['', ''],
    [`\${a.name}`, 'orders'],
    [`<\${a.name}\${a.size}>`, '<orders3>'],
    [`\${a.size > 2 ? "}" : "{"}`, '}'],
    [`\${a.name + '\\'}'}`, "orders'}"],
    [`\${{"x": a.name}["x"]}`, 'orders'],
    [`\${a.denied} it is`, 'unknown it is'],
    [`$\${a.name}`, `\${a.name}`],
    [`x $\${HOME} \${a.name}`, `x \${HOME} orders`],
    ['costs 5$', 'costs 5$'],
  ])('%j reads %j', (source, expected) => {
    expect(rendered(source)).toBe(expected);
  });

  it.each(['a\nb', 'a\r\nb', 'a\u001bb', 'a\u0000\u0007b', 'a\u2028b', 'a\u202eb', 'a\u009bb'])(
    'keeps %j on one line, without control characters',
    (name) => {
      expect(rendered(`\${a.name}`, name)).toBe('a b');
    },
  );

  it.each([
    [`x \${a.name`, 'a hole is not closed with "}"', 2],
    [`x \${a.name +}`, 'Unexpected token: EOF', 12],
  ])('%j is a problem at its place', (source, message, offset) => {
    expect(parseTemplate(source, parse)).toEqual({ message, offset });
  });
});
