import { blockPath } from '../../model/address.ts';
import type { Change, Unjudged } from '../../model/change.ts';
import { type Coverage, isWholePlan, plannedRoots } from '../../model/coverage.ts';
import type { Undecided } from '../../model/facts/configuration.ts';
import type { ConfigurationFact, Fact, RootFact } from '../../model/facts.ts';
import { grouped } from '../../model/grouped.ts';
import { type KeyRecord, NEVER_JUDGED } from '../../model/key-record.ts';
import { isRecreationOpen } from '../key-derived.ts';
import { stateHolders } from '../state-holders.ts';
import { touching } from './outside.ts';
import { touchedRoots } from './touched.ts';

/** The keys of an inventory, and what it knows of them. */
interface Held {
  readonly keys: Iterable<KeyRecord>;
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
}

/**
 * Whether of keys that roots declare which a change touches something is not known without a plan. Of most providers the
 * account is not: that counts where the change touches a file in which providers stand.
 */
export function isUndecided({ facts, coverage }: Pick<Held, 'facts' | 'coverage'>, change: Change): boolean {
  const planned = plannedRoots(coverage);
  const lost = new Set(
    facts.flatMap((fact) => (fact.kind === 'plan-drift' && fact.change === 'deleted' ? (fact.root ?? []) : [])),
  );
  const files = new Set(change.files);
  const roots = touchedRoots(
    facts.filter((fact): fact is RootFact => fact.kind === 'root'),
    change,
  );
  const providers = facts.flatMap((fact) => (fact.kind === 'anchor' && fact.block === 'provider' ? [fact] : []));
  const changed = new Set(providers.flatMap(({ root, path }) => (files.has(path) ? [root] : [])));
  const provided = new Set(providers.map(({ root }) => root));
  return facts.some(
    (fact) =>
      fact.kind === 'configuration' &&
      (!planned.has(fact.root) || lost.has(fact.root)) &&
      (fact.undecided ?? []).some(
        (each) =>
          isNamed(each, change.files, files) ||
          (roots.has(fact.root) && (each.what !== 'account' || changed.has(fact.root) || !provided.has(fact.root))),
      ),
  );
}

/**
 * Keys in states that a change touches, of which it alters what decides something that is not known without a plan: the
 * expressions, what they follow from, or a file that they read. What a finding or a whole plan of its root says already, or
 * no block declared before, is none.
 */
export function alteredKeys(
  change: Change,
  { now, before }: { readonly now: Held; readonly before: Held },
  appeared: ReadonlySet<string>,
): readonly Unjudged[] {
  const touches = touching(change, now);
  const blocksOf = declaring(now);
  const holders = holdersIn(now);
  const isPlanned = toldByPlan(now);
  const altered = new Map<string, { readonly record: KeyRecord; readonly said: readonly Undecided[] }>();
  for (const record of now.keys) {
    if (record.state.length === 0 || record.planned.some(isWorst) || NEVER_JUDGED.has(record.standing)) continue;
    const isLost = record.planned.some(isRecreationOpen);
    if (isPlanned(record) && !isLost) continue;
    const said = blocksOf(record)
      .flatMap(({ undecided }) => undecided ?? [])
      .filter(({ what }) => !isLost || what === 'Region');
    const isOfChange = touches(record) || said.some((each) => isNamed(each, change.files, appeared));
    if (said.length > 0 && isOfChange) altered.set(record.id, { record, said });
  }
  const were = wereDecided(before, altered);
  return [...altered].flatMap(([id, { record, said }]) => {
    const was = were.get(id);
    const [instance] = record.state;
    if (was === undefined || instance === undefined) return [];
    const others = said.filter(
      (each) =>
        !isBound(each, record) && (!was.has(`${each.what} ${each.by}`) || isReadFrom(each, change.files, appeared)),
    );
    const [first] = others;
    if (first === undefined) return [];
    const [root = instance.source] = holders(instance);
    const isLost = record.planned.some(isRecreationOpen);
    const unjudged = { key: id, root, address: instance.address, reason: WHAT[first.what], isAltered: true as const };
    return [isLost ? { ...unjudged, isLost: true as const } : unjudged];
  });
}

/** Whether a whole plan says what becomes of a key: it names the key, or it is of every root that has it in a state. */
function toldByPlan(held: Held): (record: KeyRecord) => boolean {
  const roots = plannedRoots(held.coverage);
  const whole = new Set(held.coverage.flatMap((entry) => (isWholePlan(entry) ? (entry.locator ?? []) : [])));
  if (whole.size === 0) return () => false;
  const named = new Set(
    held.facts.flatMap((fact) => (fact.kind === 'planned' && whole.has(fact.plan) ? (fact.arn ?? []) : [])),
  );
  const holders = holdersIn(held);
  return ({ arn, state }) => {
    const holding = state.flatMap(holders);
    return (arn !== null && named.has(arn.arn)) || (holding.length > 0 && holding.every((root) => roots.has(root)));
  };
}

const WHAT: Readonly<Record<Undecided['what'], string>> = {
  instances: 'which instances there are of',
  replacement: 'whether an apply replaces',
  Region: 'the Region of',
  account: 'the account of',
};

/** What decided of keys before, by their ids; of those that a block declared alone. */
function wereDecided(before: Held, wanted: ReadonlyMap<string, unknown>): ReadonlyMap<string, ReadonlySet<string>> {
  const blocksOf = declaring(before);
  const found = new Map<string, ReadonlySet<string>>();
  for (const record of before.keys) {
    if (!wanted.has(record.id)) continue;
    const blocks = blocksOf(record);
    if (blocks.length === 0) continue;
    found.set(
      record.id,
      new Set(blocks.flatMap(({ undecided = [] }) => undecided.map(({ what, by }) => `${what} ${by}`))),
    );
  }
  return found;
}

const holdersIn = ({ facts, coverage }: Held) =>
  stateHolders(
    facts.filter((fact): fact is RootFact => fact.kind === 'root'),
    coverage,
  );

/** The blocks that declare a key, and those of which it is not known whether they do. */
function declaring(held: Held): (record: KeyRecord) => readonly ConfigurationFact[] {
  const holders = holdersIn(held);
  const facts = held.facts.filter((fact): fact is ConfigurationFact => fact.kind === 'configuration');
  const byBlock = grouped(facts, ({ root, address }) => `${root}#${blockPath(address)}`);
  return ({ configuration, state }) =>
    configuration.length > 0
      ? configuration
      : state.flatMap((instance) =>
          holders(instance).flatMap((root) => byBlock.get(`${root}#${blockPath(instance.address)}`) ?? []),
        );
}

const isWorst = ({ action }: KeyRecord['planned'][number]): boolean => action === 'destroy' || action === 'replace';

/** The provider is bound to the very account that the key is in. */
const isBound = ({ accounts }: Undecided, { arn }: KeyRecord): boolean =>
  arn !== null && accounts?.length === 1 && accounts[0] === arn.account;

const isReadFrom = (undecided: Undecided, files: readonly string[], appeared: ReadonlySet<string>): boolean =>
  isNamed(undecided, files, appeared) || files.some((file) => isNoBlock(file) && isIn(file, undecided.reads ?? []));

/** A file that is read or listed, and not only one that may be, wherever it lies. */
const isNamed = (
  { reads = [], lists = [] }: Undecided,
  files: readonly string[],
  appeared: ReadonlySet<string>,
): boolean =>
  files.some(
    (file) =>
      reads.includes(file) ||
      isIn(file, reads.filter(isDirectory)) ||
      leadsTo(file, [...reads, ...lists]) ||
      (isNoBlock(file) && appeared.has(file) && isIn(file, lists)),
  );

const isDirectory = (place: string): boolean => place.endsWith('/');

const isIn = (file: string, places: readonly string[]): boolean =>
  places.some((place) => {
    const dir = place.replace(/(?<=.)\/$/, '');
    return file === dir || (dir === '.' ? !file.startsWith('../') : file.startsWith(`${dir}/`));
  });

/** What git names above a place is no directory: a link or a submodule, or what there was before one. */
const leadsTo = (file: string, places: readonly string[]): boolean =>
  places.some((place) => place.startsWith(`${file}/`));

/** What configuration says counts where it decides something, unless its very text is read. */
const isNoBlock = (file: string): boolean => !CONFIGURATION.test(file);

const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;
