import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import type { Fact } from '../../../model/facts.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Look } from '../../../model/inventory.ts';
import type { Instant } from '../../../model/time.ts';
import { factsOf, needsParser, type Place } from './block-facts.ts';
import { type Block, type Cut, cutBlocks } from './blocks.ts';
import { shaded } from './declaration.ts';
import { type RootFiles, tofuTwin } from './files.ts';
import type { ParseHcl } from './hcl.ts';

/** One root module as read from disk. A file's text is undefined, with the reason, when it could not be read. */
export interface RootModule {
  /** The directory as facts and coverage name it. */
  readonly root: string;
  readonly files: RootFiles;
  readonly texts: readonly FileText[];
  readonly readAt: Instant;
}
export type FileText = { readonly name: string; readonly path: string } & (
  | { readonly text: string }
  | { readonly unreadable: string }
);

/** A root module whose files are cut into blocks. */
export interface CutRoot extends Omit<RootModule, 'texts'> {
  readonly cuts: readonly CutFile[];
}
interface CutFile {
  readonly name: string;
  readonly path: string;
  readonly blocks: Cut<readonly Block[]>;
}

/** Cuts all files; one that cannot be cut keeps why. */
export const cutRoot = ({ texts, ...root }: RootModule): CutRoot => ({ ...root, cuts: texts.map(cutFile) });

function cutFile(file: FileText): CutFile {
  const { name, path } = file;
  if ('text' in file) return { name, path, blocks: cutBlocks(file.text) };
  return { name, path, blocks: { ok: false, line: 0, reason: file.unreadable } };
}

const blocksOf = ({ blocks }: CutFile): readonly Block[] => (blocks.ok ? blocks.value : []);

/** Whether any block of it has to be read with hcl2-parser. */
export const rootNeedsParser = ({ cuts }: CutRoot): boolean => cuts.some((file) => blocksOf(file).some(needsParser));

/** What a root module says of keys, and what of it was not read. */
export function readRoot(module: CutRoot, parse: ParseHcl): Look {
  const readings = module.cuts.map((file) => readFile(file, module, parse));
  const { facts, diagnostics } = withoutContradictions(readings.flatMap((reading) => reading.facts));
  const coverage = [
    rootCoverage(module, readings),
    ...readings.flatMap((reading) => fileCoverage(reading, module.readAt)),
  ];
  return { facts, coverage, diagnostics };
}

interface FileReading {
  readonly path: string;
  readonly facts: readonly Fact[];
  /** Why the file as a whole, or blocks of it, could not be read: each with its line where it has one. */
  readonly failures: readonly string[];
  readonly isUnread: boolean;
  /** What is declared elsewhere. */
  readonly modules: readonly string[];
}

function readFile(file: CutFile, module: CutRoot, parse: ParseHcl): FileReading {
  const { path, blocks } = file;
  const at = (line: number): string => (line > 0 ? `${path}:${line}` : path);
  if (!blocks.ok) {
    return { path, facts: [], failures: [`${at(blocks.line)}: ${blocks.reason}`], isUnread: true, modules: [] };
  }
  const place: Place = { root: module.root, path, readAt: module.readAt };
  const readings = blocks.value.map((block) => factsOf(block, place, parse));
  const facts = readings.flatMap((reading) => (reading.ok ? reading.value : []));
  const shade = shadeOver(file.name, module.files);
  return {
    path,
    facts:
      shade === undefined ? facts : facts.map((fact) => (fact.kind === 'configuration' ? shaded(fact, shade) : fact)),
    failures: readings.flatMap((reading) => (reading.ok ? [] : [`${at(reading.line)}: ${reading.reason}`])),
    isUnread: false,
    modules: blocks.value.flatMap(({ type, labels, startLine }) =>
      type === 'module' ? [`module ${JSON.stringify(labels[0] ?? '')} (${path}:${startLine}) is not followed`] : [],
    ),
  };
}

/** Why what a file says may not be what counts. */
function shadeOver(name: string, files: RootFiles): string | undefined {
  const override = files.overriding[0];
  if (override !== undefined) return `${override}, which may override it, is not read`;
  const twin = tofuTwin(name, files);
  return twin === undefined ? undefined : `${twin}, which OpenTofu reads in place of ${name}, is not read`;
}

function rootCoverage(module: CutRoot, readings: readonly FileReading[]): Coverage {
  const { root, files, readAt } = module;
  const gaps = [
    ...readings.filter(({ failures }) => failures.length > 0).map(({ path }) => `${path} could not be read in full`),
    ...files.unread.map((name) => `${name} is not read`),
    ...readings.flatMap(({ modules }) => modules),
  ];
  const entry = { source: 'configuration', locator: root, readAt } as const;
  if (gaps.length === 0) return { ...entry, status: 'complete' };
  const status = readings.every(({ isUnread }) => isUnread) ? 'failed' : 'partial';
  return { ...entry, status, reason: `${summed(gaps)}: keys declared there are not known` };
}

/** Gaps named in a reason; the rest are counted. */
const NAMED = 10;

const summed = (gaps: readonly string[]): string =>
  [...gaps.slice(0, NAMED), ...(gaps.length > NAMED ? [`and ${gaps.length - NAMED} more`] : [])].join('; ');

function fileCoverage({ path, failures, isUnread }: FileReading, readAt: Instant): Coverage[] {
  if (failures.length === 0) return [];
  const status = isUnread ? 'failed' : 'partial';
  return [{ source: 'configuration', locator: path, status, reason: summed(failures), readAt }];
}

/**
 * Terraform refuses a configuration that declares an address twice; neither block is more right than the other, so
 * what they say is Unknown.
 */
function withoutContradictions(facts: readonly Fact[]): Pick<Look, 'facts' | 'diagnostics'> {
  const blocks = facts.filter((fact) => fact.kind === 'configuration');
  const refused = new Map<Fact, string>();
  const diagnostics: Diagnostic[] = [];
  for (const [address, same] of grouped(blocks, (block) => block.address)) {
    if (same.length === 1) continue;
    const places = same.map(({ path, line }) => `${path}:${line}`).join(' and ');
    const reason = `declared ${same.length === 2 ? 'twice' : `${same.length} times`}, at ${places}: Terraform refuses that`;
    diagnostics.push({ level: 'warning', source: 'configuration', message: `${address} is ${reason}` });
    for (const block of same) refused.set(block, reason);
  }
  return { facts: facts.map((fact) => undecided(fact, refused.get(fact))), diagnostics };
}

const undecided = (fact: Fact, reason: string | undefined): Fact =>
  fact.kind === 'configuration' && reason !== undefined ? { ...shaded(fact, reason), instances: fact.instances } : fact;
