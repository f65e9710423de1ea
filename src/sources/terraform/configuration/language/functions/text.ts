import type { Doubts } from '../doubts.ts';
import { number } from '../number.ts';
import { trimEnd, trimStart } from '../template-tokens.ts';
import { byCodePoint, isSimple } from '../text-order.ts';
import { BOOL, NUMBER, STRING } from '../type.ts';
import type { Type, Value } from '../value.ts';
import { bool, list, text, unknown } from '../values.ts';
import { type Functions, ofTexts, refuse, sequenceOf, TEXT, TEXTS, textOf, WHOLE, wholeOf } from './function.ts';
import { replaceByRegex } from './regex.ts';

const LIST_OF_TEXT: Type = { kind: 'list', of: STRING };

const ifSimple = (source: string, change: (source: string) => string): Value =>
  isSimple(source) ? text(change(source)) : unknown('a text is not plain ASCII', STRING);

/** The functions of texts (zclconf/go-cty v1.16, cty/function/stdlib/string.go; terraform, internal/lang/funcs/string.go). */
export const TEXT_FUNCTIONS: Functions = {
  upper: ofTexts(1, STRING, (source = '') => ifSimple(source, (simple) => simple.toUpperCase())),
  lower: ofTexts(1, STRING, (source = '') => ifSimple(source, (simple) => simple.toLowerCase())),
  title: ofTexts(1, STRING, (source = '') =>
    ifSimple(source, (simple) => simple.replace(/(?<![A-Za-z0-9_])[a-z]/g, (letter) => letter.toUpperCase())),
  ),
  strrev: ofTexts(1, STRING, (source = '') => ifSimple(source, (simple) => [...simple].reverse().join(''))),
  trimspace: ofTexts(1, STRING, (source = '') => text(trimStart(trimEnd(source)))),
  trim: ofTexts(2, STRING, (source = '', cutset = '') => text(trimAll(source, cutset))),
  trimprefix: ofTexts(2, STRING, (source = '', prefix = '') =>
    text(source.startsWith(prefix) ? source.slice(prefix.length) : source),
  ),
  trimsuffix: ofTexts(2, STRING, (source = '', suffix = '') =>
    text(source.endsWith(suffix) ? source.slice(0, source.length - suffix.length) : source),
  ),
  chomp: ofTexts(1, STRING, (source = '') => text(chomped(source))),
  startswith: ofTexts(2, BOOL, (source = '', prefix = '') => bool(source.startsWith(prefix))),
  endswith: ofTexts(2, BOOL, (source = '', suffix = '') => bool(source.endsWith(suffix))),
  strcontains: ofTexts(2, BOOL, (source = '', part = '') => bool(source.includes(part))),
  split: ofTexts(2, LIST_OF_TEXT, (separator = '', source = '') => {
    const parts = separator === '' ? [...source] : source.split(separator);
    return list(parts.map(text), STRING);
  }),
  replace: {
    parameters: [TEXT, TEXT, TEXT],
    returns: STRING,
    run: (values, doubts) => {
      const [source = '', part = '', by = ''] = values.map(textOf);
      if (part.length > 1 && part.startsWith('/') && part.endsWith('/')) {
        return replaceByRegex(source, part.slice(1, -1), by, doubts);
      }
      const pieces = part === '' ? ['', ...source, ''] : source.split(part);
      doubts.budget.spend(source.length + pieces.length * by.length);
      return text(pieces.join(by));
    },
  },
  substr: {
    parameters: [TEXT, WHOLE, WHOLE],
    returns: STRING,
    run: ([source, offset, length], doubts) => substring(textOf(source), wholeOf(offset), wholeOf(length), doubts),
  },
  join: {
    parameters: [TEXT],
    rest: TEXTS,
    returns: STRING,
    run: ([separator, ...lists], doubts) => {
      if (lists.length === 0) refuse('a list is needed');
      const texts = lists.flatMap(sequenceOf).map(notNull);
      doubts.budget.spend(texts.reduce((sum, each) => sum + each.length + textOf(separator).length, 0));
      return text(texts.join(textOf(separator)));
    },
  },
  sort: {
    parameters: [TEXTS],
    returns: LIST_OF_TEXT,
    run: ([texts]) => list(sequenceOf(texts).map(notNull).sort(byCodePoint).map(text), STRING),
  },
  compact: {
    parameters: [TEXTS],
    returns: LIST_OF_TEXT,
    run: ([texts]) => {
      const kept = sequenceOf(texts).filter((each) => each.kind === 'string' && each.value !== '');
      return list(kept, STRING);
    },
  },
  parseint: {
    parameters: [{ type: { kind: 'dynamic' } }, WHOLE],
    returns: NUMBER,
    run: ([source, base], doubts) => parseWhole(source, wholeOf(base), doubts),
  },
};

const notNull = (value: Value): string => (value.kind === 'null' ? refuse('null stands among texts') : textOf(value));

function trimAll(source: string, cutset: string): string {
  const cut = new Set(cutset);
  const points = [...source];
  let start = 0;
  let end = points.length;
  while (start < end && cut.has(points[start] ?? '')) start += 1;
  while (end > start && cut.has(points[end - 1] ?? '')) end -= 1;
  return points.slice(start, end).join('');
}

function chomped(source: string): string {
  let end = source.length;
  while (end > 0 && (source[end - 1] === '\n' || source[end - 1] === '\r')) end -= 1;
  return source.slice(0, end);
}

function substring(source: string, offset: number, length: number, doubts: Doubts): Value {
  if (!isSimple(source)) return unknown('a text is not plain ASCII', STRING);
  if (offset < 0 && source.length + offset < 0) return doubts.unsure('an offset is before its text', STRING);
  if (length === 0) return offset < 0 ? doubts.unsure('a part has no length', STRING) : text('');
  const start = offset < 0 ? source.length + offset : offset;
  return text(length < 0 ? source.slice(start) : source.slice(start, start + length));
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

function parseWhole(source: Value | undefined, base: number, doubts: Doubts): Value {
  if (source?.kind !== 'string') return refuse('a text is needed');
  if (base < 2 || base > 62) return refuse('a base is not between 2 and 62');
  const digits = source.value.replace(/^[+-]/, '');
  if (base > 36 || digits.length > 40) return doubts.unsure('a number in that base is not read here', NUMBER);
  if (digits === '' || /[^0-9a-zA-Z]/.test(digits)) return refuse('a text is no whole number');
  const all = [...digits.toLowerCase()].map((digit) => DIGITS.indexOf(digit));
  if (all.some((digit) => digit >= base)) return refuse('a text is no whole number in its base');
  const value = all.reduce((sum, digit) => sum * base + digit, 0);
  if (!Number.isSafeInteger(value)) return unknown('a number is not held exactly here', NUMBER);
  return number(source.value.startsWith('-') ? -value : value);
}
