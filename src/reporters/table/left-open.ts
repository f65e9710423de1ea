import type { Standing } from '../../model/key-record.ts';
import { isExpected } from '../../model/not-asked.ts';
import type { Report, ReportKey } from '../../model/report.ts';
import { cells, cut, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, identityOf, nameOf } from '../words.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { isUnseen } from './unseen.ts';

const NAME_CELLS = 28;
/** Neither well nor at fault, those first of which least is known. */
const LEFT_OPEN: readonly Standing[] = ['undetermined', 'settling', 'out-of-scope', 'import-planned'];

/** LEFT OPEN: keys that are neither called clean nor found fault with, and why. */
export function* leftOpenLines(report: Report, page: Page): Iterable<string> {
  // Without a state every key is undetermined: KEYS lists them.
  if (!report.scan.requested.includes('state')) return;
  const found = new Set(report.findings.flatMap(({ key, status }) => (status === 'open' ? [key] : [])));
  const isExpectedHere = ({ reason }: ReportKey): boolean =>
    !report.scan.requested.includes('kms') && isExpected(reason ?? '');
  const open = LEFT_OPEN.flatMap((standing) => report.keys.filter((key) => key.standing === standing)).filter(
    (key) =>
      !found.has(key.id) && !isExpectedHere(key) && (key.standing !== 'out-of-scope' || isUnseen(key, report.scan)),
  );
  if (open.length === 0) return;
  const shown = open.slice(0, page.limit);
  const standingWidth = widest(shown.map(({ standing }) => cells(standing)));
  const nameWidth = Math.min(NAME_CELLS, widest(shown.map((key) => cells(nameOf(key)))));
  const regionWidth = widest(shown.map(({ region }) => cells(plainText(region ?? ''))));
  yield '';
  yield `${page.strong('LEFT OPEN')}  neither called clean nor found fault with`;
  for (const key of shown) {
    const name = pad(cut(nameOf(key), nameWidth), nameWidth);
    const [region = '', ...id] = identityOf(key);
    const columns = [pad(key.standing, standingWidth), name, pad(region, regionWidth), ...id];
    yield* oneKey(key, columns.join('  ').trimEnd(), page);
  }
  if (open.length > shown.length) yield `${INDENT}… and ${count(open.length - shown.length, 'more key')} (--all)`;
}

function oneKey(key: ReportKey, start: string, page: Page): string[] {
  const reason = key.standing === 'import-planned' ? 'an import block names it' : plainText(key.reason ?? '');
  if (INDENT.length * 2 + cells(start) + cells(reason) <= page.width) {
    return [INDENT + start + (reason === '' ? '' : INDENT + page.quiet(reason))];
  }
  return [INDENT + start, ...wrap(reason, page.width - DEEPER.length).map((line) => DEEPER + page.quiet(line))];
}
