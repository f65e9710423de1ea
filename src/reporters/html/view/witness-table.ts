import type { Witness } from '../../../model/key-record.ts';
import type { ReportKey } from '../../../model/report.ts';
import { placeText } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';
import type { Setting } from '../rows.ts';
import { type Saying, saidOf } from './said.ts';

/** One column: a witness, or one of the blocks or instances that it has. */
interface Column {
  readonly witness: Witness;
  readonly source: string;
  /** null: it says nothing of this key. */
  readonly fact: Readonly<Record<string, unknown>> | null;
}

/** All attributes that anybody speaks of, each witness a column. Rows that differ are marked. */
export const witnessTable = (key: ReportKey, setting: Setting): Element => table(key, rowsOf(key, setting));

/** The rows that differ alone; nothing where none does. */
export function differingTable(key: ReportKey, setting: Setting): Child {
  const rows = rowsOf(key, setting).filter(({ differs }) => differs);
  return rows.length === 0 ? null : table(key, rows);
}

interface Row {
  readonly attribute: string;
  readonly differs: boolean;
  readonly said: readonly Saying[];
}

function rowsOf(key: ReportKey, { attributes }: Setting): Row[] {
  const differing = new Set<string>(key.differences.map(({ attribute }) => attribute));
  const columns = columnsOf(key);
  return attributes
    .map((attribute) => ({
      attribute,
      differs: differing.has(attribute),
      said: columns.map(({ fact }) => saidOf(fact, attribute)),
    }))
    .filter(({ said }) => said.some(({ kind }) => kind !== 'silent'))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

function columnsOf(key: ReportKey): Column[] {
  const { created, configuration, state, live } = key;
  return [
    { witness: 'created', source: created === null ? '' : created.eventTime.slice(0, 10), fact: created },
    ...orSilent('configuration', configuration, (block) => placeText(block)),
    ...orSilent('state', state, ({ source }) => source),
    { witness: 'live', source: live?.keyState ?? '', fact: live },
  ];
}

function orSilent<T extends Readonly<Record<string, unknown>>>(
  witness: Witness,
  facts: readonly T[],
  sourceOf: (fact: T) => string,
): Column[] {
  if (facts.length === 0) return [{ witness, source: '', fact: null }];
  return facts.map((fact) => ({ witness, source: sourceOf(fact), fact }));
}

/** Roles are said, for on a phone the table is laid out as a list, which would take them away. */
function table(key: ReportKey, rows: readonly Row[]): Element {
  const columns = columnsOf(key);
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': 'What each witness says' },
      h(
        'table',
        { class: 'witnesses', role: 'table' },
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, h('th', HEAD, 'attribute'), columns.map(headerCell))),
        h(
          'tbody',
          { role: 'rowgroup' },
          rows.map((row) => rowElement(row, columns)),
        ),
      ),
    ),
    notes(key, rows),
  );
}

const HEAD = { scope: 'col', role: 'columnheader' } as const;

const headerCell = ({ witness, source }: Column): Element =>
  h('th', HEAD, witness, source === '' ? null : h('span', { class: 'source' }, source));

const rowElement = ({ attribute, differs, said }: Row, columns: readonly Column[]): Element =>
  h(
    'tr',
    { role: 'row', class: differs ? 'differs' : undefined },
    h(
      'th',
      { scope: 'row', role: 'rowheader' },
      differs ? h('span', { class: 'mark', 'aria-hidden': 'true' }, '≠ ') : null,
      attribute,
      differs ? h('span', { class: 'unseen' }, ' differs') : null,
    ),
    said.map((saying, at) =>
      h('td', { role: 'cell', class: classOf(saying), 'data-witness': labelOf(columns, at) }, shown(saying, differs)),
    ),
  );

/** What stands before a value where there are no columns: the witness, and which of several of its kind. */
function labelOf(columns: readonly Column[], at: number): string {
  const column = columns[at];
  if (column === undefined) return '';
  const isAlone = columns.filter(({ witness }) => witness === column.witness).length === 1;
  return isAlone ? column.witness : `${column.witness}, ${column.source}`;
}

function classOf(saying: Saying): string | undefined {
  if (saying.kind === 'silent') return 'none';
  return saying.kind === 'known' && UNBROKEN.test(saying.text) ? 'breaks' : undefined;
}

function shown(saying: Saying, differs: boolean): Child {
  switch (saying.kind) {
    case 'silent':
      return h('span', { class: 'unseen' }, 'says nothing');
    case 'unset':
      return [h('span', { 'aria-hidden': 'true' }, '–'), h('span', { class: 'unseen' }, 'none')];
    case 'unknown':
      return h('span', { class: 'unknown', title: saying.reason }, '? unknown');
    case 'known':
      return saying.text.length > LONG && !differs ? folded(saying.text) : saying.text;
  }
}

/** What would widen a column beyond measure if it were not broken anywhere. */
const UNBROKEN = /\S{28}/;

/** Longer values that nobody disagrees on are folded. */
const LONG = 120;

const folded = (text: string): Element =>
  h('details', { class: 'long' }, h('summary', {}, `${text.slice(0, LONG / 3)}…`), text);

/** Why a witness does not know, or says nothing at all. */
function notes(key: ReportKey, rows: readonly Row[]): Child {
  const columns = columnsOf(key);
  const unknown = rows.flatMap(({ attribute, said }) =>
    said.flatMap((saying, at) =>
      saying.kind === 'unknown' ? [`${columns[at]?.witness ?? ''}, ${attribute}: ${saying.reason}`] : [],
    ),
  );
  const silent = columns.flatMap(({ witness, fact }) => {
    const why = fact === null ? key.unknown[witness] : undefined;
    return why === undefined ? [] : [`${witness} says nothing: ${why}`];
  });
  const texts = [...new Set([...silent, ...unknown])];
  return texts.length === 0
    ? null
    : h(
        'ul',
        { class: 'notes' },
        texts.map((text) => h('li', {}, `? ${text}`)),
      );
}
