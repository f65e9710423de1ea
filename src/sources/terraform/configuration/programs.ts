import type { ConfigurationFact, Fact, FactOf } from '../../../model/facts.ts';
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
      ...withoutDoubles([...companionsOf(terraform, opentofu), ...companionsOf(opentofu, terraform)]),
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

const isCompanion = (fact: Fact): fact is FactOf<'configuration-alias' | 'configuration-key-store'> =>
  fact.kind === 'configuration-alias' || fact.kind === 'configuration-key-store';

const others = ({ facts }: Walked): readonly Fact[] => facts.filter((fact) => !isKey(fact) && !isCompanion(fact));

/** What the other program does not read alike may not be there. */
function companionsOf({ facts }: Walked, other: Walked): readonly Fact[] {
  const same = new Set(other.facts.filter(isCompanion).map((fact) => JSON.stringify(fact)));
  return facts
    .filter(isCompanion)
    .map((fact) =>
      same.has(JSON.stringify(fact)) ? fact : { ...fact, instances: 'unknown' as const, open: fact.open ?? REASON },
    );
}

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
  const isSame = (of: (key: ConfigurationFact) => string): boolean =>
    twins.length > 0 && twins.every((twin) => of(twin) === of(fact));
  const said = withoutOneSided(fact, twins);
  const named = isSame(namesOf) ? said : withoutNames(said);
  if (isSame(sayings)) return named;
  const instances = twins.some((twin) => twin.instances === fact.instances) ? fact.instances : 'unknown';
  const open = instances === 'unknown' ? { open: fact.open ?? REASON } : {};
  const { customKeyStore: _, regionBy: _by, ...rest } = named;
  return { ...shaded(rest, REASON), instances, ...open, region: null, deletionWindowInDays: null };
}

/** What only one of the two files suppresses counts in neither: it may be the one that nobody uses. */
function withoutOneSided(fact: ConfigurationFact, twins: readonly ConfigurationFact[]): ConfigurationFact {
  const { suppressions, ...rest } = fact;
  const shared = suppressions?.filter(({ rule }) =>
    twins.every((twin) => twin.suppressions?.some((other) => other.rule === rule)),
  );
  return shared === undefined || shared.length === 0 ? rest : { ...rest, suppressions: shared };
}

const namesOf = ({ aliases, unknownAliases }: ConfigurationFact): string => JSON.stringify([aliases, unknownAliases]);

const withoutNames = ({ aliases: _, ...fact }: ConfigurationFact): ConfigurationFact => ({
  ...fact,
  unknownAliases: REASON,
});

const sayings = (fact: ConfigurationFact): string => {
  const { instances, region, regionBy, deletionWindowInDays, customKeyStore, attributes, unknown } = fact;
  return JSON.stringify([instances, region, regionBy, deletionWindowInDays, customKeyStore, attributes, unknown]);
};
