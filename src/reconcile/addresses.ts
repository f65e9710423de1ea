import type { MovedFact } from '../model/facts.ts';

/**
 * The address of the block behind an instance: without the index that count or for_each adds at its end, which is a
 * number, a quoted key, or in an import block an expression such as each.key. No regular expression: an address may be
 * as long as a hostile state makes it, and be all brackets.
 */
export function blockAddress(address: string): string {
  if (!address.endsWith(']')) return address;
  // Quotes within a key are escaped, so that `["` stands at its beginning alone, or is a `[` before its last quote.
  if (address.endsWith('"]')) return withoutTail(address, address.lastIndexOf('["', address.length - '[""]'.length));
  const opening = address.lastIndexOf('[');
  return /[\]"]/.test(address.slice(opening, -1)) ? address : withoutTail(address, opening);
}

const withoutTail = (address: string, from: number): string => (from === -1 ? address : address.slice(0, from));

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
