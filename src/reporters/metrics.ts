import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { families } from './metrics/families.ts';
import type { Family } from './metrics/family.ts';
import { plainText } from './plain-text.ts';
import type { Reporter } from './reporter.ts';

/**
 * OpenMetrics 1.0 text. All metrics are gauges without timestamps, so that the file is the older Prometheus text format
 * too and node_exporter's textfile collector reads it (to which UNIT and EOF are comments): name it `keydrift.prom`.
 * Labels hold accounts, Regions and rule ids, never a key. Accounts and Regions that were not scanned, nor
 * judged by a check, are one, `other`: a state can name any number of them.
 */
export const metrics: Reporter = (report) => inPieces(lines(report));

function* lines(report: Report): Iterable<string> {
  for (const family of families(report)) yield* familyLines(family);
  yield '# EOF\n';
}

function* familyLines({ name, unit, help, samples }: Family): Iterable<string> {
  yield `# TYPE ${name} gauge\n`;
  if (unit !== undefined) yield `# UNIT ${name} ${unit}\n`;
  yield `# HELP ${name} ${help}\n`;
  for (const { labels, value } of samples) yield `${name}${labelText(labels)} ${value}\n`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Line breaks are plain text's escapes by then. */
const escaped = (value: string): string => plainText(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
