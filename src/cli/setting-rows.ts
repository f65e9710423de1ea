import type { Settings } from '../config/settings.ts';
import type { Acceptance } from '../model/acceptance.ts';
import type { StateHeader } from '../sources/terraform/backends/http/headers.ts';
import type { ChangeFlags } from './change.ts';
import { effectiveGate, effectiveSources } from './effective.ts';
import type { BaselineFlags, JudgingFlags, ReportFlags, SourceFlags } from './flags.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';
import { durationText, shownFrom, shownWhere } from './shown.ts';

/** What `-o json` shows of a setting. */
export type Shown = string | boolean | null | readonly Shown[] | { readonly [name: string]: Shown };

/** One setting as it holds. */
export interface SettingRow {
  /** Its path in keydrift.yaml; of those that no file may say, the name of the flag. */
  readonly name: string;
  /** null and what is empty: nothing is said, and `unset` holds. */
  readonly value: Shown;
  /** What holds where nothing is said, for people. */
  readonly unset?: string;
  /** The flag whose variable may say it, as commander names its value. */
  readonly flag?: string;
  /** Paths in keydrift.yaml of the items of a list, where they are not `NAME.0` and so on. */
  readonly items?: readonly string[];
  /** What the file says does not hold, although nothing else is said. */
  readonly isPassedOver?: boolean;
}

/** Everything that decides what holds. */
export interface RowsAsk {
  /** What variables say, as flags. */
  readonly flags: SourceFlags & JudgingFlags & ReportFlags & BaselineFlags & ChangeFlags;
  /** Of the environment: hosts alone are shown. */
  readonly headers: readonly StateHeader[];
  readonly held: HeldSettings;
  /** The baseline that would be read, from the working directory. */
  readonly baseline: string;
  readonly host: Host;
}

/** Every setting, in the order of the document. Nothing in it is a secret: of headers it has hosts, of addresses no query. */
export function settingRows(ask: RowsAsk): readonly SettingRow[] {
  return [...sourceRows(ask), ...judgingRows(ask), ...fileRows(ask)];
}

function sourceRows({ flags, headers, held, host }: RowsAsk): readonly SettingRow[] {
  const { settings } = held;
  const from = (path: string): string => shownFrom(path, host);
  const { regions, states, configDirs, plans, pulumi, events } = effectiveSources(flags, held, host);
  const roots = settings.roots.map((root) => ({
    path: from(root.dir),
    ...said('workspace', root.workspace),
    ...said(
      'state',
      root.states?.map((where) => shownWhere(where, host)),
    ),
    ...said('var-files', root.varFiles?.map(from)),
    ...said('accounts', root.accounts),
    ...said('regions', root.regions),
    ...said('plan', root.plan === undefined ? undefined : from(root.plan)),
  }));
  return [
    {
      name: 'config',
      value: held.file === undefined ? null : from(held.file),
      unset: 'no keydrift.yaml found',
      flag: 'config',
    },
    { name: 'profile', value: flags.profile ?? null, unset: 'as AWS_PROFILE says', flag: 'profile' },
    { name: 'regions', value: regions, unset: "the profile's", flag: 'region' },
    { name: 'roots', value: roots, unset: 'those that config-dirs lead to' },
    { name: 'config-dirs', value: configDirs.map(from), unset: 'none', flag: 'configDir' },
    {
      name: 'state',
      value: states.map(({ where }) => shownWhere(where, host)),
      unset: 'those of the roots',
      flag: 'state',
    },
    { name: 'state-headers', value: [...new Set(headers.map((header) => header.host))], unset: 'none' },
    { name: 'var-file', value: flags.varFile, unset: 'those of the roots', flag: 'varFile' },
    { name: 'plans', value: plans.map(from), unset: 'those of the roots', flag: 'plan' },
    {
      name: 'pulumi',
      value: pulumi.map(({ file, name }) => (name === undefined ? from(file) : { name, pulumi: from(file) })),
      unset: 'none',
      flag: 'pulumi',
      items: ownersIn(settings).pulumi,
    },
    { name: 'events', value: events, flag: 'events' },
  ];
}

function judgingRows({ flags, held, baseline, host }: RowsAsk): readonly SettingRow[] {
  const { estate, sinceMs, graceMs } = effectiveSources(flags, held, host);
  const { failOn, allowPartial } = effectiveGate(flags, held);
  const isPassedOver =
    flags.estate === undefined && held.settings.estate !== undefined && held.settings.estate !== estate;
  return [
    { name: 'since', value: durationText(sinceMs), flag: 'since' },
    { name: 'grace', value: durationText(graceMs), flag: 'grace' },
    { name: 'estate', value: estate, flag: 'estate', isPassedOver },
    { name: 'fail-on', value: failOn, flag: 'failOn' },
    { name: 'allow-partial', value: allowPartial, flag: 'allowPartial' },
    { name: 'baseline', value: baseline, flag: 'baseline' },
    { name: 'changed-since', value: flags.changedSince ?? null, unset: 'all counts', flag: 'changedSince' },
    {
      name: 'output',
      value: flags.output.map(({ format, path }) => (path === undefined ? format : `${format}=${path}`)),
      unset: 'table',
      flag: 'output',
    },
  ];
}

/** What no flag says. */
function fileRows({ held, host }: RowsAsk): readonly SettingRow[] {
  const { ownership, rules, ruleDirectories, gaps, suppressions } = held.settings;
  const { accounts, regions, aliases, tags, creators } = ownership.owned;
  const row = (name: string, value: Shown, unset = 'none'): SettingRow => ({ name, value, unset });
  return [
    row('ownership.accounts', accounts, 'all that are scanned'),
    row('ownership.regions', regions, 'all that are scanned'),
    row('ownership.aliases', aliases, 'any'),
    row('ownership.tags', tags.map(plain), 'any'),
    row('ownership.creators', creators, 'any'),
    row('ownership.deployers', ownership.deployers),
    { ...row('owners', ownership.owners.map(plain)), items: ownersIn(held.settings).others },
    row('ignore-tags', ownership.ignoreTags),
    row(
      'accepted-gaps',
      gaps.map(({ acceptance, ...gap }) => plain({ ...gap, ...answering(acceptance) })),
    ),
    row(
      'rules.directories',
      ruleDirectories.map((dir) => shownFrom(dir, host)),
    ),
    row('rules.severity', { ...rules.severity }),
    row('rules.on', rules.on),
    row('rules.off', rules.off),
    row('rules.parameters', plain(rules.parameters)),
    row(
      'suppressions',
      suppressions.map(({ rule, match, acceptance }) => plain({ rule, match, ...answering(acceptance) })),
    ),
  ];
}

/** Paths of the entries of `owners` that name a Pulumi export, and of the others. */
function ownersIn({ places }: Settings) {
  const owners = [...places.keys()].filter((name) => /^owners\.\d+$/.test(name));
  const isPulumi = (name: string): boolean => places.has(`${name}.pulumi`);
  return { pulumi: owners.filter(isPulumi), others: owners.filter((name) => !isPulumi(name)) };
}

const answering = ({ reason, owner, expires }: Acceptance) => ({ reason, owner, expires });

const said = <Name extends string>(name: Name, value: Shown | undefined): { readonly [name: string]: Shown } =>
  value === undefined ? {} : { [name]: value };

/** Data of a file without what is undefined in it. */
function plain(value: unknown): Shown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return String(value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, plain(inner)]])),
  );
}
