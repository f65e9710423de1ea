import { ATTRIBUTE_NAMES, type Attested, type AttributeName, reading } from '../model/attributes.ts';
import { facetNotAsked } from '../model/not-asked.ts';
import type { Need } from '../model/rule.ts';
import { raiseUnknown } from './unknown.ts';
import { bool, type Field, int, oneOf, type Shape, text, textMap } from './view.ts';

const ATTRIBUTE_SHAPES: Readonly<Record<AttributeName, Shape>> = {
  keySpec: text,
  keyUsage: text,
  origin: text,
  customKeyStoreId: text,
  xksKeyId: text,
  multiRegion: bool,
  multiRegionRole: oneOf(['PRIMARY', 'REPLICA']),
  primaryKeyArn: text,
  description: text,
  enabled: bool,
  rotationEnabled: bool,
  rotationPeriodDays: int,
  policy: text,
  tags: textMap,
};

const ATTRIBUTE_SAYS: Readonly<Record<AttributeName, string>> = {
  keySpec: '`SYMMETRIC_DEFAULT`, `RSA_2048`, …',
  keyUsage: '`ENCRYPT_DECRYPT`, `SIGN_VERIFY`, …',
  origin: '`AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`',
  customKeyStoreId: 'left out when it is in none',
  xksKeyId: 'left out when it has none',
  multiRegion: 'whether it is multi-Region',
  multiRegionRole: 'left out when it is not multi-Region',
  primaryKeyArn: 'of a primary its own; left out when it is not multi-Region',
  description: 'free text',
  enabled: 'Unknown unless KeyState is Enabled or Disabled',
  rotationEnabled: 'automatic rotation',
  rotationPeriodDays: 'left out when automatic rotation is off',
  policy: 'the key policy as JSON',
  tags: 'without those that AWS sets',
};

/** What KMS is asked for beyond DescribeKey, by attribute. */
export const ATTRIBUTE_NEEDS: Partial<Record<AttributeName, Need>> = {
  rotationEnabled: 'live.rotation',
  rotationPeriodDays: 'live.rotation',
  policy: 'live.policy',
  tags: 'live.tags',
};

/** null, a known "has none", is omitted like silence; numbers are CEL ints. */
export function celValue(value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === 'number' ? BigInt(value) : value;
}

function readAttribute(witness: Attested, name: AttributeName, need: Need | undefined): unknown {
  const said = reading(witness, name);
  if (said.kind === 'unknown') return raiseUnknown(said.reason);
  if (said.kind === 'known') return celValue(said.value);
  // Who asks for it gets an answer or a reason: an inventory without either was made for other rules.
  return need === undefined ? undefined : raiseUnknown(facetNotAsked(need));
}

/** The fields of all attributes, read from one witness; only of a live key do some need a look-up of their own. */
export function attributeFields<S>(witness: (source: S) => Attested, live: boolean): Record<string, Field<S>> {
  const fields: Record<string, Field<S>> = {};
  for (const name of ATTRIBUTE_NAMES) {
    const need = live ? ATTRIBUTE_NEEDS[name] : undefined;
    fields[name] = {
      shape: ATTRIBUTE_SHAPES[name],
      says: ATTRIBUTE_SAYS[name],
      read: (source) => readAttribute(witness(source), name, need),
      ...(need === undefined ? {} : { needs: [need] }),
    };
  }
  return fields;
}
