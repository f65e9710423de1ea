import { type Acceptance, farOffWords, isExpired, isFarOff, type Suppression } from '../../model/acceptance.ts';
import type { Diagnostic } from '../../model/coverage.ts';
import type { SuppressionComment } from '../../model/facts/configuration.ts';
import type { Fact } from '../../model/facts.ts';
import type { Fit } from '../../model/fit.ts';
import { fitsGlob } from '../../model/glob.ts';
import { grouped } from '../../model/grouped.ts';
import type { Realm } from '../../model/key-arn.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import { didYouMean } from '../../model/nearest.ts';
import { plural } from '../../model/plural.ts';
import type { Finding } from '../../model/report.ts';
import { type Severity, severityRank } from '../../model/rule.ts';
import type { Instant } from '../../model/time.ts';
import type { Pairing } from '../state-holders.ts';
import { type CommentPlaces, commentPlaces, nameOf } from './comment-places.ts';
import { suppressionFit } from './suppression-fit.ts';

/** One entry of the settings or one comment: which findings it is for, and what came of it so far. */
export interface SuppressionUse {
  readonly rule: string;
  readonly acceptance: Acceptance;
  readonly isEnded: boolean;
  /** It ends so late that it is as good as without an end. */
  readonly isFarOff: boolean;
  /** Findings that it is for. */
  fitted: number;
  /** Of those, the ones that are open because it ended, or because they are too severe to be accepted without an end. */
  open: number;
  /** Of those, the ones that it holds for and that need an end. */
  grave: number;
  /** A finding that it is for may have gone unseen. */
  isOpen: boolean;
}

/** Comments by what they are called, and which are whose; those of settings by rule, to be matched one by one. */
export interface Suppressions {
  readonly comments: ReadonlyMap<string, SuppressionUse>;
  readonly places: CommentPlaces;
  readonly settings: ReadonlyMap<string, readonly SettingsUse[]>;
}

interface SettingsUse extends SuppressionUse {
  readonly fit: (record: KeyRecord) => Fit;
}

/** What suppressions are matched and timed by. */
export interface SuppressionContext {
  readonly asOf: Instant;
  readonly scope: readonly Realm[];
  readonly pairing: Pairing;
  readonly facts: readonly Fact[];
}

/** All suppressions of a scan, nothing settled yet. */
export function suppressionsOf(
  settings: readonly Suppression[],
  { asOf, scope, pairing, facts }: SuppressionContext,
): Suppressions {
  const held = settings.map(({ rule, match, acceptance }) => ({
    ...fresh(rule, acceptance, asOf),
    fit: (record: KeyRecord) => suppressionFit(match, record, pairing),
    isOpen: match.arn !== undefined && !isScanned(match.arn, scope),
  }));
  return {
    comments: new Map(
      commentsOf(facts).map((comment) => [nameOf(comment), fresh(comment.rule, acceptanceOf(comment), asOf)] as const),
    ),
    places: commentPlaces(facts, pairing),
    settings: grouped(held, ({ rule }) => rule),
  };
}

/** Whether there are none at all. */
export const isIdle = ({ comments, settings }: Suppressions): boolean => comments.size + settings.size === 0;

const fresh = (rule: string, acceptance: Acceptance, asOf: Instant): SuppressionUse => ({
  rule,
  acceptance: acceptanceInOrder(acceptance),
  isEnded: isExpired(acceptance, asOf),
  isFarOff: isFarOff(acceptance, asOf),
  fitted: 0,
  open: 0,
  grave: 0,
  isOpen: false,
});

/** Whether keys of an ARN pattern would have been looked at. */
function isScanned(pattern: string, scope: readonly Realm[]): boolean {
  const [, , , region, account] = pattern.split(':');
  if (region === undefined || account === undefined) return true;
  return scope.some((realm) => fitsGlob(region, realm.region) && fitsGlob(account, realm.account));
}

/** The comments that configuration facts carry, each once: a comment above a module call is for many keys. */
export function commentsOf(facts: readonly Fact[]): readonly SuppressionComment[] {
  const found = new Map<string, SuppressionComment>();
  for (const fact of facts) {
    const { suppressions = [] } = fact.kind === 'configuration' ? fact : {};
    for (const comment of suppressions) found.set(nameOf(comment), comment);
  }
  return [...found.values()];
}

/** The comments that are, or may be, for a key, each once. */
function commentsFor({ comments, places }: Suppressions, record: KeyRecord): readonly Fitting[] {
  return places(record).flatMap(({ name, fit }) => {
    const held = comments.get(name);
    return held === undefined ? [] : [{ held, fit }];
  });
}

interface Fitting {
  readonly held: SuppressionUse;
  readonly fit: Exclude<Fit, 'no'>;
}

/** Those of one rule that are, or may be, for a key: comments before settings, the nearer word first. */
function fitting(suppressions: Suppressions, rule: string, record: KeyRecord): readonly Fitting[] {
  return [
    ...commentsFor(suppressions, record).filter(({ held }) => held.rule === rule),
    ...(suppressions.settings.get(rule) ?? []).flatMap((held) => {
      const fit = held.fit(record);
      return fit === 'no' ? [] : [{ held, fit }];
    }),
  ];
}

const acceptanceOf = ({ reason, until, path, line }: SuppressionComment): Acceptance => ({
  by: 'comment',
  reason,
  expires: until,
  place: { path, line },
});

/** In one order of fields, none of them undefined: reports are compared byte by byte. */
export const acceptanceInOrder = ({ by, reason, owner, expires, place }: Acceptance): Acceptance => ({
  by,
  reason,
  ...(owner === undefined ? {} : { owner }),
  ...(expires === undefined ? {} : { expires }),
  place: { path: place.path, line: place.line },
});

/** Nobody accepts these for ever. */
export const needsEnd = (severity: Severity): boolean => severityRank(severity) <= severityRank('high');

/** What suppressions make of a finding: who answers for it, else which of them would have if it had not ended. */
export function suppressed(
  suppressions: Suppressions,
  { rule, severity }: Pick<Finding, 'rule' | 'severity'>,
  record: KeyRecord,
): { readonly by?: SuppressionUse; readonly ended?: SuppressionUse } {
  let by: SuppressionUse | undefined;
  const idle: SuppressionUse[] = [];
  for (const { held, fit } of fitting(suppressions, rule, record)) {
    if (fit === 'unknown') {
      held.isOpen = true;
      continue;
    }
    held.fitted += 1;
    if (held.isEnded || (held.acceptance.expires === undefined && needsEnd(severity))) idle.push(held);
    else by ??= held;
  }
  if (by !== undefined) {
    if (needsEnd(severity)) by.grave += 1;
    return { by };
  }
  for (const held of idle) held.open += 1;
  const ended = idle.find(({ isEnded }) => isEnded);
  return ended === undefined ? {} : { ended };
}

/** To be told of each key that a rule could not judge: a suppression that may be for it may not be called unused. */
export function noteUnjudged(suppressions: Suppressions, rule: string, record: KeyRecord): void {
  for (const { held } of fitting(suppressions, rule, record)) held.isOpen = true;
}

/** To be told of each key that no rule can say anything certain of. */
export function noteUnseen(suppressions: Suppressions, record: KeyRecord): void {
  for (const { held } of commentsFor(suppressions, record)) held.isOpen = true;
  for (const held of [...suppressions.settings.values()].flat()) held.isOpen ||= held.fit(record) !== 'no';
}

/** What is to be said of suppressions once all keys are judged. */
export interface NotesContext {
  /** Everything asked for was read, and not merely accepted as missing: what no finding fitted is for none. */
  readonly isWhole: boolean;
  /** Rules that judged. */
  readonly judging: ReadonlySet<string>;
  /** Rules that there are, also those that are switched off. */
  readonly known: ReadonlySet<string>;
}

/** Those that do not hold, and those that are for nothing any more. */
export function suppressionNotes(suppressions: Suppressions, after: NotesContext): readonly Diagnostic[] {
  const { comments, settings } = suppressions;
  return [...comments.values(), ...[...settings.values()].flat()].flatMap((held) => noteOn(held, after) ?? []);
}

function noteOn(held: SuppressionUse, { isWhole, judging, known }: NotesContext): Diagnostic | undefined {
  const { rule, acceptance, isEnded, open, fitted, grave } = held;
  const { expires, by, place } = acceptance;
  const named = by === 'comment' ? `keydrift:ignore=${rule}` : `the suppression of ${rule}`;
  const note = (level: Diagnostic['level'], text: string): Diagnostic => ({
    level,
    source: 'suppressions',
    message: `${place.path}:${place.line}: ${named} ${text}`,
  });
  if (!known.has(rule))
    return note('warning', `names no rule that there is${didYouMean(rule, known)}: it holds for nothing`);
  if (open > 0 && isEnded) return note('warning', `ended on ${expires}: ${plural(open, 'finding')} open again`);
  if (open > 0) {
    const end = by === 'comment' ? 'until=DAY' : 'expires';
    return note(
      'warning',
      `has no ${end}, which high and critical findings need: it does not hold for ${open} of them`,
    );
  }
  if (held.isFarOff && grave > 0) {
    return note('warning', `holds for ${plural(grave, 'high or critical finding')} and ${farOffWords(acceptance)}`);
  }
  if (fitted > 0) return undefined;
  const isUnused = isWhole && judging.has(rule) && !held.isOpen;
  if (isUnused) return note('info', `${isEnded ? `ended on ${expires}, and ` : ''}fits no finding: delete it`);
  return isEnded ? note('info', `ended on ${expires}`) : undefined;
}
