import { posix } from 'node:path';
import { workTree } from '../files/work-tree.ts';
import type { Change } from '../model/change.ts';
import type { Inventory } from '../model/inventory.ts';
import { isExpected } from '../model/not-asked.ts';
import type { Report } from '../model/report.ts';
import { commentsOf } from '../policy/acceptance/suppressions.ts';
import { isUndecided } from '../policy/change/undecided.ts';
import { guards } from '../policy/change/unjudged.ts';
import type { CollectRequest } from '../scan.ts';
import type { Changed } from '../sources/git/changed.ts';
import { shownPath } from '../sources/shown-path.ts';
import { isConfiguration } from '../sources/terraform/file-names.ts';
import type { EffectiveJudging } from './effective.ts';
import { withProgress } from './gather.ts';
import type { Host } from './host.ts';
import { type JudgingInputs, judge } from './judge.ts';

/** What an inventory is judged by, and what it was asked for. */
export interface Comparing {
  readonly inputs: JudgingInputs;
  readonly judging: EffectiveJudging;
  /** undefined: nothing of it was read here. */
  readonly request: CollectRequest | undefined;
  /** States were read for it, and not told by an inventory. */
  readonly readsStates: boolean;
}

/**
 * The report of an inventory, with gaps for what could be told before the change and cannot be now, and with what the
 * change says in comments of how it is judged.
 */
export async function judgeCompared(
  inventory: Inventory,
  { inputs: given, judging, request, readsStates }: Comparing,
  host: Host,
): Promise<Report> {
  const commented = { ...given, change: given.change && (await withComments(given.change, inventory, host)) };
  const inputs =
    readsStates && request !== undefined ? await withFormerStates(commented, inventory, request, host) : commented;
  const report = await judge(inventory, inputs, judging, host);
  if (inputs.change === undefined || request === undefined || !isWorthComparing(report, inventory, inputs.change))
    return report;
  const { before, appeared } = await inventoryBefore(inputs.change, inventory, request, host);
  const { unjudgedBy } = await import('../assess.ts');
  const { header } = inventory;
  const { estate = header.estate, graceMs = header.graceMs, asOf = header.asOf } = judging;
  const unjudged = unjudgedBy(inputs.change, { now: inventory, before, appeared }, inputs.rules.judging, {
    estate,
    graceMs,
    asOf,
  });
  if (unjudged.length === 0) return report;
  return judge(inventory, { ...inputs, change: { ...inputs.change, unjudged } }, judging, host);
}

/** The change with what comments said before it, where it alters files with comments for keydrift. */
async function withComments(change: Change, { facts }: Inventory, host: Host): Promise<Change> {
  const paths = new Set(commentsOf(facts).map(({ path }) => path));
  if (paths.size === 0) return change;
  const { formerComments, touchedFiles } = await import('../sources/terraform/configuration/former-comments.ts');
  const touched = await touchedFiles([...paths], change.files, host.cwd);
  if (touched.length === 0) return change;
  const { tree } = await changedFrom(change, host);
  return { ...change, comments: await formerComments(touched, await tree()) };
}

/** With what became of the states that roots led to before the change; flags that give states leave no choice to it. */
async function withFormerStates(
  inputs: JudgingInputs,
  { coverage }: Inventory,
  request: CollectRequest,
  host: Host,
): Promise<JudgingInputs> {
  const { change } = inputs;
  if (change === undefined) return inputs;
  const areGiven = request.states.some(({ from }) => from === 'flag');
  let changed: Promise<Changed> | undefined;
  // Most changes alter no state, and git need not be asked again.
  const before = async (file: string): Promise<Uint8Array | undefined> => {
    changed ??= changedFrom(change, host);
    return (await changed).before(file);
  };
  const asked = new Set(coverage.flatMap(({ source, locator }) => (source === 'state' ? (locator ?? []) : [])));
  const { formerStates } = await import('../sources/terraform/former-states.ts');
  const former = areGiven ? undefined : change.former;
  const { cwd, now, signal } = host;
  const states = await formerStates(
    { former, changed: change.files, before, asked, cwd },
    { now, signal, onProgress: () => {} },
  );
  return states.length === 0 ? inputs : { ...inputs, change: { ...change, states } };
}

async function changedFrom({ since }: Change, { cwd, env, signal }: Host): Promise<Changed> {
  const { changedSince } = await import('../sources/git/changed.ts');
  return changedSince({ ref: since, top: (await workTree(cwd)) ?? cwd, cwd, env }, signal);
}

/**
 * Whether rules that guard keys against changes could not judge all, or something of keys that the change may touch is not
 * known, and no plan of their root says what becomes of them. In most repositories all is, and what was declared before is not read.
 */
const isWorthComparing = ({ rules, scan: { requested } }: Report, inventory: Inventory, change: Change): boolean =>
  requested.includes('configuration') &&
  (rules.some((rule) => guards(rule) && rule.reasons.some(({ reason }) => !isExpected(reason))) ||
    isUndecided(inventory, change));

/** The inventory with what was declared at the base of a change, read from git. */
async function inventoryBefore(
  change: Change,
  saved: Inventory,
  request: CollectRequest,
  host: Host,
): Promise<{ readonly before: Inventory; readonly appeared: ReadonlySet<string> }> {
  const { cwd } = host;
  const { formerReader } = await import('../sources/terraform/configuration/former-reader.ts');
  const { collectHere } = await import('../check.ts');
  const changed = await changedFrom(change, host);
  const tree = await changed.tree();
  const configured = new Set(tree.paths.filter((path) => isConfiguration(posix.basename(path))).map(posix.dirname));
  const wasThere = ({ dir }: { readonly dir: string }): boolean => configured.has(shownPath(dir, cwd));
  const roots = request.roots.filter(wasThere);
  const configDirs = [request.configDirs, roots.length > 0 ? [] : ['.']].find((dirs) => dirs.length > 0) ?? [];
  const formerly = await formerReader(tree, changed.files, cwd);
  const asked = { ...request, states: [], plans: [], roots, configDirs, mayBeNone: true, saved, formerly };
  const before = await withProgress(host, (ports) => collectHere(asked, ports));
  const were = new Set(tree.paths);
  return { before, appeared: new Set([...changed.files.filter((file) => !were.has(file)), ...changed.reshaped]) };
}
