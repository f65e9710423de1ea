import { counts } from '../../model/counting.ts';
import { gapsOf, isUnanswered } from '../../model/gaps.ts';
import { grouped } from '../../model/grouped.ts';
import { isExpected } from '../../model/not-asked.ts';
import type { Finding, Report, RuleResult } from '../../model/report.ts';
import type { Severity } from '../../model/rule.ts';
import { lapsedTexts } from '../acceptance-words.ts';
import { changeWarnings } from '../change-warnings.ts';
import { type DetailedFinding, findingDetails, holderOf, shortNameOf } from '../detailed-finding.ts';
import { fitted } from '../fitted.ts';
import { gapText } from '../gap-words.ts';
import { placeInTree } from '../place.ts';
import type { ReporterOptions } from '../reporter.ts';
import { notJudgedCount, notJudgedTexts } from '../table/not-judged.ts';
import { partsOf } from '../table/remediation.ts';
import { uncomparedRootsWords, uncomparedWords } from '../uncompared.ts';
import { count } from '../words.ts';
import { isOpen, worstFirst } from '../worst-first.ts';
import type { Annotation } from './command.ts';

/** So many of a level are shown of a step (GitHub Docs, "Workflow commands"; community discussion 26680). */
const MOST_OF_A_LEVEL = 10;

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** Bytes that a text of others may take: an annotation holds 64 kB, and a title 255 characters (GitHub REST API, check runs). */
const TITLE_BYTES = 200;
const LINE_BYTES = 1000;
const MOST_LINES = 20;

/** What is shown beside files, and the open findings for which there is no room there. */
export interface Annotated {
  readonly annotations: readonly Annotation[];
  readonly rest: readonly Finding[];
}

/**
 * One annotation for each key, under its worst open finding, as many of each level as are shown; before them one for
 * what makes the scan incomplete. What is no part of the change is left to the rest: it is no line of anybody's change.
 */
export function annotated(report: Report, options: Pick<ReporterOptions, 'tree'>): Annotated {
  const open = worstFirst(report.findings).filter(isOpen);
  const detailsOf = findingDetails(report);
  const annotations = [incomplete, uncompared, notJudged, ofTheChange].flatMap((told) => told(report, options));
  const left = new Map([...LEVEL_NAMES].map((level) => [level, MOST_OF_A_LEVEL]));
  for (const { level } of annotations) left.set(level, (left.get(level) ?? 0) - 1);
  const shown = new Set<Finding>();
  const ours = open.filter(counts);
  for (const findings of grouped(ours, ({ key }) => key).values()) {
    const level = LEVELS[findings[0].severity];
    const room = left.get(level) ?? 0;
    if (room === 0) continue;
    left.set(level, room - 1);
    annotations.push(ofKey(findings.map(detailsOf), options));
    for (const finding of findings) shown.add(finding);
  }
  return { annotations, rest: open.filter((finding) => !shown.has(finding)) };
}

const LEVEL_NAMES: ReadonlySet<Annotation['level']> = new Set(Object.values(LEVELS));

function ofKey(findings: readonly DetailedFinding[], options: Pick<ReporterOptions, 'tree'>): Annotation {
  const [lead] = findings;
  if (lead === undefined) throw new RangeError('a key without findings');
  const { finding } = lead;
  const lines = [
    ...findings.flatMap(({ finding }) => findingLines(finding, findings.length > 1)),
    finding.arn ?? finding.key,
    holderOf(lead) ?? '',
    ...partsOf(finding.remediation).flatMap(({ prose, copied }) => [prose, ...copied.map((line) => `  ${line}`)]),
  ].filter((line) => line.trim() !== '');
  return {
    level: LEVELS[finding.severity],
    title: fitted(`keydrift ${finding.severity}: ${finding.rule}: ${shortNameOf(lead)}`, TITLE_BYTES),
    lines: fewLines(lines),
    ...placeInTree(finding.location, options),
  };
}

/** As many as an annotation holds; the last says how many are not here, for half of a command is another one. */
function fewLines(lines: readonly string[]): readonly string[] {
  const all = lines.length <= MOST_LINES;
  const shown = lines.slice(0, all ? MOST_LINES : MOST_LINES - 1).map((line) => fitted(line, LINE_BYTES));
  return all ? shown : [...shown, `… and ${count(lines.length - shown.length, 'more line')}, in the JSON report`];
}

/** Which rule says so stands where there are several; one alone stands in the title. */
function findingLines(finding: Finding, severalOfKey: boolean): readonly string[] {
  const { severity, rule, message } = finding;
  const told = severalOfKey ? `${severity} ${rule}: ${message.trim()}` : message.trim();
  return [told, ...lapsedTexts(finding)];
}

/** Never only in the log: a step without annotations reads as clean. */
function incomplete(report: Report, options: Pick<ReporterOptions, 'tree'>): Annotation[] {
  if (report.scan.complete) return [];
  const gaps = gapsOf(report).filter(isUnanswered);
  const lines = [
    'What was not covered is unknown, not clean.',
    ...gaps.slice(0, MOST_LINES).map((gap) => fitted(gapText(gap), LINE_BYTES)),
  ];
  const title = `keydrift: the scan is incomplete, ${count(gaps.length, 'gap')}`;
  return [{ level: 'warning', title, lines, ...atTop(options) }];
}

/** Nothing found then is not the same as nothing done, and no line of the log says so. */
function uncompared(report: Report, options: Pick<ReporterOptions, 'tree'>): Annotation[] {
  const words = uncomparedWords(report) ?? uncomparedRootsWords(report);
  if (words === undefined) return [];
  const title = 'keydrift: neither a state nor a plan was read';
  return [{ level: 'warning', title, lines: [words], ...atTop(options) }];
}

/**
 * A change that makes unknown what it does is told beside those that are known: no finding of the rules that guard keys
 * against changes does not mean then that there is none.
 */
function notJudged(report: Report, options: Pick<ReporterOptions, 'tree'>): Annotation[] {
  const isUnjudged = ({ about, severity, reasons }: RuleResult): boolean =>
    about === 'change' && severity === 'critical' && reasons.some(({ reason }) => !isExpected(reason));
  if (!report.rules.some(isUnjudged)) return [];
  const { told, more } = notJudgedTexts(report);
  const lines = [
    ...told.map((text) => fitted(text, LINE_BYTES)),
    ...(more > 0 ? [`and ${count(more, 'more reason')}`] : []),
  ];
  const title = `keydrift: not every rule could judge ${notJudgedCount(report)}`;
  return [{ level: 'notice', title, lines, ...atTop(options) }];
}

/** Its reviewer reads no log. */
function ofTheChange(report: Report, options: Pick<ReporterOptions, 'tree'>): Annotation[] {
  const told = changeWarnings(report);
  if (told.length === 0) return [];
  const lines = fewLines(told.map(({ message }) => message));
  return [{ level: 'warning', title: 'keydrift: look at this in the change', lines, ...atTop(options) }];
}

const atTop = (options: Pick<ReporterOptions, 'tree'>) => placeInTree({ path: '', line: 1 }, options);
