import { convertTo } from '../convert-to.ts';
import type { Doubts } from '../doubts.ts';
import { numberText } from '../number.ts';
import { isSimple } from '../text-order.ts';
import { BOOL, NUMBER, STRING, typeOf } from '../type.ts';
import type { Value } from '../value.ts';
import { list, text } from '../values.ts';
import { ANY, type Functions, refuse, TEXT, textOf } from './function.ts';
import { jsonOf, jsonText } from './json.ts';

const REST = { ...ANY, isNullable: true } as const;

/** `format` and `formatlist` for the verbs v, s, q, d and t, with a width (zclconf/go-cty v1.16, stdlib/format.go). */
export const FORMATS: Functions = {
  format: {
    parameters: [TEXT],
    rest: REST,
    returns: STRING,
    run: ([template, ...values], doubts) => {
      if (values.some(isBareNull)) return doubts.unsure('a null has no type');
      return written(textOf(template), values, doubts);
    },
  },
  formatlist: {
    parameters: [TEXT],
    rest: REST,
    returns: { kind: 'list', of: STRING },
    run: ([template, ...values], doubts) => {
      if (values.some(isBareNull)) return doubts.unsure('a null has no type');
      return list(
        rowsOf(values, doubts).map((row) => written(textOf(template), row, doubts)),
        STRING,
      );
    },
  },
};

/** A null that has no type, or none that is known here. */
const isBareNull = (value: Value): boolean => {
  const { kind } = typeOf(value);
  return value.kind === 'null' && (kind === 'dynamic' || kind === 'undetermined');
};

/** The arguments of each element of the result: lists give one after the other, everything else the same each time. */
function rowsOf(values: readonly Value[], doubts: Doubts): readonly (readonly Value[])[] {
  const columns = values.map((value) => ('elements' in value ? value.elements : undefined));
  const lengths = new Set(columns.flatMap((column) => (column === undefined ? [] : [column.length])));
  if (lengths.size > 1) return refuse('lists are not of one length');
  const [length = 1] = lengths;
  doubts.budget.spend(length * values.length);
  return Array.from({ length }, (_, row) => values.map((value, at) => columns[at]?.[row] ?? value));
}

/** Flags and modes that are proved; others are Unknown. */
const VERB = /([-0]?)([1-9]\d{0,3})?([vsqdt])/y;

function written(template: string, values: readonly Value[], doubts: Doubts): Value {
  const pieces: string[] = [];
  let used = 0;
  for (let at = 0; ; ) {
    const percent = template.indexOf('%', at);
    pieces.push(template.slice(at, percent === -1 ? undefined : percent));
    if (percent === -1) break;
    if (template[percent + 1] === '%') {
      pieces.push('%');
      at = percent + 2;
      continue;
    }
    VERB.lastIndex = percent + 1;
    const verb = VERB.exec(template);
    const piece = verb === null ? undefined : write(verb, values[used] ?? refuse('a verb has no argument'), doubts);
    if (piece === undefined) return doubts.unsure('a verb of a format is not evaluated here', STRING);
    used += 1;
    doubts.budget.spend(piece.length);
    pieces.push(piece);
    at = VERB.lastIndex;
  }
  if (used < values.length) return refuse('an argument has no verb');
  doubts.budget.spend(template.length);
  return text(pieces.join(''));
}

/** One argument as its verb writes it; undefined where that is not proved. */
function write([, flag = '', width = '', mode]: readonly string[], value: Value, doubts: Doubts): string | undefined {
  if (mode === 'v') return padded(plain(value), flag, width);
  if (value.kind === 'null') return refuse('null cannot be formatted');
  switch (mode) {
    case 't': {
      const flagValue = convertTo(value, BOOL, doubts);
      return flagValue.kind === 'bool' ? String(flagValue.value) : undefined;
    }
    case 'd':
      return whole(convertTo(value, NUMBER, doubts), flag, width);
    default: {
      const source = convertTo(value, STRING, doubts);
      if (source.kind !== 'string') return undefined;
      return padded(mode === 'q' ? jsonText(source.value) : source.value, flag, width);
    }
  }
}

/** From here on Go writes an exponent (math/big, Text with 'g'). */
const EXPONENT_FROM = 1_000_000;

function plain(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind !== 'number') return jsonOf(value);
  const size = Math.abs(value.value);
  return size < EXPONENT_FROM && (size >= 0.001 || size === 0) ? numberText(value.value) : undefined;
}

function padded(source: string | undefined, flag: string, width: string): string | undefined {
  if (source === undefined || width === '') return source;
  if (!isSimple(source)) return undefined;
  return flag === '-' ? source.padEnd(Number(width)) : source.padStart(Number(width), flag === '0' ? '0' : ' ');
}

function whole(value: Value, flag: string, width: string): string | undefined {
  if (value.kind !== 'number') return undefined;
  if (!Number.isInteger(value.value)) return refuse('a fraction cannot be formatted as a whole number');
  if (flag !== '0') return padded(String(value.value), flag, width);
  const sign = value.value < 0 ? '-' : '';
  return sign + String(Math.abs(value.value)).padStart(Number(width) - sign.length, '0');
}
