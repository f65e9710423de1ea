import type { MovedFact } from '../model/facts.ts';

/** A number, a quoted key, or in an import block an expression such as each.key. */
const INDEX = /\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]$/;

/** The address of the block behind an instance: without the index that count or for_each adds at its end. */
export const blockAddress = (address: string): string => address.replace(INDEX, '');

export const isInModule = (address: string): boolean => address.startsWith('module.');

/**
 * Where `moved` blocks take an address: instance moves before whole-resource moves, chains followed to their end
 * (Terraform language documentation, "Refactoring"). A circle ends where it began.
 */
export function movedAddress(address: string, moves: ReadonlyMap<string, string>): string {
  let at = address;
  for (let step = 0; step <= moves.size; step += 1) {
    const next = moves.get(at) ?? movedBlock(at, moves);
    if (next === undefined) return at;
    at = next;
  }
  return address;
}

function movedBlock(address: string, moves: ReadonlyMap<string, string>): string | undefined {
  const block = blockAddress(address);
  const to = moves.get(block);
  return to === undefined ? undefined : to + address.slice(block.length);
}

export const movesOf = (facts: readonly MovedFact[]): ReadonlyMap<string, string> =>
  new Map(facts.map(({ from, to }) => [from, to]));
