import { isPendingDeletion } from '../../model/facts/live.ts';
import type { LiveFact } from '../../model/facts.ts';
import { known, type Readings, unknown } from '../readings.ts';
import { allUnknown, facetReading, type KeyFacet } from './facet-reading.ts';

const attributes = ['rotationEnabled', 'rotationPeriodDays'] as const;

/** Its status is false then, and what it was when the deletion is cancelled (AWS KMS API reference, GetKeyRotationStatus). */
const PENDING = 'KMS shows no rotation setting of a key that is pending deletion';

const off: Readings = { rotationEnabled: known(false), rotationPeriodDays: known(null) };

type Rotation = 'asked' | 'off' | 'pending' | 'unknown';

/**
 * Automatic rotation exists only for symmetric encryption keys whose material KMS makes, not for asymmetric and HMAC
 * keys, imported material or custom key stores (AWS KMS API reference, GetKeyRotationStatus).
 */
function rotationOf({ keyState, attributes: { keySpec, origin } }: LiveFact): Rotation {
  if (keySpec !== undefined && keySpec !== 'SYMMETRIC_DEFAULT') return 'off';
  if (origin !== undefined && origin !== 'AWS_KMS') return 'off';
  if (isPendingDeletion(keyState)) return 'pending';
  return keySpec === undefined || origin === undefined ? 'unknown' : 'asked';
}

/** Whether automatic rotation is on, and its period. */
export const rotation: KeyFacet = {
  operation: 'GetKeyRotationStatus',
  attributes,
  read: async (questions, fact) => {
    const how = rotationOf(fact);
    if (how === 'off') return { asked: false, readings: off };
    if (how === 'pending') return { asked: false, readings: allUnknown(attributes, PENDING) };
    if (how === 'unknown') {
      return { asked: false, readings: allUnknown(attributes, 'DescribeKey gave no KeySpec or no Origin') };
    }
    return facetReading(attributes, await questions.getKeyRotationStatus(fact.arn), (status): Readings => {
      if (!status.KeyRotationEnabled) return off;
      return {
        rotationEnabled: known(true),
        rotationPeriodDays:
          status.RotationPeriodInDays === undefined
            ? unknown('GetKeyRotationStatus gave no RotationPeriodInDays')
            : known(status.RotationPeriodInDays),
      };
    });
  },
};
