/** A part of a document that stands whole or not at all, and how many findings are in it. */
export interface Part {
  readonly text: string;
  readonly findings: number;
}

/** What a document is made of. */
export interface Document {
  /** What stands first, the most important first; one that has no room is left out. */
  readonly blocks: readonly string[];
  /** What follows while there is room. */
  readonly parts: Iterable<Part>;
  /** All findings of the parts. */
  readonly findings: number;
  /** Says how many findings are left out. */
  readonly leftOut: (findings: number) => string;
  readonly foot: string;
}

/** UTF-8, which is never fewer than the characters that some limits count. */
const bytesOf = (text: string): number => Buffer.byteLength(text);

/** A document of at most so many bytes: parts as they come, cut before the first that does not fit. */
export function* within(bytes: number, { blocks, parts, findings, leftOut, foot }: Document): Iterable<string> {
  let room = bytes - bytesOf(leftOut(findings)) - bytesOf(foot);
  if (room < 0) return;
  for (const block of blocks) {
    const size = bytesOf(block);
    if (size > room) continue;
    room -= size;
    yield block;
  }
  let left = findings;
  for (const part of parts) {
    room -= bytesOf(part.text);
    if (room < 0) break;
    left -= part.findings;
    yield part.text;
  }
  if (left > 0) yield leftOut(left);
  yield foot;
}
