import { type Rule, SEVERITIES } from '../../../src/model/rule.ts';
import { leastPolicy } from '../../../src/sources/aws/permissions.ts';
import type { GeneratedFile } from './schemas.ts';

/** The finding of the quickstart's report that the README shows, beside the head of the report. */
const SHOWN = 'key-pending-deletion';

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
    ['policy', indented(policyText(leastPolicy(needs)))],
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

/** The head of the report and one finding of it; how many lines are left out stands where they are. */
function excerpt(report: string): string {
  const lines = report.trimEnd().split('\n');
  const head = lines.indexOf('', lines.indexOf('') + 1);
  const start = lines.findIndex((line) => line.includes(` ${SHOWN} `));
  const end = lines.indexOf('', start);
  if (head < 0 || start < head || end < 0) throw new Error(`the quickstart's report does not show ${SHOWN}`);
  const left = (count: number) => (count === 0 ? [] : [`… ${count} lines`, '']);
  const shown = [
    ...lines.slice(0, head + 1),
    ...left(start - head - 2),
    ...lines.slice(start, end + 1),
    ...left(lines.length - end - 1),
  ];
  return indented(shown.join('\n').trimEnd());
}

const ACTIONS_A_LINE = 4;

/** The policy as JSON, several actions a line. */
function policyText(policy: ReturnType<typeof leastPolicy>): string {
  let at = 0;
  return JSON.stringify(policy, null, 2).replaceAll(/(?<=:\w+",)\s+/g, (space) => {
    at += 1;
    return at % ACTIONS_A_LINE === 0 ? space : ' ';
  });
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

function ruleTable(rules: readonly Rule[]): string {
  const rows = SEVERITIES.map((severity) => {
    const ids = rules
      .filter((rule) => rule.severity === severity)
      .map(({ id, enabled }) => `[${id}](rules/README.md#${id})${enabled === false ? ' (off)' : ''}`);
    return ids.length === 0 ? [] : [`| ${severity} | ${ids.sort().join(', ')} |`];
  });
  return ['| severity | rules |', '|---|---|', ...rows.flat()].join('\n');
}
