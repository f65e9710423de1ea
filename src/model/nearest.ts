/** The candidate that a misspelt word most likely meant: fewest edits, at most a third of the word; undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly text: string; readonly edits: number } | undefined;
  for (const text of candidates) {
    const edits = editDistance(word.toLowerCase(), text.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(word.length, text.length) / 3));
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { text, edits };
  }
  return best?.text;
}

/** ` (did you mean "x"?)`, or nothing when no candidate is near: the tail of an error line. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const guess = nearest(word, candidates);
  return guess === undefined ? '' : ` (did you mean "${guess}"?)`;
}

/** Inserted, dropped, replaced and swapped neighbouring letters, one edit each. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const swapped = a[i] === b[j - 1] && a[i - 1] === b[j] ? (before[j - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
