import { type Rule, SEVERITIES } from '../../../src/model/rule.ts';
import { leastPolicy } from '../../../src/sources/aws/permissions.ts';
import type { GeneratedFile } from './schemas.ts';

/** How much of the quickstart's report the README shows: to the end of the finding that this line stands in. */
const LINES_SHOWN = 26;

export interface ReadmeParts {
  /** README.md as it is: everything outside the markers stays. */
  readonly readme: string;
  /** examples/quickstart/expected.txt. */
  readonly quickstart: string;
  readonly rules: readonly Rule[];
}

/** README.md with what is made from runs and rules put between its markers. Throws when a marker is not there. */
export function readmeFile({ readme, quickstart, rules }: ReadmeParts): GeneratedFile {
  const needs = new Set(rules.flatMap((rule) => rule.needs));
  const parts: readonly [string, string][] = [
    ['quickstart', excerpt(quickstart)],
    ['policy', indented(JSON.stringify(leastPolicy(needs), null, 2))],
    ['rules', ruleTable(rules)],
  ];
  return { path: 'README.md', text: parts.reduce((text, [name, part]) => between(text, name, part), readme) };
}

function between(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- generated: ${name} -->\n`, '<!-- end -->'];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`README.md has no part "${name}"`);
  return `${text.slice(0, from + start.length)}\n${part}\n\n${text.slice(to)}`;
}

function excerpt(report: string): string {
  const lines = report.trimEnd().split('\n');
  const end = lines.indexOf('', LINES_SHOWN);
  const shown = end < 0 ? lines : lines.slice(0, end);
  return indented(
    [...shown, ...(shown.length < lines.length ? ['', `… ${lines.length - shown.length} lines more`] : [])].join('\n'),
  );
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

function ruleTable(rules: readonly Rule[]): string {
  const rows = SEVERITIES.map((severity) => {
    const ids = rules.filter((rule) => rule.severity === severity).map(({ id }) => `[${id}](rules/README.md#${id})`);
    return ids.length === 0 ? [] : [`| ${severity} | ${ids.sort().join(', ')} |`];
  });
  return ['| severity | rules |', '|---|---|', ...rows.flat()].join('\n');
}
