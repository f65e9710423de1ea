import type { AttributeName } from '../../model/attributes.ts';
import type { LiveFact } from '../../model/facts.ts';
import type { Answer, Failure } from '../aws/failure.ts';
import { type Readings, unknown } from '../readings.ts';
import type { KmsQuestions } from './questions.ts';

/** What one facet says of one key. `asked` is false where the answer is fixed by documentation and no call was made. */
export interface FacetReading {
  readonly asked: boolean;
  readonly readings: Readings;
  readonly failure?: Failure;
}

/** A facet that is asked key by key. */
export interface KeyFacet {
  readonly operation: string;
  readonly attributes: readonly AttributeName[];
  readonly read: (questions: KmsQuestions, fact: LiveFact) => Promise<FacetReading>;
}

/** These attributes, all Unknown for one reason. */
export const allUnknown = (attributes: readonly AttributeName[], reason: string): Readings =>
  Object.fromEntries(attributes.map((name) => [name, unknown(reason)]));

/** An answer's readings, or its attributes Unknown with why there was none. */
export const facetReading = <T>(
  attributes: readonly AttributeName[],
  answer: Answer<T>,
  read: (value: T) => Readings,
): FacetReading =>
  answer.kind === 'answered'
    ? { asked: true, readings: read(answer.value) }
    : { asked: true, readings: allUnknown(attributes, answer.failure.reason), failure: answer.failure };
