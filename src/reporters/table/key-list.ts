import type { Standing } from '../../model/key-record.ts';
import type { Report, ReportKey } from '../../model/report.ts';
import { cells, cut, flow, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { actorText, count, day } from '../words.ts';
import { INDENT } from './layout.ts';
import type { Page } from './page.ts';

const GAP = '  ';
const NAME_CELLS = 36;
const NOT_LISTED: readonly Standing[] = ['aws-managed', 'out-of-scope'];

interface Row {
  /** Alias or id, Region, key state, spec and day. */
  readonly which: readonly string[];
  /** Who made it and how; empty where nobody knows. */
  readonly by: string;
}

/** KEYS: what an inventory without states has to show, one line a key where there is room. Nothing where states were read, or KMS was not asked. */
export function* keyListLines(report: Report, page: Page): Iterable<string> {
  const { requested } = report.scan;
  if (requested.includes('state') || !requested.includes('kms')) return;
  const listed = report.keys.filter(({ standing }) => !NOT_LISTED.includes(standing));
  if (listed.length === 0) return;
  const rows = listed.slice(0, page.limit).map(rowOf);
  const widths = [0, 1, 2, 3, 4].map((at) => widest(rows.map(({ which }) => cells(which[at] ?? ''))));
  yield '';
  yield page.strong('KEYS');
  for (const row of laidOut(rows, widths, page)) yield INDENT + row;
  if (listed.length > rows.length) yield `${INDENT}… and ${count(listed.length - rows.length, 'more key')} (--all)`;
}

/** Who made a key stands below it where not every row has room for that: it is what the list is for, and never cut. */
function laidOut(rows: readonly Row[], widths: readonly number[], page: Page): string[] {
  const room = page.width - INDENT.length;
  const starts = rows.map(({ which }) => which.map((text, at) => pad(text, widths[at] ?? 0)).join(GAP));
  const whole = rows.map(({ by }, at) => `${starts[at]} ${by}`.trimEnd());
  if (whole.every((line) => cells(line) <= room)) return whole;
  return rows.flatMap(({ which, by }, at) => {
    const start = (starts[at] ?? '').trimEnd();
    return [
      ...(cells(start) <= room ? [start] : flow(which, GAP, room)),
      ...wrap(by, room - INDENT.length).map((line) => INDENT + page.quiet(line)),
    ];
  });
}

function rowOf(key: ReportKey): Row {
  const { live, region, created, replicated, createdAt } = key;
  const by = replicated ?? created;
  return {
    which: [
      cut(plainText(key.name ?? key.declaredAliases?.[0] ?? key.aliases[0] ?? key.keyId ?? key.id), NAME_CELLS),
      plainText(region ?? ''),
      plainText(live === null ? '' : (live.keyState ?? '?')),
      plainText(live === null ? '' : (live.keySpec ?? '?')),
      createdAt === null ? '' : day(createdAt),
    ],
    by: by === null ? '' : `by ${actorText(by)}`,
  };
}
