import { ATTRIBUTE_NAMES } from '../model/attributes.ts';
import { type Difference, WITNESS_PAIRS, type Witness } from '../model/key-record.ts';
import type { Need } from '../model/rule.ts';
import { admittedBy, changeOf } from './attribute-change.ts';
import { ATTRIBUTE_NEEDS } from './attribute-fields.ts';
import { bool, defineView, type Field, oneOf, text } from './view.ts';
import { displayValue } from './words.ts';

const shown = (witness: Witness): Field<Difference> => ({
  shape: text,
  says: `what the witness ${witness} says, for messages`,
  read: ({ values }) => (values[witness] === undefined ? undefined : displayValue(values[witness])),
});

const pairNeeds = (pair: string): readonly Need[] =>
  WITNESS_PAIRS.some((known) => known === pair) ? (pair.split('/') as Need[]) : [];

const attributeNeeds = (attribute: string): readonly Need[] =>
  Object.entries(ATTRIBUTE_NEEDS).flatMap(([name, need]) => (name === attribute ? [need] : []));

/** Two witnesses that disagree on an attribute. */
export const differenceView = defineView<Difference>('Difference', {
  attribute: {
    shape: oneOf(ATTRIBUTE_NAMES, attributeNeeds),
    says: 'the attribute',
    read: ({ attribute }) => attribute,
  },
  pair: { shape: oneOf(WITNESS_PAIRS, pairNeeds), says: 'which witnesses disagree', read: ({ pair }) => pair },
  created: shown('created'),
  configuration: shown('configuration'),
  state: shown('state'),
  live: shown('live'),
  replaces: { shape: bool, says: 'the next apply would replace the key', read: ({ replaces }) => replaces },
  address: {
    shape: text,
    says: 'the instance or block that differs; of a policy what declares it',
    read: ({ address }) => address,
  },
  change: {
    shape: text,
    says: 'of tags and policies: the names of what KMS has otherwise than the state',
    read: (difference) => changeOf(difference),
  },
  admits: {
    shape: text,
    says: 'of policies: whom KMS lets in and the state does not, everybody or other accounts; left out where that is nobody',
    read: (difference) => admittedBy(difference),
  },
});
