import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { totalOf } from '../../model/counting.ts';
import type { Report } from '../../model/report.ts';
import { SEVERITIES } from '../../model/rule.ts';
import { parseOutput } from '../outputs.ts';

/** What later steps read of one, by name. */
export type StepOutputs = Readonly<Record<string, string>>;

/** Counts of findings as the gate takes them, and whether everything was covered or is answered for. */
export function outputsOfReport({ summary, scan: { complete } }: Report): StepOutputs {
  const { findings, outsideChange, baselined = 0, suppressed = 0, notJudged } = summary;
  const counts: readonly [string, number][] = [
    ...SEVERITIES.map((severity): [string, number] => [severity, findings[severity]]),
    ['total', totalOf(findings)],
    ['outside-change', totalOf(outsideChange)],
    ['baselined', baselined],
    ['suppressed', suppressed],
    ['not-judged', notJudged],
  ];
  return { complete: `${complete}`, ...Object.fromEntries(counts.map(([name, count]) => [name, `${count}`])) };
}

/** The absolute paths of report files, by their formats. */
export const pathsOf = (outputs: readonly string[], cwd: string): StepOutputs =>
  Object.fromEntries(
    outputs.map(parseOutput).flatMap(({ format, path }) => (path === undefined ? [] : [[format, resolve(cwd, path)]])),
  );

/**
 * As GITHUB_OUTPUT takes them (GitHub Docs, "Workflow commands": multiline strings). Who does not know the delimiter, new
 * for each value, cannot end the value with it and set another output.
 */
export const outputFileLines = (outputs: StepOutputs, delimiter: () => string = randomUUID): readonly string[] =>
  Object.entries(outputs).map(([name, value]) => {
    const end = `end-${delimiter()}`;
    if (value.includes(end)) throw new Error('a delimiter stands in what it is to delimit');
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
