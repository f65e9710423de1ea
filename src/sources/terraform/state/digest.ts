import { createHash, webcrypto } from 'node:crypto';
import { isSpace } from './json-tokens.ts';

/**
 * The sha256 of a state that comes in pieces, in hexadecimal, of all but white space at its end. `terraform state pull`
 * prints a line break more than its backend holds (1.11; hashicorp/terraform, internal/command/state_pull.go): with it, a
 * state that was read by two ways would look like two that differ.
 */
export class StateDigest {
  readonly #hash = createHash('sha256');
  #space: Uint8Array[] = [];

  /** Keeps the white space at the piece's end: it must stay as it is until the digest is done. */
  add(piece: Uint8Array): void {
    const end = endOf(piece);
    if (end > 0) {
      for (const between of this.#space) this.#hash.update(between);
      this.#hash.update(piece.subarray(0, end));
      this.#space = [];
    }
    if (end < piece.length) this.#space.push(piece.subarray(end));
  }

  /** Of all that was added; nothing can be after. */
  done(): string {
    return this.#hash.digest('hex');
  }
}

/** The same of a state that is there as a whole. */
export function digestOf(bytes: Uint8Array): string {
  const digest = new StateDigest();
  digest.add(bytes);
  return digest.done();
}

/** The same, made by another thread, which takes a copy. */
export async function digestAside(bytes: Uint8Array): Promise<string> {
  const digest = await webcrypto.subtle.digest('SHA-256', bytes.subarray(0, endOf(bytes)));
  return Buffer.from(digest).toString('hex');
}

function endOf(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && isSpace(bytes[end - 1])) end -= 1;
  return end;
}
