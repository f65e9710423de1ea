/** Buffers larger than this are not kept. */
const LARGEST = 2 ** 25;

/**
 * Buffers that nobody reads any more, to be filled again: of hundreds of files, fresh memory for each costs more time than
 * reading into it, and the collector is called for it again and again.
 */
export class SpareBuffers {
  readonly #most: number;
  readonly #spare: Uint8Array[] = [];

  /** `most`: how many are kept, the largest. */
  constructor(most: number) {
    this.#most = most;
  }

  /** At least `size` bytes with whatever was in them. Throws RangeError where there is no memory for them. */
  take(size: number): Uint8Array {
    const fitting = this.#spare.findIndex((buffer) => buffer.length >= size);
    if (fitting === -1) return Buffer.allocUnsafeSlow(size);
    return this.#spare.splice(fitting, 1)[0] ?? Buffer.allocUnsafeSlow(size);
  }

  /** One that was taken; whoever gives it must not read it after. */
  give(buffer: Uint8Array): void {
    if (buffer.length > LARGEST) return;
    this.#spare.push(buffer);
    this.#spare.sort((a, b) => a.length - b.length);
    if (this.#spare.length > this.#most) this.#spare.shift();
  }
}
