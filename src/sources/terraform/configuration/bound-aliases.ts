import type { ConfigurationAliasFact, ConfigurationFact } from '../../../model/facts.ts';
import { grouped } from '../../../model/grouped.ts';
import { byText } from '../../../model/order.ts';
import type { DeclaredAlias } from './aliases.ts';
import type { PlacedKey } from './key-policies.ts';

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

/** Joins alias blocks to the key blocks of their root. */
export function bound(keys: readonly PlacedKey[], aliases: readonly PlacedAlias[]): Bound {
  if (aliases.length === 0) return { keys, facts: [] };
  const some = keys.filter(({ fact }) => fact.instances !== 'none').map(({ fact, block }) => ({ fact, block }));
  const byBlock = grouped(some, ({ block }) => block);
  const byAddress = grouped(some, ({ fact }) => fact.address);
  const candidatesOf = (address: string, block: string): readonly string[] => {
    const exact = byAddress.get(address);
    if (exact !== undefined) return [address];
    const others = (byBlock.get(block) ?? []).map(({ fact }) => fact.address);
    // Of an instance that is not declared nothing is said, unless it may be what `[*]` stands for.
    return address === block ? others : others.filter((other) => other === `${block}[*]`);
  };
  const said = new Map<string, Said>();
  const of = (address: string): Said => {
    const known = said.get(address) ?? { names: new Set<string>(), doubt: undefined };
    said.set(address, known);
    return known;
  };
  let doubtOfAll: string | undefined;
  const facts = aliases.map(({ alias, fact }): ConfigurationAliasFact => {
    const { target, name, place } = alias;
    const doubt = (reason: string): string => `the alias at ${place} may be bound to it: ${reason}`;
    if (target.kind === 'named') {
      const { targetKeyArn, targetKeyId } = target;
      return { ...fact, keys: [], targetKeyArn, targetKeyId };
    }
    const found = [...target.resources].flatMap(([address, block]) => candidatesOf(address, block));
    const candidates = [...new Set(found)].sort(byText);
    const why = whyOpen(alias, candidates);
    for (const address of candidates) {
      const key = of(address);
      if (why === undefined && name.kind === 'known') key.names.add(name.value);
      else key.doubt ??= why === undefined ? nameDoubt(alias) : doubt(why);
    }
    if (target.elsewhere !== undefined) doubtOfAll ??= doubt(`its target may come from ${target.elsewhere}`);
    const unknownTarget = targetDoubt(alias, candidates);
    return {
      ...fact,
      keys: candidates,
      targetKeyArn: null,
      targetKeyId: null,
      ...(unknownTarget === undefined ? {} : { unknownTarget }),
    };
  });
  return {
    keys: keys.map((key) => ({ ...key, fact: telling(key.fact, said.get(key.fact.address), doubtOfAll) })),
    facts,
  };
}

/** Why it is not certain that the alias is there and bound to the one candidate. */
function whyOpen(alias: DeclaredAlias, candidates: readonly string[]): string | undefined {
  const { isOne, module } = alias;
  if (!isOne) return 'it is not known which instances the alias has';
  const [only = ''] = candidates;
  const isBeside = module === '' || only.startsWith(`${module}.`);
  if (isBeside ? only.slice(module.length).includes(ANY) : `${module}${only}`.includes(ANY)) {
    return 'it is not known which instances there are';
  }
  return targetDoubt(alias, candidates);
}

const ANY = '[*]';

function targetDoubt({ target }: DeclaredAlias, candidates: readonly string[]): string | undefined {
  if (target.kind === 'named') return undefined;
  if (target.elsewhere !== undefined) return `its target may come from ${target.elsewhere}`;
  if (candidates.length === 0) return 'its target is no key that is declared';
  return candidates.length > 1 ? `its target may be any of ${candidates.length} keys` : undefined;
}

const nameDoubt = ({ name, place }: DeclaredAlias): string =>
  `the alias at ${place} is bound to it: ${name.kind === 'unknown' ? name.reason : 'it has no name'}`;

function telling(fact: ConfigurationFact, said: Said | undefined, doubtOfAll: string | undefined): ConfigurationFact {
  if (fact.instances === 'none') return fact;
  const names = [...(said?.names ?? [])].sort(byText);
  const doubt = said?.doubt ?? doubtOfAll;
  return {
    ...fact,
    ...(names.length === 0 ? {} : { aliases: names }),
    ...(doubt === undefined ? {} : { unknownAliases: doubt }),
  };
}
