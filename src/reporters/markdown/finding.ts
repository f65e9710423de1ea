import { lapsedTexts, setAside } from '../acceptance-words.ts';
import { fitted } from '../fitted.ts';
import { linkTo, placeInTree } from '../place.ts';
import type { ReporterOptions } from '../reporter.ts';
import { type Subject, shortNameOf } from '../subjects.ts';
import { partsOf } from '../table/remediation.ts';
import { cellCode, codeBlock, prose } from './escape.ts';
import { tableOf } from './tables.ts';

/** Bytes that texts of others may take: an alias or a path has a name of its own, a policy stands in the JSON report. */
const NAME_BYTES = 120;
const MESSAGE_BYTES = 1000;
const EVIDENCE_BYTES = 400;
const LINE_BYTES = 300;
/** Rows of evidence, and lines of a remedy. */
const MOST_ROWS = 12;
const MOST_LINES = 30;

/** One finding, folded: what it is of in the line that one sees, then the message, who says so, and what to do. */
export function foldedFinding(subject: Subject, options: Pick<ReporterOptions, 'tree'>): string {
  const { finding } = subject;
  return [
    '<details>',
    `<summary>${summaryOf(subject)}</summary>`,
    '',
    prose(fitted(finding.message, MESSAGE_BYTES)),
    '',
    tableOf([['', ''], ...rowsOf(subject, options)]),
    '',
    ...remedyOf(finding.remediation),
    '</details>',
    '',
    '',
  ].join('\n');
}

function summaryOf({ finding, key }: Subject): string {
  const aside = setAside(finding) === undefined ? '' : ` (${finding.status === 'open' ? 'outside' : finding.status})`;
  const where = key?.region == null ? '' : ` · ${prose(key.region)}`;
  const name = fitted(shortNameOf({ finding, key }), NAME_BYTES);
  return `<b>${finding.severity}</b>${aside} <code>${prose(fitted(finding.rule, NAME_BYTES))}</code> · ${prose(name)}${where}`;
}

function rowsOf({ finding, key }: Subject, options: Pick<ReporterOptions, 'tree'>): readonly (readonly string[])[] {
  const aside = setAside(finding);
  return [
    ['key', cellCode(fitted(finding.arn ?? finding.key, EVIDENCE_BYTES))],
    ...(key === undefined ? [] : [['standing', key.standing]]),
    ['place', placeLink(finding.location, options)],
    ...(aside === undefined ? [] : [['status', prose(fitted(aside, EVIDENCE_BYTES))]]),
    ...lapsedTexts(finding).map((was) => ['was', prose(fitted(was, EVIDENCE_BYTES))]),
    ...finding.evidence
      .slice(0, MOST_ROWS)
      .map(({ witness, text }) => [prose(fitted(witness, NAME_BYTES)), prose(fitted(text, EVIDENCE_BYTES))]),
  ];
}

/** `path:line`, as a link where it is known where people see it. */
function placeLink(location: Subject['finding']['location'], options: Pick<ReporterOptions, 'tree'>): string {
  const place = placeInTree(location, options);
  const shown = cellCode(fitted(`${place.path}:${place.line}`, EVIDENCE_BYTES));
  const link = linkTo(place, options);
  return link === undefined ? shown : `[${shown}](${link})`;
}

/** Prose as prose, and what is to be copied in blocks. */
function* remedyOf(remediation: string): Iterable<string> {
  const lines = remediation.split('\n').slice(0, MOST_LINES);
  for (const { prose: told, copied } of partsOf(lines.map((line) => line.slice(0, LINE_BYTES)).join('\n'))) {
    if (told !== '') yield* [prose(told), ''];
    if (copied.length > 0) yield* [codeBlock(copied), ''];
  }
}
