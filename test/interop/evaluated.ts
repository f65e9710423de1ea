import { expect } from '@jest/globals';
import type { AttributeName } from '../../src/model/attributes.ts';
import type { ConfigurationFact, Fact } from '../../src/model/facts.ts';
import { attributesOf, type PlannedKey } from './planned-values.ts';

/** How often a value that Terraform knew when it planned was known to keydrift as well. */
interface Share {
  readonly known: number;
  readonly unknown: number;
}

/** What came of laying evaluated configuration beside a plan. */
export interface Compared {
  /** Of each attribute, and of the deletion window and the instances. */
  readonly shares: ReadonlyMap<string, Share>;
  /** Each value that was not known, with keydrift's reason. */
  readonly reasons: readonly string[];
}

/**
 * Holds every evaluated key against what Terraform planned for its address: what keydrift knows must be Terraform's
 * value, what Terraform does not know yet must be Unknown, and no key may be on one side alone.
 */
export function compared(facts: readonly Fact[], planned: ReadonlyMap<string, PlannedKey>): Compared {
  const declared = facts.filter((fact) => fact.kind === 'configuration');
  const certain = new Map(
    declared.filter(({ instances }) => instances === 'one').map((fact) => [fact.address, fact] as const),
  );
  const open = declared.filter(({ instances }) => instances === 'unknown').map(({ address }) => address);
  expect([...certain.keys()].filter((address) => !planned.has(address))).toEqual([]);

  const tally = new Tally();
  for (const key of planned.values()) {
    const fact = certain.get(key.address);
    tally.count('instances', fact !== undefined, `${key.address} is one of ${open.join(', ')}`);
    if (fact !== undefined) compareKey(fact, key, tally);
    else expect([key.address, open.filter((pattern) => matches(pattern, key.address))]).not.toEqual([key.address, []]);
  }
  return { shares: tally.shares, reasons: tally.reasons };
}

function compareKey(fact: ConfigurationFact, key: PlannedKey, tally: Tally): void {
  const { address } = key;
  for (const attribute of attributesOf(key.type)) {
    const ours = fact.attributes[attribute];
    const theirs = key.attributes[attribute];
    expect([address, attribute, meant(attribute, ours)]).toEqual([
      address,
      attribute,
      ours === undefined ? undefined : meant(attribute, theirs),
    ]);
    if (theirs === undefined) continue;
    const reason = fact.unknown[attribute] ?? 'it is undeclared';
    tally.count(attribute, ours !== undefined, `${attribute} of ${address}: ${reason}`);
  }
  const window = fact.deletionWindowInDays;
  if (window !== null) expect([address, window]).toEqual([address, key.deletionWindowInDays]);
  if (key.deletionWindowInDays !== undefined) {
    tally.count('deletionWindowInDays', window !== null, `deletionWindowInDays of ${address}`);
  }
}

/** A policy is what it says, however it is spaced. */
const meant = (attribute: AttributeName, value: unknown): unknown =>
  attribute === 'policy' && typeof value === 'string' ? JSON.parse(value) : value;

/** Whether an address is one of those that `[*]` stands for. */
function matches(pattern: string, address: string): boolean {
  const parts = pattern.split('[*]').map((part) => part.replaceAll(/[.[\]"\\()*+?^${}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('\\[(?:\\d+|"(?:[^"\\\\]|\\\\.)*")\\]')}$`).test(address);
}

class Tally {
  readonly shares = new Map<string, Share>();
  readonly reasons: string[] = [];

  count(what: string, isKnown: boolean, reason: string): void {
    const { known, unknown } = this.shares.get(what) ?? { known: 0, unknown: 0 };
    this.shares.set(what, isKnown ? { known: known + 1, unknown } : { known, unknown: unknown + 1 });
    if (!isKnown) this.reasons.push(reason);
  }
}

/** A line for each attribute: how much of what Terraform knew keydrift left Unknown. */
export const sharesText = (shares: Compared['shares']): string =>
  [...shares]
    .map(([what, { known, unknown }]) => {
      const percent = ((100 * unknown) / (known + unknown)).toFixed(1);
      return `  ${what.padEnd(22)} ${String(known + unknown).padStart(5)} values, ${percent.padStart(5)} % Unknown`;
    })
    .join('\n');

/** Of all values together, tags aside: default_tags may come from the environment of whoever runs Terraform. */
export function unknownShare(shares: Compared['shares']): number {
  const each = [...shares].flatMap(([what, share]) => (what === 'tags' ? [] : [share]));
  const unknown = each.reduce((sum, share) => sum + share.unknown, 0);
  return unknown / each.reduce((sum, share) => sum + share.known + share.unknown, 0);
}
