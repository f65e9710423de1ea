import { lapsedTexts, setAside } from '../acceptance-words.ts';
import { type DetailedFinding, shortNameOf } from '../detailed-finding.ts';
import { fitted } from '../fitted.ts';
import { linkTo, placeInTree } from '../place.ts';
import type { ReporterOptions } from '../reporter.ts';
import { partsOf } from '../table/remediation.ts';
import { count } from '../words.ts';
import { cellCode, codeBlock, prose } from './escape.ts';
import { tableOf } from './tables.ts';

/** Bytes that texts of others may take: an alias or a path has a name of its own, a policy stands in the JSON report. */
const NAME_BYTES = 120;
const MESSAGE_BYTES = 1000;
const EVIDENCE_BYTES = 400;
/** What is to be copied of a remedy: half of a command would be another one. */
const COPIED_BYTES = 9000;
/** Rows of evidence. */
const MOST_ROWS = 12;

/** One finding, folded: what it is of in the line that one sees, then the message, who says so, and what to do. */
export function foldedFinding(detailed: DetailedFinding, options: Pick<ReporterOptions, 'tree'>): string {
  const { finding } = detailed;
  return [
    '<details>',
    `<summary>${summaryOf(detailed)}</summary>`,
    '',
    prose(fitted(finding.message, MESSAGE_BYTES)),
    '',
    tableOf([['', ''], ...rowsOf(detailed, options)]),
    '',
    ...remedyOf(finding.remediation),
    '</details>',
    '',
    '',
  ].join('\n');
}

function summaryOf({ finding, key }: DetailedFinding): string {
  const aside = setAside(finding) === undefined ? '' : ` (${finding.status === 'open' ? 'outside' : finding.status})`;
  const where = key?.region == null ? '' : ` · ${prose(key.region)}`;
  const name = fitted(shortNameOf({ finding, key }), NAME_BYTES);
  return `<b>${finding.severity}</b>${aside} <code>${prose(fitted(finding.rule, NAME_BYTES))}</code> · ${prose(name)}${where}`;
}

function rowsOf(
  { finding, key }: DetailedFinding,
  options: Pick<ReporterOptions, 'tree'>,
): readonly (readonly string[])[] {
  const aside = setAside(finding);
  return [
    ['key', cellCode(fitted(finding.arn ?? finding.key, EVIDENCE_BYTES))],
    ...(key === undefined ? [] : [['standing', key.standing]]),
    ...(finding.root === undefined ? [] : [['root', cellCode(fitted(finding.root, EVIDENCE_BYTES))]]),
    ['place', placeLink(finding.location, options)],
    ...(aside === undefined ? [] : [['status', prose(fitted(aside, EVIDENCE_BYTES))]]),
    ...lapsedTexts(finding).map((was) => ['was', prose(fitted(was, EVIDENCE_BYTES))]),
    ...finding.evidence
      .slice(0, MOST_ROWS)
      .map(({ witness, text }) => [prose(fitted(witness, NAME_BYTES)), prose(fitted(text, EVIDENCE_BYTES))]),
  ];
}

/** `path:line`, as a link where it is known where people see it. */
function placeLink(location: DetailedFinding['finding']['location'], options: Pick<ReporterOptions, 'tree'>): string {
  const place = placeInTree(location, options);
  const shown = cellCode(fitted(`${place.path}:${place.line}`, EVIDENCE_BYTES));
  const link = linkTo(place, options);
  return link === undefined ? shown : `[${shown}](${link})`;
}

/** Prose as prose, and what is to be copied in blocks: each whole, or said to be left out. */
function* remedyOf(remediation: string): Iterable<string> {
  let room = COPIED_BYTES;
  for (const { prose: told, copied } of partsOf(remediation)) {
    if (told !== '') yield* [prose(fitted(told, MESSAGE_BYTES)), ''];
    if (copied.length === 0) continue;
    const block = codeBlock(copied);
    const bytes = Buffer.byteLength(block);
    if (bytes > room) {
      yield* [
        `*Left out here: ${count(copied.length, 'line')} to be copied, which \`-o html\` and \`-o json\` have.*`,
        '',
      ];
      continue;
    }
    yield* [block, ''];
    room -= bytes;
  }
}
