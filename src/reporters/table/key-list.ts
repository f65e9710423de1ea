import type { Standing } from '../../model/key-record.ts';
import type { Report, ReportKey } from '../../model/report.ts';
import { cells, cut, pad, widest } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { actorText, count, day } from './words.ts';

const GAP = '  ';
const NAME_CELLS = 36;
const NOT_LISTED: readonly Standing[] = ['aws-managed', 'out-of-scope'];

/** KEYS: what an inventory without states has to show, one line a key. Nothing where states were read. */
export function* keyListLines(report: Report, page: Page): Iterable<string> {
  if (report.scan.requested.includes('state')) return;
  const listed = report.keys.filter(({ standing }) => !NOT_LISTED.includes(standing));
  if (listed.length === 0) return;
  const rows = listed.slice(0, page.limit).map(columnsOf);
  const widths = [0, 1, 2, 3].map((at) => widest(rows.map((row) => cells(row[at] ?? ''))));
  yield '';
  yield page.strong('KEYS');
  for (const row of rows) {
    const line = row.map((text, at) => pad(text, widths[at] ?? 0)).join(GAP);
    yield INDENT + cut(line.trimEnd(), page.width - INDENT.length);
  }
  if (listed.length > rows.length) yield `${INDENT}… and ${count(listed.length - rows.length, 'more key')} (--all)`;
}

/** Alias or id, Region, key state, spec and who made it: plain text. */
function columnsOf(key: ReportKey): string[] {
  const { live, region, created, replicated, createdAt } = key;
  const by = replicated ?? created;
  const when = createdAt === null ? '' : day(createdAt);
  return [
    cut(plainText(key.aliases[0] ?? key.keyId ?? key.id), NAME_CELLS),
    plainText(region ?? ''),
    plainText(live === null ? '' : (live.keyState ?? '?')),
    plainText(live === null ? '' : (live.keySpec ?? '?')),
    by === null ? when : `${when} by ${actorText(by)}`.trimStart(),
  ];
}
