import { describe, expect, it } from '@jest/globals';
import { convert } from '../../../../../src/sources/terraform/configuration/language/convert.ts';
import { evaluate } from '../../../../../src/sources/terraform/configuration/language/evaluate.ts';
import { parseExpression, parseTemplate } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import { parseType } from '../../../../../src/sources/terraform/configuration/language/parse-type.ts';
import { references } from '../../../../../src/sources/terraform/configuration/language/references.ts';
import { isCertain, typeOf } from '../../../../../src/sources/terraform/configuration/language/type.ts';
import type { Value } from '../../../../../src/sources/terraform/configuration/language/value.ts';
import { unknownIn } from '../../../../../src/sources/terraform/configuration/language/values.ts';
import { SCOPE } from '../../../../interop/expressions/definitions.ts';
import { expression } from '../../../../interop/expressions/generate.ts';
import { damaged } from '../../../../interop/expressions/syntax.ts';
import fc from '../../../../support/fast-check.ts';
import { HOSTILE } from '../../../../support/hostile.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), damaged);

function valueFrom(text: string): Value | undefined {
  const parsed = parseExpression(text);
  return parsed.ok ? evaluate(parsed.value, SCOPE) : undefined;
}

/** One line that prints: nothing that moves a cursor, hides or breaks. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;

describe('the language', () => {
  it('reads any text or says why not, and never throws', () => {
    fc.assert(
      fc.property(anyText, fc.nat(1000), (text, line) => {
        for (const parsed of [
          parseExpression(text, { line }),
          parseTemplate(text, { line }),
          parseType(text, { line }),
        ]) {
          if (parsed.ok) continue;
          expect(parsed.line).toBeGreaterThanOrEqual(line);
          expect(parsed.line).toBeLessThanOrEqual(line + text.split('\n').length);
          expect(parsed.reason).toMatch(/^[a-z0-9 $%{}[\]()<>:,.…~*\\-]+$/i);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives what it reads a value, the same each time, with a reason of one line where it is Unknown', () => {
    fc.assert(
      fc.property(fc.oneof(expression, damaged), (text) => {
        const value = valueFrom(text);
        expect(valueFrom(text)).toEqual(value);
        const reason = value && unknownIn(value)?.reason;
        if (reason !== undefined) expect(reason).toMatch(PRINTABLE);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps hostile text out of reasons', () => {
    const quoted = JSON.stringify(HOSTILE.replaceAll(/[$%\ud800]/g, '')).replaceAll(/\\[bf]/g, ' ');
    for (const text of [`tobool(${quoted})`, `local.o[${quoted}]`, `${quoted} + 1`, `file(${quoted})`]) {
      const value = valueFrom(text);
      expect(value?.kind).toBe('unknown');
      expect(value?.kind === 'unknown' && value.reason).toMatch(PRINTABLE);
    }
  });

  it('does not change by parentheses and blanks around it', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const plain = valueFrom(text);
        const wrapped = valueFrom(` ( # comment\n ${text} /* comment */\n ) `);
        expect(kindAndContent(wrapped)).toEqual(kindAndContent(plain));
      }),
      { numRuns: 200 },
    );
  });

  it('refers to something in every reference it lists', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const parsed = parseExpression(text);
        if (!parsed.ok) throw new Error(parsed.reason);
        for (const { root } of references(parsed.value)) expect(['local', 'var']).toContain(root);
      }),
      { numRuns: 200 },
    );
  });

  it('converts to a type once and for all', () => {
    const types = [
      'string',
      'number',
      'list(string)',
      'set(any)',
      'map(string)',
      'object({ a = optional(string, "x") })',
      'any',
    ];
    fc.assert(
      fc.property(expression, fc.constantFrom(...types), (text, type) => {
        const parsed = parseType(type);
        const value = valueFrom(text);
        if (!parsed.ok || value === undefined || unknownIn(value) !== undefined) return;
        const converted = convert(value, parsed.value);
        // Of a null that a type with `any` in it makes, the type stays open: whether it converts again is not known.
        if (unknownIn(converted) !== undefined || !isCertain(typeOf(converted))) return;
        expect(convert(converted, parsed.value)).toEqual(converted);
      }),
      { numRuns: 500 },
    );
  });
});

/** A value without the reasons of what is Unknown in it. */
function kindAndContent(value: Value | undefined): unknown {
  return value !== undefined && unknownIn(value) !== undefined ? 'unknown' : value;
}
