import { type Expansion, unknownExpansion } from './expansion.ts';

/** Instances told apart in one root; of more it is only said that there are some. */
const MOST_OF_ROOT = 100_000;

/** The same for all roots that are read at once: each takes some 7 kB until it is reported. */
const MOST = 200_000;

/** Why instances are not told apart, or modules not followed: there is no room for them. */
export const TOO_MANY = `the configuration has more than ${MOST_OF_ROOT} instances, or with other roots more than ${MOST}`;

/** What is left of instances of modules and resources that are told apart: a count of a count is soon more than fits. */
export class Room {
  #left: number;
  readonly #within: Room | undefined;

  constructor(left = MOST, within?: Room) {
    this.#left = left;
    this.#within = within;
  }

  /** For one root, in the room of all. */
  ofRoot(): Room {
    return new Room(MOST_OF_ROOT, this);
  }

  get left(): number {
    return Math.min(this.#left, this.#within?.left ?? this.#left);
  }

  take(instances: number): void {
    this.#left -= instances;
    this.#within?.take(instances);
  }

  /** An expansion where its instances can still be told apart, which take their part; after one that cannot, there is none. */
  for(expansion: Expansion): Expansion {
    const { length } = expansion.instances;
    if (length > this.left) {
      this.#left = 0;
      return unknownExpansion(TOO_MANY);
    }
    this.take(length);
    return expansion;
  }
}
