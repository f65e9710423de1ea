import type { Finding } from '../model/report.ts';
import { inOneLine } from './one-line.ts';
import { partsOf } from './table/remediation.ts';

/**
 * What to do, as one line: a shell takes commands so, but of a block of Terraform's language nothing would be left that
 * anybody could copy (Terraform language, "Arguments and Blocks": a line break ends an argument). It is named instead.
 */
export function remedyLine({ rule, remediation }: Pick<Finding, 'rule' | 'remediation'>): string {
  const parts = partsOf(remediation);
  if (!parts.some(({ copied }) => isBlock(copied))) return inOneLine(remediation);
  const lines = parts.flatMap(({ prose, copied }) => [
    prose,
    ...(isBlock(copied) ? [`(the block: -o json, or keydrift rules show ${rule})`] : copied),
  ]);
  return inOneLine(lines.join('\n'));
}

const isBlock = (lines: readonly string[]): boolean => lines.some((line) => /\{\s*$/.test(line));
