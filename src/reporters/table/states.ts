import type { Coverage } from '../../model/coverage.ts';
import { grouped } from '../../model/grouped.ts';
import type { Report } from '../../model/report.ts';
import { flow } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, digits } from '../words.ts';

/** A state that was read, and where. */
export type ReadState = NonNullable<Coverage['state']> & { readonly place: string };

/** The states that were read, the newest of each lineage: one lineage is one state, whatever copies of it were read. */
export function statesRead({ coverage }: Pick<Report, 'coverage'>): ReadState[] {
  const lineages = [...grouped(coverage.flatMap(readState), ({ lineage }) => lineage).values()];
  return lineages.map((copies) => copies.reduce((newest, copy) => (copy.serial > newest.serial ? copy : newest)));
}

/** What an `errored.tfstate` holds is told as such where it matters; it is no state that a key could be looked for in. */
function readState({ source, status, locator, state }: Coverage): ReadState[] {
  if (source !== 'state' || status !== 'complete' || state === undefined || state.errored) return [];
  return [{ ...state, place: locator ?? 'the state' }];
}

const LINES = 2;

/** Which states were read and how many keys each holds, on two lines at most unless all are wanted. Plain text. */
export function stateTexts(report: Report, room: number, limit: number): string[] {
  const states = statesRead(report);
  if (states.length === 0) return [];
  const held = keysBySource(report);
  const told = states.map(
    ({ place, serial }) => `${plainText(place)} serial ${serial} (${count(held.get(place) ?? 0, 'key')})`,
  );
  const textOf = (shown: number): string => {
    const more = shown === told.length ? [] : [`… and ${digits(told.length - shown)} more (--all)`];
    return `${digits(told.length)} read: ${[...told.slice(0, shown), ...more].join(', ')}`;
  };
  const linesOf = (shown: number): string[] => flow(textOf(shown).split(/(?<=,) /), ' ', room);
  let shown = Math.min(told.length, limit);
  while (shown > 1 && Number.isFinite(limit) && linesOf(shown).length > LINES) shown -= 1;
  return linesOf(shown);
}

function keysBySource({ keys }: Report): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { state } of keys) {
    for (const source of new Set(state.map((instance) => instance.source))) {
      held.set(source, (held.get(source) ?? 0) + 1);
    }
  }
  return held;
}
