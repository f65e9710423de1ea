/**
 * Whether a text fits a pattern in which `*` stands for any characters, none too, and `?` for one. Case counts. Takes
 * steps in proportion to pattern times text at most: patterns and texts may come from anybody.
 */
export function fitsGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let position = 0;
  while (position < text.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = position;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star !== -1) {
      // The last star takes one character more; an earlier one need not, for what stood between has fitted.
      resume += 1;
      position = resume;
      at = star + 1;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether a text fits one of the patterns. */
export const fitsAny = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => fitsGlob(pattern, text));
