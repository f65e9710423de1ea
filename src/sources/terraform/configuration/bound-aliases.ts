import type { ConfigurationAliasFact, ConfigurationFact } from '../../../model/facts.ts';
import { grouped } from '../../../model/grouped.ts';
import { byText } from '../../../model/order.ts';
import type { DeclaredAlias } from './aliases.ts';
import type { PlacedKey } from './key-policies.ts';
import type { Origins } from './origin.ts';

/** An alias with all of its fact but what it is bound to. */
export interface PlacedAlias {
  readonly alias: DeclaredAlias;
  readonly fact: Omit<ConfigurationAliasFact, 'keys' | 'targetKeyArn' | 'targetKeyId' | 'unknownTarget'>;
}

/** The keys with the aliases that are bound to them, and the aliases with the keys. */
export interface Bound {
  readonly keys: readonly PlacedKey[];
  readonly facts: readonly ConfigurationAliasFact[];
}

/** What one key is told of its aliases. */
interface Said {
  readonly names: Set<string>;
  doubt: string | undefined;
}

/** Keys that one alias is laid beside; where it may be bound to more, it may be bound to any. */
const MOST_KEYS = 20;

/** Joins alias blocks to the key blocks of their root. */
export function bound(keys: readonly PlacedKey[], aliases: readonly PlacedAlias[]): Bound {
  if (aliases.length === 0) return { keys, facts: [] };
  const binding = new Binding(keys);
  const facts = aliases.map((placed) => binding.bind(placed));
  return { keys: keys.map((key) => ({ ...key, fact: binding.telling(key.fact) })), facts };
}

class Binding {
  readonly #addresses: ReadonlySet<string>;
  readonly #byBlock: ReadonlyMap<string, readonly string[]>;
  readonly #said = new Map<string, Said>();
  #doubtOfAll: string | undefined;

  constructor(keys: readonly PlacedKey[]) {
    const some = keys.filter(({ fact }) => fact.instances !== 'none');
    this.#addresses = new Set(some.map(({ fact }) => fact.address));
    const byBlock = grouped(some, ({ block }) => block);
    this.#byBlock = new Map([...byBlock].map(([block, of]) => [block, of.map(({ fact }) => fact.address)]));
  }

  bind({ alias, fact }: PlacedAlias): ConfigurationAliasFact {
    const { target, name, place } = alias;
    if (target.kind === 'named') {
      const { targetKeyArn, targetKeyId } = target;
      return { ...fact, keys: [], targetKeyArn, targetKeyId };
    }
    const doubt = (reason: string): string => `the alias at ${place} may be bound to it: ${reason}`;
    const candidates = this.#candidates(target.resources);
    const unknownTarget = targetDoubt(target.elsewhere, candidates);
    const isAnyones = candidates === 'many' || target.elsewhere !== undefined;
    if (isAnyones && unknownTarget !== undefined) this.#doubtOfAll ??= doubt(unknownTarget);
    const keys = candidates === 'many' ? [] : candidates;
    const why = whyOpen(alias, keys) ?? unknownTarget;
    for (const address of keys) {
      const key = this.#of(address);
      if (why === undefined && name.kind === 'known') key.names.add(name.value);
      else key.doubt ??= why === undefined ? nameDoubt(alias) : doubt(why);
    }
    const told = unknownTarget === undefined ? {} : { unknownTarget };
    return { ...fact, keys, targetKeyArn: null, targetKeyId: null, ...told };
  }

  #of(address: string): Said {
    const known = this.#said.get(address) ?? { names: new Set<string>(), doubt: undefined };
    this.#said.set(address, known);
    return known;
  }

  #candidates(resources: Origins['resources']): string[] | 'many' {
    const found = new Set<string>();
    for (const [address, block] of resources) {
      for (const each of this.#meant(address, block)) {
        if (found.size >= MOST_KEYS && !found.has(each)) return 'many';
        found.add(each);
      }
    }
    return [...found].sort(byText);
  }

  /** Of an instance that is not declared nothing is said, unless it may be what `[*]` stands for. */
  #meant(address: string, block: string): readonly string[] {
    if (this.#addresses.has(address)) return [address];
    if (address === block) return this.#byBlock.get(block) ?? [];
    return this.#addresses.has(block + ANY) ? [block + ANY] : [];
  }

  telling(fact: ConfigurationFact): ConfigurationFact {
    if (fact.instances === 'none') return fact;
    const said = this.#said.get(fact.address);
    const names = [...(said?.names ?? [])].sort(byText);
    const doubt = said?.doubt ?? this.#doubtOfAll;
    return {
      ...fact,
      ...(names.length === 0 ? {} : { aliases: names }),
      ...(doubt === undefined ? {} : { unknownAliases: doubt }),
    };
  }
}

/** Why it is not certain that the alias is there, whatever it is bound to. */
function whyOpen({ isOne, module }: DeclaredAlias, candidates: readonly string[]): string | undefined {
  if (!isOne) return 'it is not known which instances the alias has';
  const [only = ''] = candidates;
  const isBeside = module === '' || only.startsWith(`${module}.`);
  const isOpen = isBeside ? only.slice(module.length).includes(ANY) : `${module}${only}`.includes(ANY);
  return isOpen ? 'it is not known which instances there are' : undefined;
}

const ANY = '[*]';

function targetDoubt(elsewhere: string | undefined, candidates: readonly string[] | 'many'): string | undefined {
  if (elsewhere !== undefined) return `its target may come from ${elsewhere}`;
  if (candidates === 'many') return `its target may be any of more than ${MOST_KEYS} keys`;
  if (candidates.length === 0) return 'its target is no key that is declared';
  return candidates.length > 1 ? `its target may be any of ${candidates.length} keys` : undefined;
}

const nameDoubt = ({ name, place }: DeclaredAlias): string =>
  `the alias at ${place} is bound to it: ${name.kind === 'unknown' ? name.reason : 'it has no name'}`;
