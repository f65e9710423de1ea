import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './html/assets.ts';
import { dataBlock, embeddedJson } from './html/embedded.ts';
import { htmlText, markup } from './html/markup.ts';
import { h } from './html/node.ts';
import { coverage } from './html/page/coverage.ts';
import { footer, header } from './html/page/frame.ts';
import { notes } from './html/page/notes.ts';
import { results } from './html/page/results.ts';
import { contentsOf, findingRows, keyRows } from './html/page/rows.ts';
import { rules } from './html/page/rules.ts';
import { summary } from './html/page/summary.ts';
import { BLOCK } from './html/rows.ts';
import type { Reporter } from './reporter.ts';

/**
 * The report as one page that needs nothing else: no server, no network, and without scripts still the summary, the worst
 * findings and the coverage. Keys and findings stand in it as JSON, read when they are looked at.
 */
export const html: Reporter = (report) => inPieces(parts(report));

function* parts(report: Report): Iterable<string> {
  const contents = contentsOf(report);
  yield head(report);
  yield markup(header(report));
  yield '<main>\n';
  yield markup(summary(report));
  yield markup(results(report, contents.setting));
  yield markup(coverage(report));
  yield markup(rules(report));
  yield markup(notes(report));
  yield '</main>\n';
  yield markup(footer(report));
  yield `<script type="application/json" id="contents">${embeddedJson(contents)}</script>\n`;
  yield* dataBlock('key-rows', keyRows(report, contents));
  yield* dataBlock('finding-rows', findingRows(report, contents));
  yield* blocks('keys', report.keys);
  yield* blocks('findings', report.findings);
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

function* blocks(kind: 'keys' | 'findings', values: readonly unknown[]): Iterable<string> {
  for (let from = 0; from < values.length; from += BLOCK) {
    yield* dataBlock(`${kind}-${from / BLOCK}`, values.slice(from, from + BLOCK));
  }
}

/**
 * The hashes let this style and this script run and nothing else, whatever a text from AWS manages to write into the
 * page (Content Security Policy 3, "hash-source").
 */
const POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  `script-src '${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const head = (report: Report): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${markup(h('title', {}, titleOf(report)))}
<meta name="generator" content="${htmlText(`${report.tool.name} ${report.tool.version}`)}">
<style>${STYLE}</style>
</head>
<body>
`;

const titleOf = ({ scan, tool }: Report): string =>
  [
    `${tool.name} report`,
    [...new Set(scan.scope.map(({ account }) => account))].slice(0, 3).join(' '),
    scan.asOf.slice(0, 10),
  ]
    .filter((part) => part !== '')
    .join(', ');
