import { join } from 'node:path';
import type { Reach } from '../../model/reach.ts';
import type { Looking } from '../source.ts';
import { lookAtConfiguration } from './configuration/look.ts';
import { createModuleReader, type ModuleReader, type ModuleSource } from './configuration/module-reader.ts';
import { createValueFileFinder } from './configuration/untold-files.ts';
import { automaticValues } from './file-names.ts';
import { backendOf } from './roots/backend-of.ts';
import { findRoots } from './roots/find.ts';
import type { FoundRoot } from './roots/found.ts';
import { marksOf } from './roots/marks.ts';

/** A root module that was found, and what can be known of it without asking anybody. */
export interface SurveyedRoot {
  /** From the directory that was looked through, with slashes; `.` for that itself. */
  readonly path: string;
  /** Absolute. */
  readonly dir: string;
  /** Files of values that it may be given with -var-file; absolute, sorted. */
  readonly valueFiles: readonly string[];
  /** Where its states are, each as `--state` takes it; those in files are absolute. */
  readonly states: readonly string[];
  /** Why that is not known, or not all of it. */
  readonly gaps: readonly string[];
  readonly reach: Reach;
  /** It has an aws provider of its own, or declares keys itself. */
  readonly isOfAws: boolean;
  /** It calls modules from elsewhere, itself or by way of local ones. */
  readonly callsRemote: boolean;
  /** The key that its s3 backend names for its states; undefined: it names none. */
  readonly stateKey: string | undefined;
}

/** What a tree of configuration has of Terraform. */
export interface Survey {
  readonly roots: readonly SurveyedRoot[];
  /** What of the tree could not be looked through, or is left out; one line each. */
  readonly notes: readonly string[];
}

/** No variable of whoever looks counts: what is written for a repository is of the repository alone. */
const NO_ENVIRONMENT = {};

/**
 * The root modules at and below a directory, where their states are and what their providers reach. Files are read and
 * nothing else: no state, no AWS. Throws UserError for a directory that cannot be listed.
 */
export async function surveyTerraform(cwd: string, looking: Looking): Promise<Survey> {
  const reader = createModuleReader(cwd, looking.signal);
  const ask = { named: [], dirs: ['.'], mayBeNone: true, varFiles: [], cwd, env: NO_ENVIRONMENT, reader };
  const found = await findRoots(ask, looking);
  const roots = found.roots.map(({ root }) => root);
  const { reachOf } = await lookAtConfiguration({ roots, cwd, env: NO_ENVIRONMENT, reader }, looking);
  const gaps = found.coverage.map(({ locator, reason }) => `${locator}: ${reason}`);
  return {
    roots: await Promise.all(
      found.roots.map((root) =>
        surveyed(root, reachOf(root.root.root), { read: reader.text, reader, signal: looking.signal, cwd }),
      ),
    ),
    notes: [...gaps, ...found.diagnostics.map(({ message }) => message)],
  };
}

interface SurveyedBy {
  readonly reader: ModuleReader;
  readonly read: ModuleReader['text'];
  readonly signal: AbortSignal;
  readonly cwd: string;
}

async function surveyed(
  { root, states, gaps }: FoundRoot,
  reach: Reach,
  { reader, cwd, ...by }: SurveyedBy,
): Promise<SurveyedRoot> {
  const source = await reader.read(root.dir);
  const { backend } = await backendOf(source, NO_ENVIRONMENT, by);
  const key = 'gap' in backend ? undefined : backend.settings.get('kms_key_id');
  return {
    path: root.root,
    dir: root.dir,
    valueFiles: await valueFilesOf(root.dir, reader, cwd),
    states: states.map(({ where }) => where),
    gaps,
    reach,
    isOfAws: marksOf(source).hasKeys || hasAwsProvider(source),
    callsRemote: await callsRemote(root.dir, reader),
    stateKey: key?.kind === 'text' ? key.text : undefined,
  };
}

const hasAwsProvider = ({ files }: ModuleSource): boolean =>
  files.some(
    ({ blocks }) => blocks.ok && blocks.value.some(({ type, labels }) => type === 'provider' && labels[0] === 'aws'),
  );

async function callsRemote(dir: string, reader: ModuleReader): Promise<boolean> {
  const seen = new Set([dir]);
  for (const each of seen) {
    const marks = marksOf(await reader.read(each));
    if (marks.callsRemote) return true;
    for (const called of marks.calls) seen.add(called);
  }
  return false;
}

/** Those that Terraform reads by itself are given to nobody. */
async function valueFilesOf(dir: string, reader: ModuleReader, cwd: string): Promise<readonly string[]> {
  const own = new Set(automaticValues((await reader.list(dir)).names).map((name) => join(dir, name)));
  const files = await createValueFileFinder(reader)(dir, cwd);
  return files.filter((file) => !own.has(file)).toSorted();
}
