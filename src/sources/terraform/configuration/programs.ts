import type { ConfigurationFact, Fact } from '../../../model/facts.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Reach } from '../../../model/reach.ts';
import { shaded } from './declaration.ts';
import type { Walked } from './walk.ts';

/**
 * What holds whichever of two programs reads a configuration: Terraform passes over `.tofu` files, OpenTofu takes them in
 * place of others. Where the two differ in what they say of a key, what they say is Unknown.
 */
export function eitherWay(terraform: Walked, opentofu: Walked): Walked {
  return {
    facts: [
      ...sameKeys(terraform.facts, opentofu.facts),
      ...withoutDoubles([...others(terraform), ...others(opentofu)]),
    ],
    failures: withoutDoubles([...terraform.failures, ...opentofu.failures]),
    unread: [...new Map([...terraform.unread, ...opentofu.unread].map((module) => [module.address, module])).values()],
    reach: {
      accounts: together(terraform.reach, opentofu.reach, 'accounts'),
      regions: together(terraform.reach, opentofu.reach, 'regions'),
    },
  };
}

const isKey = (fact: Fact): fact is ConfigurationFact => fact.kind === 'configuration';

const others = ({ facts }: Walked): readonly Fact[] => facts.filter((fact) => !isKey(fact));

const withoutDoubles = <T>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

const together = (a: Reach, b: Reach, part: keyof Reach): string[] | null =>
  a[part] && b[part] && [...new Set([...a[part], ...b[part]])].sort();

function sameKeys(terraform: readonly Fact[], opentofu: readonly Fact[]): readonly ConfigurationFact[] {
  const byAddress = grouped(opentofu.filter(isKey), ({ address }) => address);
  const found = terraform.filter(isKey);
  const known = new Set(found.map(({ address }) => address));
  return [
    ...found.map((fact) => agreed(fact, byAddress.get(fact.address) ?? [])),
    ...opentofu.filter(isKey).flatMap((fact) => (known.has(fact.address) ? [] : [agreed(fact, [])])),
  ];
}

const REASON = 'Terraform and OpenTofu read different files here, and it is not known which of them is used';

function agreed(fact: ConfigurationFact, twins: readonly ConfigurationFact[]): ConfigurationFact {
  const said = withoutOneSided(fact, twins);
  if (twins.length > 0 && twins.every((twin) => sayings(twin) === sayings(fact))) return said;
  const instances = twins.some((twin) => twin.instances === fact.instances) ? fact.instances : 'unknown';
  const open = instances === 'unknown' ? { open: said.open ?? REASON } : {};
  return { ...shaded(said, REASON), instances, ...open, region: null, deletionWindowInDays: null };
}

/** What only one of the two files suppresses or names counts in neither: it may be the one that nobody uses. */
function withoutOneSided(fact: ConfigurationFact, twins: readonly ConfigurationFact[]): ConfigurationFact {
  const { suppressions, aliases, ...rest } = fact;
  const silenced = suppressions?.filter(({ rule }) =>
    twins.every((twin) => twin.suppressions?.some((other) => other.rule === rule)),
  );
  const named = aliases?.filter((name) => twins.every((twin) => twin.aliases?.includes(name)));
  return {
    ...rest,
    ...(silenced === undefined || silenced.length === 0 ? {} : { suppressions: silenced }),
    ...(named === undefined || named.length === 0 ? {} : { aliases: named }),
  };
}

const sayings = ({ instances, region, deletionWindowInDays, attributes, unknown }: ConfigurationFact): string =>
  JSON.stringify([instances, region, deletionWindowInDays, attributes, unknown]);
