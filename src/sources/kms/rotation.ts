import type { LiveFact } from '../../model/facts.ts';
import { known, type Readings, unknown } from './attest.ts';
import { allUnknown, facetReading, type KeyFacet } from './facet-reading.ts';

const attributes = ['rotationEnabled', 'rotationPeriodDays'] as const;

const off: Readings = { rotationEnabled: known(false), rotationPeriodDays: known(null) };

type Rotation = 'asked' | 'off' | 'unknown';

/**
 * Automatic rotation exists only for symmetric encryption keys whose material KMS makes, not for asymmetric and HMAC
 * keys, imported material or custom key stores, and while a key is pending deletion its status is false (AWS KMS API
 * reference, GetKeyRotationStatus).
 */
function rotationOf({ keyState, attributes: { keySpec, origin } }: LiveFact): Rotation {
  if (keyState === 'PendingDeletion') return 'off';
  if (keySpec !== undefined && keySpec !== 'SYMMETRIC_DEFAULT') return 'off';
  if (origin !== undefined && origin !== 'AWS_KMS') return 'off';
  return keySpec === undefined || origin === undefined ? 'unknown' : 'asked';
}

/** Whether automatic rotation is on, and its period. */
export const rotation: KeyFacet = {
  operation: 'GetKeyRotationStatus',
  attributes,
  read: async (questions, fact) => {
    const how = rotationOf(fact);
    if (how === 'off') return { asked: false, readings: off };
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
