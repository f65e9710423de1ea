import { totalOf } from '../../model/counting.ts';
import type { Standing } from '../../model/key-record.ts';
import { isExpected } from '../../model/not-asked.ts';
import type { Report } from '../../model/report.ts';
import { wrap } from '../cells.ts';
import { changeWarnings } from '../change-warnings.ts';
import { plainText } from '../plain-text.ts';
import { uncomparedRootsWords, uncomparedWords } from '../uncompared.ts';
import { count } from '../words.ts';
import { INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { type Unseen, unseenOf, unseenText } from './unseen.ts';

/** Standings of which nobody can say that the key is accounted for. */
const UNACCOUNTED: readonly Standing[] = ['settling', 'unmanaged', 'unclaimed', 'missing', 'undetermined'];

/** What the absence of findings means, and what a scan without states cannot say. Nothing where findings speak. */
export function* verdictLines(report: Report, page: Page): Iterable<string> {
  const unseen = unseenOf(report);
  const sentences = [
    withoutState(report),
    ...clean(report, unseen, page),
    uncompared(report, page),
    notLookedAt(report, unseen, page),
  ].filter((sentence) => sentence !== undefined);
  for (const { text, style } of sentences) {
    yield '';
    yield* wrap(text, page.width - INDENT.length).map((line) => INDENT + style(line));
  }
}

interface Sentence {
  readonly text: string;
  readonly style: (text: string) => string;
}

function withoutState(report: Report): Sentence | undefined {
  const { scan } = report;
  if (scan.requested.includes('state')) return undefined;
  if (!scan.requested.includes('kms')) return nothingToCompare(report);
  const what = scan.requested.includes('plan')
    ? 'What the next apply does is told by plans alone: no state was read'
    : 'This is an inventory: no state was read';
  const text = `${what}, so no key can be called managed, unmanaged or missing. Add --state WHERE, and --config-dir DIR, to compare.`;
  return { text, style: (line) => line };
}

/** Nothing found then is not the same as nothing done. */
function nothingToCompare(report: Report): Sentence | undefined {
  const words = uncomparedWords(report);
  if (words === undefined) return undefined;
  const found = hasOpenFindings(report) || isOpenElsewhere(report) ? '' : 'No open finding in what is declared. ';
  const text = `${found}${words}`;
  return { text, style: (line) => line };
}

/** Some roots were laid beside a state or a plan: of the others nothing found is not the same as nothing done either. */
function uncompared(report: Report, page: Page): Sentence | undefined {
  const words = uncomparedRootsWords(report);
  return words === undefined ? undefined : { text: words, style: page.strong };
}

/** A scan that looked past all keys of its states is told as the mistake that it is, whatever else was found. */
function notLookedAt(report: Report, unseen: Unseen | undefined, page: Page): Sentence | undefined {
  if (unseen === undefined || (!unseen.all && (hasOpenFindings(report) || isOpenElsewhere(report)))) return undefined;
  const text = unseen.all
    ? `Probably a mistake: no key of the ${unseen.named} was looked at: ${unseen.where}. ${unseen.mend}`
    : `${unseenText(unseen)}. ${unseen.mend}`;
  return { text, style: page.loud };
}

const hasOpenFindings = ({ summary }: Report): boolean => totalOf(summary.findings) > 0;

/** What is open outside of the change that was asked about: no finding of ours, and no clean estate. */
const isOpenElsewhere = ({ summary }: Report): boolean => totalOf(summary.outsideChange) > 0;

function clean(report: Report, unseen: Unseen | undefined, page: Page): Sentence[] {
  if (hasOpenFindings(report)) return [];
  if (!report.scan.complete) {
    return [
      {
        text: `${report.findings.length === 0 ? 'No finding' : noneOpen(report)} in what could be read. That is not clean: what is listed below was not covered.`,
        style: page.loud,
      },
    ];
  }
  const { acceptedGaps } = report.summary;
  if (acceptedGaps !== undefined) {
    const text = `${noneOpen(report)}. What ${count(acceptedGaps, 'accepted gap')} would have said is unknown.`;
    return [{ text, style: page.strong }];
  }
  if (isOpenElsewhere(report)) return [{ text: nothingFound(report), style: page.strong }];
  if (!report.scan.requested.includes('kms')) {
    return withoutState(report) === undefined ? [{ text: nothingFound(report), style: page.strong }] : [];
  }
  if (report.summary.keys === 0) return [{ text: noKeys(report), style: page.strong }];
  if (!isAccountedFor(report) || unseen?.all === true) return [{ text: 'No open finding.', style: page.strong }];
  return [{ text: accountedFor(report), style: unseen === undefined ? page.good : page.strong }];
}

/** What is suppressed or known from before happens all the same: only where there is none of that, nothing happens. */
function nothingFound(report: Report): string {
  const { findings, rules, scan } = report;
  const ofEstate = new Set(rules.flatMap(({ id, about }) => (about === 'estate' ? [id] : [])));
  const isToHappen = findings.some(({ rule, outsideChange }) => outsideChange !== true && !ofEstate.has(rule));
  const isDoubtful = uncomparedRootsWords(report) !== undefined || changeWarnings(report).length > 0;
  if (isToHappen || isDoubtful) return `${noneOpen(report)}.`;
  const what = scan.change === undefined ? 'the next apply' : 'this change';
  if (isChangeUnjudged(report)) {
    return `${noneOpen(report)}, but what ${what} does is not known of every key: why not is listed below.`;
  }
  return `No key was found that ${what} destroys, replaces or forgets.`;
}

/** Whether a rule about changes could not judge a key, for another reason than all runs of this kind have, or than one outside of the change. */
function isChangeUnjudged({ rules, coverage }: Report): boolean {
  const outside = new Set(coverage.flatMap(({ outsideChange, reason = '' }) => (outsideChange ? [reason] : [])));
  return rules.some(
    ({ about, reasons }) =>
      about === 'change' && reasons.some(({ reason }) => !isExpected(reason) && !outside.has(reason)),
  );
}

const noneOpen = ({ scan }: Report): string =>
  scan.change === undefined ? 'No open finding' : 'No open finding of this change';

function noKeys({ scan }: Report): string {
  const others = plainText(scan.requested.filter((source) => source !== 'kms' && source !== 'owners').join(', '));
  const listed = scan.requested.includes('kms') ? `KMS lists none in ${count(scan.scope.length, 'Region')}` : '';
  const named = others === '' ? '' : `nothing in ${others} names one`;
  return `There are no keys: ${[listed, named].filter((part) => part !== '').join(', and ')}.`;
}

function accountedFor({ summary }: Report): string {
  const { place = 0, owner = 0 } = summary.notOurs ?? {};
  const unseen = summary.standings['out-of-scope'] - place - owner;
  const which = unseen > 0 ? 'Every key that was looked at' : place + owner > 0 ? 'Every key of ours' : 'Every key';
  const unjudged = summary.notJudged === 0 ? '' : ` Not every rule could judge ${count(summary.notJudged, 'key')}.`;
  return `${which} is accounted for, and no rule found anything.${unjudged}`;
}

const isAccountedFor = ({ summary, findings, scan }: Report): boolean =>
  scan.requested.includes('kms') &&
  scan.requested.includes('state') &&
  findings.length === 0 &&
  UNACCOUNTED.every((standing) => summary.standings[standing] === 0);
