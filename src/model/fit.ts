import type { Actor } from './facts/cloudtrail.ts';
import { fitsAny, fitsGlob } from './glob.ts';

/** Whether a key is one of those that settings name; `unknown`: what would decide is not known. */
export type Fit = 'fits' | 'no' | 'unknown';

/** `isOpen`: something that is not known could fit as well. */
export const fitOf = (fits: boolean, isOpen: boolean): Fit => (fits ? 'fits' : isOpen ? 'unknown' : 'no');

/** One is enough. */
export const anyFit = (fits: readonly Fit[]): Fit => fitOf(fits.includes('fits'), fits.includes('unknown'));

/** All must. */
export function everyFit(fits: readonly Fit[]): Fit {
  if (fits.includes('no')) return 'no';
  return fits.includes('unknown') ? 'unknown' : 'fits';
}

/** Names of aliases beside globs. */
export const aliasFit = (globs: readonly string[], names: readonly string[], isOpen: boolean): Fit =>
  fitOf(
    names.some((name) => fitsAny(globs, name)),
    globs.length > 0 && isOpen,
  );

/** What settings say of a tag; without a value any will do. */
export interface TagGlob {
  readonly key: string;
  readonly value?: string | undefined;
}

type Tags = Readonly<Record<string, string>>;

/** Whether one of the tags fits; no inherited property is a tag. */
export const hasTag = (globs: readonly TagGlob[], tags: Tags): boolean =>
  globs.some(({ key, value }) => {
    const held = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return held !== undefined && (value === undefined || fitsGlob(value, held));
  });

/** Tags as each witness tells them; null where one cannot say. */
export const tagFit = (globs: readonly TagGlob[], told: readonly (Tags | null)[]): Fit =>
  fitOf(
    told.some((tags) => tags !== null && hasTag(globs, tags)),
    globs.length > 0 && told.includes(null),
  );

/** Whoever a record says asked for a key. */
type Creator = Pick<Actor, 'principal' | 'role'> | null;

/** The ARN of the caller, and that of the role behind the caller's session. */
export const creatorArns = (creator: Creator): readonly string[] =>
  [creator?.principal, creator?.role].filter((arn) => arn != null);

/** The ARN of a session has its role's name without the path, which the globs of roles may ask for. */
export const isRoleUntold = (creator: Creator): boolean =>
  creator?.role === null && creator.principal !== null && /:assumed-role\//.test(creator.principal);

/** Who made a key beside globs; `isOpen`: nobody says who, and somebody did. */
export const creatorFit = (globs: readonly string[], creator: Creator, isOpen: boolean): Fit =>
  fitOf(
    creatorArns(creator).some((arn) => fitsAny(globs, arn)),
    globs.length > 0 && (isRoleUntold(creator) || (isOpen && creatorArns(creator).length === 0)),
  );
