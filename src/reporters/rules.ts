import { by, inTurn } from '../model/order.ts';
import { type Rule, severityRank, type ToldRule } from '../model/rule.ts';
import { cells, cut, flow, pad, widest, wrap } from './cells.ts';
import { plainText } from './plain-text.ts';
import type { ReporterOptions } from './reporter.ts';
import { beside, DEEPER, INDENT, SEVERITY_WIDTH, severityCell } from './table/layout.ts';
import { type Page, pageFor } from './table/page.ts';
import { count } from './words.ts';

type RuleOptions = Pick<ReporterOptions, 'width' | 'color'>;

const LABEL_WIDTH = 12;

const SUBJECTS: Readonly<Record<Rule['subject'], string>> = {
  key: 'each key, once',
  difference: 'each attribute that two witnesses disagree on',
};
const ABOUTS: Readonly<Record<Rule['about'], string>> = {
  change: 'change: what this code would do',
  estate: 'estate: what is',
};

/** All rules, the worst first: severity, id and title, one line each, and below what settings make of it. */
export function* rulesTable(rules: readonly ToldRule[], options: RuleOptions): Iterable<string> {
  const page = pageFor({ ...options, limit: null });
  const sorted = rules.toSorted(
    inTurn(
      (a, b) => severityRank(a.rule.severity) - severityRank(b.rule.severity),
      by(({ rule }) => rule.id),
    ),
  );
  const idWidth = widest(sorted.map(({ rule }) => cells(plainText(rule.id))));
  for (const told of sorted) {
    const { id, severity, title } = told.rule;
    const start = `${severityCell(severity, page)}${pad(plainText(id), idWidth)}  `;
    yield `${start}${cut(plainText(title), page.width - cells(start))}\n`;
    const notes = notesOf(told);
    if (notes.length > 0) yield* asideOf(notes, idWidth, page);
  }
  const off = rules.filter(({ off: why }) => why !== undefined).length;
  yield `\n${count(rules.length, 'rule')}${off === 0 ? '' : `, ${off} of them off`}. In full: keydrift rules show ID\n`;
}

function* asideOf(notes: readonly string[], idWidth: number, page: Page): Iterable<string> {
  const left = ' '.repeat(SEVERITY_WIDTH + idWidth + INDENT.length);
  const lines = flow(notes.map(plainText), ' · ', page.width - left.length);
  yield* lines.map((line) => `${left}${page.quiet(line)}\n`);
}

const OFF: Readonly<Record<NonNullable<ToldRule['off']>, string>> = {
  'switched-off': 'off, by the settings',
  'not-switched-on': 'off until settings switch it on',
};

const notesOf = ({ origin, off, ownSeverity, values }: ToldRule): readonly string[] => [
  ...(off === undefined ? [] : [OFF[off]]),
  ...(ownSeverity === undefined ? [] : [`${ownSeverity} by its file`]),
  ...Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  ...(origin === null ? [] : [origin]),
];

/** One rule with everything that decides it, and what it tells. */
export function* ruleInFull(told: ToldRule, options: RuleOptions): Iterable<string> {
  for (const line of lines(told, pageFor({ ...options, limit: null }))) yield `${line}\n`;
}

function* lines({ rule, origin, off, ownSeverity, values }: ToldRule, page: Page): Iterable<string> {
  const switched = off === undefined ? '' : `  ${page.loud(OFF[off])}`;
  yield `${page.severity[rule.severity](rule.severity.toUpperCase())}  ${page.strong(plainText(rule.id))}${switched}`;
  yield* paragraph(rule.title, page);
  yield* ['', page.strong('Why')];
  yield* paragraph(rule.why, page);
  yield* ['', page.strong('What to do')];
  yield* verbatim(rule.remediation);
  if (hasHoles(rule.remediation)) yield* ['', INDENT + page.quiet(HOLES)];
  yield* ['', page.strong('How it decides')];
  if (origin !== null) yield* labelled('file', origin, page);
  if (ownSeverity !== undefined) {
    yield* labelled('severity', `${rule.severity}, by the settings; ${ownSeverity} by its file`, page);
  }
  yield* labelled('about', ABOUTS[rule.about], page);
  yield* labelled('looks at', SUBJECTS[rule.subject], page);
  yield* labelled('needs', rule.needs.join(', '), page);
  yield* expression('when', rule.when, page);
  for (const { when, severity } of rule.severityWhen ?? []) yield* expression(`${severity} when`, when, page);
  yield* labelled('message', rule.message.trim(), page);
  if (hasHoles(rule.message) && !hasHoles(rule.remediation)) yield* labelled('', HOLES, page);
  yield* parameterLines(rule, values, page);
  yield* labelled('tests', count(rule.tests.length, 'case'), page);
  if (rule.references.length > 0) yield* ['', page.strong('Read more')];
  yield* rule.references.map((reference) => INDENT + plainText(reference));
}

function* parameterLines({ parameters = {} }: Rule, values: ToldRule['values'], page: Page): Iterable<string> {
  for (const [name, { default: usual, least, most, description }] of Object.entries(parameters)) {
    const own = Object.hasOwn(values, name) ? values[name] : undefined;
    const value =
      own === undefined
        ? JSON.stringify(usual)
        : `${JSON.stringify(own)}, by the settings; else ${JSON.stringify(usual)}`;
    yield* labelled('parameter', `${name}: ${value}${bounds(least, most)}. ${description}`, page);
  }
}

function bounds(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return most === undefined ? '' : ` (at most ${most})`;
  return most === undefined ? ` (at least ${least})` : ` (${least} to ${most})`;
}

/** Texts of rules have holes for what a key has. */
const HOLES = '$\u007b…} is what each key has: in a finding it is filled in.';

const hasHoles = (text: string): boolean => text.includes('$\u007b');

/** Blank lines part paragraphs; other line breaks of the rule file are only its layout. */
function* paragraph(text: string, page: Page): Iterable<string> {
  const paragraphs = text.trim().split(/\n\s*\n/);
  for (const [at, one] of paragraphs.entries()) {
    if (at > 0) yield '';
    yield* wrap(plainText(one.replaceAll('\n', ' ')), page.width - INDENT.length).map((line) => INDENT + line);
  }
}

/** Commands and holes as the rule has them. */
const verbatim = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => (INDENT + plainText(line)).trimEnd());

function labelled(label: string, text: string, page: Page): string[] {
  const words = wrap(plainText(text.replaceAll('\n', ' ')), page.width - INDENT.length - LABEL_WIDTH);
  return beside(label, LABEL_WIDTH, words, page);
}

const expression = (label: string, cel: string, page: Page): string[] => [
  INDENT + page.quiet(label),
  ...cel
    .trim()
    .split('\n')
    .map((line) => (DEEPER + plainText(line)).trimEnd()),
];
