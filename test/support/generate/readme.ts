import { type Rule, SEVERITIES } from '../../../src/model/rule.ts';
import { leastPolicy } from '../../../src/sources/aws/permissions.ts';
import type { GeneratedFile } from './schemas.ts';

/** The finding of the quickstart's report that the README shows until its remedies, beside the head of the report. */
const SHOWN = 'unmanaged-key';

export interface ReadmeParts {
  /** README.md as it is: everything outside the markers stays. */
  readonly readme: string;
  /** examples/quickstart/expected.txt. */
  readonly quickstart: string;
  readonly rules: readonly Rule[];
  /** What a terminal shows of the walk-through. */
  readonly gate: string;
}

/** README.md with what is made from runs and rules put between its markers. Throws when a marker is not there. */
export function readmeFile({ readme, quickstart, rules, gate }: ReadmeParts): GeneratedFile {
  const needs = new Set(rules.flatMap((rule) => rule.needs));
  const parts: readonly [string, string][] = [
    ['quickstart', excerpt(quickstart)],
    ['gate', indented(gate)],
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
  return `${text.slice(0, from + start.length)}${part}\n${text.slice(to)}`;
}

/** How the report begins and one finding of it; how many lines are left out stands where they are. */
function excerpt(report: string): string {
  const lines = report.trimEnd().split('\n');
  const head = lines.findIndex((line) => line.startsWith('  keys '));
  const start = lines.findIndex((line) => line.includes(` ${SHOWN} `));
  const end = lines.findIndex((line, at) => at > start && line.startsWith('  fix '));
  if (head < 0 || start < head || end < 0) throw new Error(`the quickstart's report does not show ${SHOWN}`);
  const left = (count: number) => `… ${count} lines`;
  const shown = [...lines.slice(0, head), left(start - head), ...lines.slice(start, end), left(lines.length - end)];
  return indented(shown.join('\n'));
}

const ACTIONS_A_LINE = 4;

/** The policy as JSON, several actions a line, and what needs no line of its own on one with others. */
function policyText({ Version, Statement: [{ Action, ...rest }] }: ReturnType<typeof leastPolicy>): string {
  const rows = Action.flatMap((_, at) => (at % ACTIONS_A_LINE === 0 ? [Action.slice(at, at + ACTIONS_A_LINE)] : []));
  const actions = rows.map((row) => `    ${row.map((action) => JSON.stringify(action)).join(', ')}`);
  const { Sid, Effect, Resource } = rest;
  return [
    `{ "Version": "${Version}", "Statement": [{`,
    `  "Sid": "${Sid}", "Effect": "${Effect}", "Resource": "${Resource}", "Action": [`,
    actions.join(',\n'),
    '  ]}]}',
  ].join('\n');
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
