/** A part of a document that stands whole or not at all, and how many findings are in it. */
export interface Part {
  readonly text: string;
  readonly findings: number;
}

/** What a document is made of: what always stands, and the parts in between for which there is room. */
export interface Document {
  readonly head: string;
  readonly parts: Iterable<Part>;
  /** All findings of the parts. */
  readonly findings: number;
  /** Says how many findings are left out. */
  readonly leftOut: (findings: number) => string;
  readonly foot: string;
}

/** UTF-8, which is never fewer than the characters that some limits count. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** A document of at most so many bytes, head and foot given: parts as they come, cut before the first that does not fit. */
export function* within({ head, parts, findings, leftOut, foot }: Document, bytes: number): Iterable<string> {
  const reserved = bytesOf(leftOut(findings)) + bytesOf(foot);
  let room = bytes - bytesOf(head) - reserved;
  let left = findings;
  yield head;
  for (const part of parts) {
    room -= bytesOf(part.text);
    if (room < 0) break;
    left -= part.findings;
    yield part.text;
  }
  if (left > 0) yield leftOut(left);
  yield foot;
}
