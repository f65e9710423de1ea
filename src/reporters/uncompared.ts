import type { Report } from '../model/report.ts';

/** What is to be told where there was nothing to lay what is declared beside; undefined where there was something. */
export const uncomparedWords = ({ scan: { requested } }: Pick<Report, 'scan'>): string | undefined =>
  requested.some((source) => ['state', 'kms', 'plan'].includes(source))
    ? undefined
    : 'Neither a state nor a plan was read: what the next apply destroys or replaces is not known. Add --state FILE or --plan FILE to compare.';
