import type { Attested } from '../../model/attributes.ts';
import type { LiveFact } from '../../model/facts.ts';
import { attest } from '../readings.ts';
import { allUnknown, type FacetReading, type KeyFacet } from './facet-reading.ts';
import type { Facet } from './facets.ts';
import { policy } from './policy.ts';
import type { KmsQuestions } from './questions.ts';
import { rotation } from './rotation.ts';
import { tags } from './tags.ts';

const KEY_FACETS: Readonly<Record<Exclude<Facet, 'keyStore'>, KeyFacet>> = { rotation, tags, policy };

/** A facet reading that cost a call. */
export interface FacetCall extends FacetReading {
  readonly operation: string;
}

const isAskedFor = (facets: ReadonlySet<Facet>, name: string): boolean => [...facets].some((facet) => facet === name);

const askedFor = (facets: ReadonlySet<Facet>): readonly KeyFacet[] =>
  Object.entries(KEY_FACETS).flatMap(([name, facet]) => (isAskedFor(facets, name) ? [facet] : []));

/** Nobody can change the rotation, tags or policy of an AWS managed key (AWS KMS developer guide, "AWS managed keys"). */
const isOurs = (fact: LiveFact): boolean => fact.keyManager !== 'AWS';

const merged = (fact: LiveFact, more: Attested): LiveFact => ({
  ...fact,
  attributes: { ...fact.attributes, ...more.attributes },
  unknown: { ...fact.unknown, ...more.unknown },
});

/** A described key with the facets asked for; one after the other, so that calls side by side stay bounded. */
export async function withFacets(
  questions: KmsQuestions,
  fact: LiveFact,
  facets: ReadonlySet<Facet>,
): Promise<{ readonly fact: LiveFact; readonly calls: readonly FacetCall[] }> {
  if (!isOurs(fact)) return { fact, calls: [] };
  const calls: FacetCall[] = [];
  let whole = fact;
  for (const facet of askedFor(facets)) {
    const reading = await facet.read(questions, fact);
    if (reading.asked) calls.push({ ...reading, operation: facet.operation });
    whole = merged(whole, attest(reading.readings));
  }
  return { fact: whole, calls };
}

/** A key that could not be described, the facets asked for Unknown for the same reason. */
export const withUnknownFacets = (fact: LiveFact, facets: ReadonlySet<Facet>, reason: string): LiveFact =>
  merged(
    fact,
    attest(
      allUnknown(
        askedFor(facets).flatMap(({ attributes }) => attributes),
        reason,
      ),
    ),
  );
