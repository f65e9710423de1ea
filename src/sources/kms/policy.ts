import { known } from '../readings.ts';
import { facetReading, type KeyFacet } from './facet-reading.ts';

const attributes = ['policy'] as const;

/** The key policy as JSON text. `default` is the only name a key policy can have (AWS KMS API reference, GetKeyPolicy). */
export const policy: KeyFacet = {
  operation: 'GetKeyPolicy',
  attributes,
  read: async (questions, { arn }) =>
    facetReading(attributes, await questions.getKeyPolicy(arn), ({ Policy }) => ({ policy: known(Policy) })),
};
