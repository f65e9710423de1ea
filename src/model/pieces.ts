const PIECE = 64 * 1024;

/** Joins small texts to pieces worth a write each. */
export function* inPieces(texts: Iterable<string>): Iterable<string> {
  let held: string[] = [];
  let size = 0;
  for (const text of texts) {
    held.push(text);
    size += text.length;
    if (size < PIECE) continue;
    yield held.join('');
    held = [];
    size = 0;
  }
  if (size > 0) yield held.join('');
}
