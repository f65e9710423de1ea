import type { Finding } from '../model/report.ts';
import type { ReporterOptions } from './reporter.ts';

type Place = Finding['location'];

/** Where a finding stands that no file of the tree is about: code hosts drop those without one. */
const FALLBACK: Place = { path: 'keydrift.yaml', line: 1 };

/** On a drive, standard input, an address such as `https://…` or `exec:DIR`, or a directory. */
const NO_FILE = /^-$|^[A-Za-z][A-Za-z0-9+.-]*:|(?:^|\/)\.{0,2}$/;

/** Paths are from the top, and absolute ones lie outside. */
const NOWHERE = { cwd: [], top: [] };

/**
 * The location as a file of the repository, its path from the top on with `/` between its parts: what lies outside of
 * it, or is an address, stands at keydrift.yaml. Not plain text.
 */
export function placeInTree({ path, line }: Place, { tree }: Pick<ReporterOptions, 'tree'>): Place {
  const { cwd, top } = tree ?? NOWHERE;
  const isNone = NO_FILE.test(path) || (tree === undefined && path.startsWith('/'));
  const parts = isNone ? [] : (below(top, walked(path.startsWith('/') ? [] : cwd, path)) ?? []);
  return parts.length > 0
    ? { path: parts.join('/'), line }
    : { path: [...(below(top, cwd) ?? []), FALLBACK.path].join('/'), line: FALLBACK.line };
}

/** From a directory along a path; undefined where that leaves the file system. */
function walked(from: readonly string[], path: string): readonly string[] | undefined {
  const parts = [...from];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts;
}

/** Steps from the top down; undefined for what is not below it. */
const below = (top: readonly string[], steps: readonly string[] | undefined): readonly string[] | undefined =>
  steps !== undefined && top.every((step, at) => steps[at] === step) ? steps.slice(top.length) : undefined;

const LONE_SURROGATES = /\p{Cs}/gu;

/** A path as a relative URI (RFC 3986); `:` too, which a first segment may not hold. */
export const uriOf = (path: string): string =>
  path
    .replace(LONE_SURROGATES, '\ufffd')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percent))
    .join('/');

/** encodeURIComponent leaves these; a link in Markdown ends at `)`. */
const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Where people see the place on the web; undefined where that is not known. */
export const linkTo = (place: Place, { tree }: Pick<ReporterOptions, 'tree'>): string | undefined =>
  tree?.url === undefined ? undefined : `${tree.url}/${uriOf(place.path)}#L${place.line}`;
