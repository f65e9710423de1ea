import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import type { Fact } from '../../../model/facts.ts';
import type { Reach } from '../../../model/reach.ts';
import type { Instant } from '../../../model/time.ts';
import type { Argument } from './blocks.ts';
import { instancesCoverage, rootCoverage } from './coverage.ts';
import type { Gate } from './expressions.ts';
import { idleComments } from './idle-comments.ts';
import { ModuleInstance } from './module-instance.ts';
import type { ModuleNode } from './module-tree.ts';
import { eitherWay } from './programs.ts';
import type { BlockReader, FileFailure } from './read-blocks.ts';
import type { Room } from './room.ts';
import type { OthersOf } from './trail.ts';
import { givenBy, unlessToldOtherwise, type VarFile } from './var-files.ts';
import { walkRoot } from './walk.ts';

/** A root module as read from disk, with all that its expressions may refer to. */
export interface RootModule {
  readonly root: string;
  readonly readAt: Instant;
  readonly workspace: string | null;
  /** One tree for each program that may be the one to read it: Terraform, OpenTofu, or both. */
  readonly trees: readonly ModuleNode[];
  readonly varFiles: readonly VarFile[];
  /** Those that it may be given, and nobody told whether. */
  readonly untold: readonly VarFile[];
  /** Why there is nothing of the root at all; else empty. */
  readonly missing: readonly FileFailure[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All other blocks of its modules; undefined where nobody asks what decides what is not known. */
  readonly othersOf?: OthersOf | undefined;
}

/** What a root says of keys, and what of it could not be read. */
export interface RootReading {
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
  readonly failures: readonly FileFailure[];
  readonly reach: Reach;
}

/** What all roots share that are read together. */
export interface Readers {
  readonly gate: Gate;
  readonly blocksOf: BlockReader;
  readonly room: Room;
}

/** Evaluates a root and its modules. Nothing is read here, and nothing of it is executed. */
export function readRoot(module: RootModule, { gate, blocksOf, room }: Readers): RootReading {
  const { root, readAt, trees, varFiles, workspace } = module;
  const given = unlessToldOtherwise(givenBy(varFiles, module.env), module.untold);
  const evaluation = { gate: gate.ofRoot(), workspace, indexes: new Map<string, Argument>() };
  const walked = trees
    .map((tree) =>
      walkRoot(new ModuleInstance(tree, { ...evaluation, room: room.ofRoot(), depth: 0 }, given), {
        root,
        readAt,
        blocksOf,
        othersOf: module.othersOf,
      }),
    )
    .reduce(eitherWay);
  const failures = [...module.missing, ...walked.failures, ...varFiles.flatMap(failureOf)];
  const isAnythingRead = trees.some(({ module: { source } }) => source.files.some(({ blocks }) => blocks.ok));
  return {
    facts: walked.facts,
    coverage: [
      ...rootCoverage({ root, readAt, failures, unread: walked.unread, isAnythingRead }),
      ...instancesCoverage(root, readAt, walked.facts),
    ],
    diagnostics: [...contradictions(trees, blocksOf), ...idleComments(trees, blocksOf)],
    failures,
    reach: walked.reach,
  };
}

const failureOf = ({ path, values }: VarFile): readonly FileFailure[] =>
  values.ok ? [] : [{ path, line: values.line, reason: values.reason, isUnread: true }];

/** Addresses that a module declares more than once. */
function contradictions(trees: readonly ModuleNode[], blocksOf: BlockReader): readonly Diagnostic[] {
  const messages = new Set<string>();
  const visit = ({ module, path, calls }: ModuleNode): void => {
    for (const { resourceType, name, refused } of blocksOf(module).keys) {
      const address = [...path.map((call) => `module.${call}`), resourceType, name].join('.');
      if (refused !== undefined) messages.add(`${address} is ${refused}`);
    }
    for (const { target } of calls.values()) if ('module' in target) visit(target);
  };
  trees.forEach(visit);
  return [...messages].map((message) => ({ level: 'warning', source: 'configuration', message }));
}
