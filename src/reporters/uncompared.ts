import type { Report } from '../model/report.ts';
import { plainText } from './plain-text.ts';
import { count } from './words.ts';

/** What is to be told where there was nothing to lay what is declared beside; undefined where there was something. */
export const uncomparedWords = ({ scan: { requested } }: Pick<Report, 'scan'>): string | undefined =>
  requested.some((source) => ['state', 'kms', 'plan'].includes(source))
    ? undefined
    : 'Neither a state nor a plan was read: what the next apply destroys or replaces is not known. Add --state FILE or --plan FILE to compare.';

const NAMED = 3;

/** The same of some roots, where there was something for others. */
export function uncomparedRootsWords(report: Pick<Report, 'scan'>): string | undefined {
  const { uncompared = [], change } = report.scan;
  if (uncompared.length === 0 || uncomparedWords(report) !== undefined) return undefined;
  const named = uncompared.slice(0, NAMED).map(plainText).join(', ');
  const more = uncompared.length > NAMED ? ` and ${count(uncompared.length - NAMED, 'other root')}` : '';
  const touched = change === undefined ? '' : ', which this change touches';
  const where = uncompared.length === 1 ? named : 'ROOT';
  const whose = uncompared.length === 1 ? 'its' : 'their';
  return `Neither the state nor a plan was read of ${named}${more}${touched}: what the next apply destroys or replaces of ${whose} keys is not known. Add --state ${where}/FILE or --plan ${where}/FILE to compare: what lies in the directory of a root is its own.`;
}
