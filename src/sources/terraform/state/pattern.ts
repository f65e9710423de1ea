/** One step of a path pattern: a literal name, names of one form, or any number of directories. */
export type Step = string | RegExp | typeof ANY_DEPTH;
/** The step `**`: any number of directories, none included. */
export const ANY_DEPTH = Symbol('**');

/** A name with `[` in it stays a name: no form of it is known here. */
export const hasWildcard = (path: string): boolean => /[*?]/.test(path);

/**
 * A `/`-separated pattern as steps, as shells read it: `*` and `?` stay within one name, `**` alone spans directories,
 * and a leading dot is matched by a leading dot only, so that `.terraform` and `.git` are left out unless named. In `any
 * case`, wildcards' names match in small letters and capitals alike.
 */
export function stepsOf(pattern: string, letters: 'as given' | 'any case' = 'as given'): readonly Step[] {
  const nameForm = (name: string) => formOf(name, letters === 'any case' ? 'isu' : 'su');
  const names = pattern.split('/').filter((name) => name !== '' && name !== '.');
  const steps = names.map((name) => (name === '**' ? ANY_DEPTH : hasWildcard(name) ? nameForm(name) : name));
  const single = steps.filter((step, at) => step !== ANY_DEPTH || steps[at - 1] !== ANY_DEPTH);
  return single.at(-1) === ANY_DEPTH ? [...single, nameForm('*')] : single;
}

function formOf(name: string, flags: string): RegExp {
  const pieces = name.match(/\*+|\?|[^*?]+/g) ?? [];
  const form = pieces.map((piece) => (piece.startsWith('*') ? '.*' : piece === '?' ? '.' : literal(piece)));
  return new RegExp(`^${name.startsWith('.') ? '' : '(?!\\.)'}${form.join('')}$`, flags);
}

const literal = (piece: string): string => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
