import { cells, pad, widest } from '../reporters/cells.ts';
import { plainText, uncommanding } from '../reporters/plain-text.ts';
import { isNothing, type Origin } from './setting-origin.ts';
import type { SettingRow, Shown } from './setting-rows.ts';

/** A setting as it holds, and who says so. */
export interface ShownSetting extends SettingRow {
  readonly from: Origin;
}

/** A wider value pushes its own origin aside, not everybody's. */
const WIDEST_VALUE = 56;

/** Name, value and origin, in columns; a list has a line for each of its items, a mapping for each of its entries. */
export function* settingsTable(settings: readonly ShownSetting[]): Generator<string, void> {
  const lines = [['setting', 'value', 'from'] as const, ...settings.flatMap(linesOf)];
  const nameWidth = widest(lines.map(([name]) => cells(name)));
  const valueWidth = Math.min(WIDEST_VALUE, widest(lines.map(([, value]) => cells(value))));
  for (const [name, value, from] of lines) {
    yield `${uncommanding(`${pad(name, nameWidth)}  ${pad(value, valueWidth)}  ${from}`.trimEnd())}\n`;
  }
}

/** The same for programs: `{"settings": [{"name", "value", "from"}]}`, one setting a line. */
export function* settingsJson(settings: readonly ShownSetting[]): Generator<string, void> {
  yield '{"settings":[\n';
  for (const [at, { name, value, from }] of settings.entries()) {
    yield `${plainText(JSON.stringify({ name, value, from }))}${at < settings.length - 1 ? ',' : ''}\n`;
  }
  yield ']}\n';
}

type Line = readonly [name: string, value: string, from: string];

function linesOf({ name, value, unset = 'none', from }: ShownSetting): readonly Line[] {
  if (isNothing(value)) return [line(name, `(${unset})`, originText(from))];
  return itemsOf(value).map((item, at) => line(at === 0 ? name : '', item, originText(from, at)));
}

function itemsOf(value: Shown): readonly string[] {
  if (isList(value)) return value.map(textOf);
  return isMapping(value) ? Object.entries(value).map(([name, inner]) => textOf({ [name]: inner })) : [textOf(value)];
}

const line = (...[name, value, from]: Line): Line => [name, plainText(value), plainText(from)];

const isList = (value: Shown): value is readonly Shown[] => Array.isArray(value);

function originText(from: Origin, item = 0): string {
  switch (from.by) {
    case 'flag':
      return from.flag;
    case 'environment':
      return item === 0 ? from.variable : '';
    case 'file':
      return `${from.path}:${from.lines[item] ?? from.line}`;
    case 'default':
      return from.passedOver === undefined
        ? 'default'
        : `default (${from.passedOver.path}:${from.passedOver.line} is about other states)`;
  }
}

/** As YAML's flow style has it, without quotes: for people. */
function textOf(value: Shown): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(textOf).join(', ')}]`;
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${isMapping(inner) ? `{ ${textOf(inner)} }` : textOf(inner)}`)
    .join(', ');
}

const isMapping = (value: Shown): value is { readonly [name: string]: Shown } =>
  typeof value === 'object' && value !== null && !isList(value);
