import { by, inTurn } from '../model/order.ts';
import { type Rule, severityRank } from '../model/rule.ts';
import { cells, cut, pad, widest, wrap } from './cells.ts';
import { plainText } from './plain-text.ts';
import type { ReporterOptions } from './reporter.ts';
import { beside, DEEPER, INDENT, severityCell } from './table/layout.ts';
import { type Page, pageFor } from './table/page.ts';
import { count } from './table/words.ts';

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

/** All rules, the worst first: severity, id and title, one line each. */
export function* rulesTable(rules: readonly Rule[], options: RuleOptions): Iterable<string> {
  const page = pageFor({ ...options, limit: null });
  const sorted = rules.toSorted(
    inTurn(
      (a, b) => severityRank(a.severity) - severityRank(b.severity),
      by(({ id }) => id),
    ),
  );
  const idWidth = widest(sorted.map(({ id }) => cells(plainText(id))));
  for (const { id, severity, title } of sorted) {
    const start = `${severityCell(severity, page)}${pad(plainText(id), idWidth)}  `;
    yield `${start}${cut(plainText(title), page.width - cells(start))}\n`;
  }
  yield `\n${count(rules.length, 'rule')}. In full: keydrift rules show ID\n`;
}

/** One rule with everything that decides it, and what it tells. */
export function* ruleInFull(rule: Rule, options: RuleOptions): Iterable<string> {
  for (const line of lines(rule, pageFor({ ...options, limit: null }))) yield `${line}\n`;
}

function* lines(rule: Rule, page: Page): Iterable<string> {
  yield `${page.severity[rule.severity](rule.severity.toUpperCase())}  ${page.strong(plainText(rule.id))}`;
  yield* paragraph(rule.title, page);
  yield* ['', page.strong('Why')];
  yield* paragraph(rule.why, page);
  yield* ['', page.strong('What to do')];
  yield* verbatim(rule.remediation);
  yield* ['', page.strong('How it decides')];
  yield* labelled('about', ABOUTS[rule.about], page);
  yield* labelled('looks at', SUBJECTS[rule.subject], page);
  yield* labelled('needs', rule.needs.join(', '), page);
  yield* expression('when', rule.when, page);
  for (const { when, severity } of rule.severityWhen ?? []) yield* expression(`${severity} when`, when, page);
  yield* labelled('message', rule.message.trim(), page);
  yield* labelled('tests', count(rule.tests.length, 'case'), page);
  yield* ['', page.strong('Read more')];
  yield* rule.references.map((reference) => INDENT + plainText(reference));
}

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
