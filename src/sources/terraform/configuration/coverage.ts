import type { Coverage } from '../../../model/coverage.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Instant } from '../../../model/time.ts';
import type { FileFailure } from './read-blocks.ts';
import type { UnreadModule } from './walk.ts';

/** What of a root was not read. */
export interface RootGaps {
  readonly root: string;
  readonly readAt: Instant;
  readonly failures: readonly FileFailure[];
  readonly unread: readonly UnreadModule[];
  /** Whether there is a file of the root that could be read. */
  readonly isAnythingRead: boolean;
}

/**
 * A root's own entry, and one for each module that could not be read, whose locator is the module's address behind the
 * root. One that lacks nothing but modules is complete itself: what is declared outside of them is known.
 */
export function rootCoverage({ root, readAt, failures, unread, isAnythingRead }: RootGaps): readonly Coverage[] {
  const entry = { source: 'configuration', locator: root, readAt } as const;
  const files = [...new Set(failures.map(({ path }) => path))].map((path) => `${path} could not be read in full`);
  const own: Pick<Coverage, 'status' | 'reason'> =
    files.length === 0
      ? { status: 'complete' }
      : {
          status: isAnythingRead ? 'partial' : 'failed',
          reason: `${summed(files)}: keys declared there are not known`,
        };
  return [
    { ...entry, ...own },
    ...unread.map((module) => ({
      source: 'configuration' as const,
      operation: 'module',
      locator: `${root}#${module.address}`,
      status: 'failed' as const,
      reason: module.reason,
      readAt,
    })),
  ];
}

/** One entry for each file that could not be read in full, however many roots it is part of. */
export function fileCoverage(failures: readonly FileFailure[], readAt: Instant): readonly Coverage[] {
  return [...grouped(failures, ({ path }) => path)].map(([path, same]) => ({
    source: 'configuration',
    locator: path,
    status: same.some(({ isUnread }) => isUnread) ? 'failed' : 'partial',
    reason: summed([...new Set(same.map(told))]),
    readAt,
  }));
}

const told = ({ path, line, reason }: FileFailure): string => `${line > 0 ? `${path}:${line}` : path}: ${reason}`;

/** Gaps named in a reason; the rest are counted. */
const NAMED = 10;

const summed = (gaps: readonly string[]): string =>
  [...gaps.slice(0, NAMED), ...(gaps.length > NAMED ? [`and ${gaps.length - NAMED} more`] : [])].join('; ');
