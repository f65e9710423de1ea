import { type Coverage, INSTANCES } from '../../../model/coverage.ts';
import type { Fact } from '../../../model/facts.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Instant } from '../../../model/time.ts';
import { isTooMany } from './expansion.ts';
import type { FileFailure } from './read-blocks.ts';
import { TOO_MANY } from './room.ts';
import { isToBeTold } from './var-files.ts';
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

/**
 * Key blocks of a root of which a file of values decides which instances they have, and nobody told whether it is given,
 * or that have more than are told apart: with the right word, or in a part of the size, they would be known, and nothing
 * can be said until then of the keys that an apply destroys.
 */
export function instancesCoverage(root: string, readAt: Instant, facts: readonly Fact[]): readonly Coverage[] {
  const open = facts.flatMap((fact) =>
    fact.kind === 'configuration' && fact.open !== undefined && isGap(fact.open)
      ? [{ address: fact.address, reason: fact.open }]
      : [],
  );
  return [...grouped(open, ({ reason }) => reason)].map(([reason, same]) => {
    const addresses = [...new Set(same.map(({ address }) => address))];
    return {
      source: 'configuration',
      operation: INSTANCES,
      locator: root,
      status: 'partial',
      reason: `which instances there are of ${listed(addresses)} cannot be told: ${reason}`,
      readAt,
    };
  });
}

const isGap = (open: string): boolean => isToBeTold(open) || open === TOO_MANY || isTooMany(open);

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

const summed = (gaps: readonly string[]): string => named(gaps).join('; ');

const listed = (addresses: readonly string[]): string => named(addresses).join(', ');

const named = (items: readonly string[]): readonly string[] => [
  ...items.slice(0, NAMED),
  ...(items.length > NAMED ? [`and ${items.length - NAMED} more`] : []),
];
