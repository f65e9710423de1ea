import { WITNESSES, type Witness } from '../../model/key-record.ts';
import { plural } from '../../model/plural.ts';
import type { PolicyChange } from '../../model/policy-change.ts';
import { policyChangeTexts } from '../../model/policy-change-text.ts';
import type { ReportKey } from '../../model/report.ts';
import { cells, cut, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { unknownReasons, type WitnessRow, witnessRows } from './witness-rows.ts';

const GAP = 2;
const MARK = '≠ ';
/** Text kept before the first place where two long values differ. */
const LEAD_IN = 16;

type Widths = ReadonlyMap<Witness, number>;

/** The witnesses side by side: rows that differ are marked; values too long for a column stand below each other. */
export function* witnessTable(key: ReportKey, page: Page): Iterable<string> {
  const all = witnessRows(key);
  const rows = all.filter(({ change }) => change === undefined);
  if (rows.length > 0) yield* sideBySide(rows, page);
  for (const { attribute, change } of all) if (change !== undefined) yield* changeLines(attribute, change, page);
  for (const reason of unknownReasons(key, rows)) {
    yield* wrap(`? ${reason}`, page.width - INDENT.length).map((line) => page.quiet(INDENT + line));
  }
}

/** Statements that are shown of a policy, each on a line. */
const STATEMENTS = 4;

/** Each statement that differs on a line of its own, cut; whole lines and all of them where all is asked for. */
function* changeLines(attribute: string, change: PolicyChange, page: Page): Iterable<string> {
  yield `${INDENT}${page.loud(`${MARK}${attribute}`)}  ${page.quiet('- in the state alone, + in KMS alone')}`;
  const texts = policyChangeTexts(change).map(plainText);
  const room = page.width - INDENT.length * 2;
  const isWhole = !Number.isFinite(page.limit);
  for (const text of isWhole ? texts : texts.slice(0, STATEMENTS)) {
    const lines = isWhole ? wrap(text, room - INDENT.length) : [cut(text, room)];
    yield* lines.map((line, at) => INDENT + INDENT + (at === 0 ? '' : INDENT) + line);
  }
  const left = isWhole ? 0 : texts.length - STATEMENTS;
  if (left > 0) yield page.quiet(`${INDENT}${INDENT}… and ${plural(left, 'more statement')} (--all)`);
}

function* sideBySide(rows: readonly WitnessRow[], page: Page): Iterable<string> {
  const names = WITNESSES.filter((witness) => rows.some(({ said }) => said[witness] !== ''));
  const attributeWidth = widest(rows.map(({ attribute }) => attribute.length)) + MARK.length;
  const { columns, stacked } = layOut(rows, names, page.width - INDENT.length - attributeWidth);
  if (stacked.length < rows.length) {
    yield page.quiet(`${INDENT}${pad('', attributeWidth)}${joined(names, columns, (witness) => witness)}`);
  }
  for (const row of rows.filter((each) => !stacked.includes(each))) {
    const line = joined(names, columns, (witness) => cut(row.said[witness], columns.get(witness) ?? 0));
    const label = pad(`${row.differs ? MARK : '  '}${plainText(row.attribute)}`, attributeWidth);
    yield row.differs ? `${INDENT}${page.loud(label)}${page.strong(line)}` : page.quiet(`${INDENT}${label}${line}`);
  }
  for (const row of stacked) yield* stackedRow(row, names, page);
}

const joined = (names: readonly Witness[], widths: Widths, text: (witness: Witness) => string): string =>
  names
    .map((witness) => ' '.repeat(GAP) + pad(text(witness), widths.get(witness) ?? 0))
    .join('')
    .trimEnd();

/** Column widths in which every differing value stands uncut; rows for which there is no room are stacked. */
function layOut(rows: readonly WitnessRow[], names: readonly Witness[], room: number) {
  let inline = rows.filter(({ differs }) => differs);
  const stacked: WitnessRow[] = [];
  while (totalWidth(widthsOf(inline, names)) > room) {
    const widest = inline.toSorted((a, b) => widthOf(b) - widthOf(a))[0];
    if (widest === undefined) break;
    inline = inline.filter((row) => row !== widest);
    stacked.push(widest);
  }
  const needed = widthsOf(inline, names);
  const wanted = widthsOf(
    rows.filter((row) => !stacked.includes(row)),
    names,
  );
  return { columns: widened(needed, wanted, room - totalWidth(needed)), stacked };
}

const widthOf = ({ said }: WitnessRow): number => Math.max(...Object.values(said).map(cells));

const widthsOf = (rows: readonly WitnessRow[], names: readonly Witness[]): Widths =>
  new Map(names.map((name) => [name, Math.max(name.length, ...rows.map(({ said }) => cells(said[name])))]));

const totalWidth = (widths: Widths): number => [...widths.values()].reduce((sum, width) => sum + width + GAP, 0);

/** Gives columns what they want beyond their need while there is room, evenly. */
function widened(needed: Widths, wanted: Widths, room: number): Widths {
  const widths = new Map(needed);
  let left = room;
  let growing = [...wanted.keys()];
  while (left > 0 && growing.length > 0) {
    growing = growing.filter((name) => (widths.get(name) ?? 0) < (wanted.get(name) ?? 0));
    for (const name of growing.slice(0, left)) widths.set(name, (widths.get(name) ?? 0) + 1);
    left -= growing.length;
  }
  return widths;
}

function* stackedRow({ attribute, said }: WitnessRow, names: readonly Witness[], page: Page): Iterable<string> {
  yield page.loud(`${INDENT}${MARK}${plainText(attribute)}`);
  const speaking = names.filter((name) => said[name] !== '');
  const labelWidth = widest(speaking.map((name) => name.length)) + GAP;
  const room = page.width - INDENT.length * 2 - labelWidth;
  const from = readFrom(
    speaking.map((name) => said[name]),
    room,
  );
  for (const name of speaking) {
    const text = said[name].length > LEAD_IN && from > 0 ? `…${said[name].slice(from)}` : said[name];
    yield `${INDENT}${INDENT}${page.quiet(pad(name, labelWidth))}${cut(text, room)}`;
  }
}

/** Where values too long for a line are worth reading from: shortly before the first place where they differ. */
function readFrom(texts: readonly string[], room: number): number {
  const [first = '', ...others] = new Set(texts.filter((text) => text.length > LEAD_IN));
  if (others.length === 0 || texts.every((text) => cells(text) <= room)) return 0;
  let at = 0;
  while (at < first.length && others.every((text) => text[at] === first[at])) at += 1;
  return Math.max(0, at - LEAD_IN);
}
