import type { Attested, AttributeName, KeyAttributes, Reading } from '../../model/attributes.ts';
import { attestEach, known } from '../readings.ts';

/** Reads something from `S`: the arguments of a block, or the values of an instance. */
export type ReaderOf<S, T> = (from: S) => Reading<T>;

/** How each attribute is read from `S` of one resource type; the type does not speak of the others. */
export type AttributeReaders<S> = { readonly [A in AttributeName]?: ReaderOf<S, KeyAttributes[A]> };

/** What it says of its key, and nothing that our vocabulary has no name for. */
export const attestBy = <S>(readers: AttributeReaders<S>, from: S): Attested =>
  attestEach((name) => readers[name]?.(from));

/** A reading for which nothing is read: the resource type alone says it. */
export const always =
  <T>(value: T) =>
  (): Reading<T> =>
    known(value);

/** What follows from something that is known; of what is silent or Unknown nothing does. */
export const derive =
  <S, T, U>(reader: ReaderOf<S, T>, follows: (value: T, from: S) => Reading<U>): ReaderOf<S, U> =>
  (from) => {
    const reading = reader(from);
    return reading.kind === 'known' ? follows(reading.value, from) : reading;
  };

/**
 * aws_kms_key has no origin; its key store tells (AWS KMS API reference, CreateKey: CustomKeyStoreId, XksKeyId;
 * terraform-provider-aws, key.go, resourceKeyCreate).
 */
export const originByKeyStore = <S>(
  xksKeyId: ReaderOf<S, string | null>,
  customKeyStoreId: ReaderOf<S, string | null>,
): ReaderOf<S, string> =>
  derive(xksKeyId, (xks, from) => {
    if (xks !== null) return known('EXTERNAL_KEY_STORE');
    return derive(customKeyStoreId, (store) => known(store === null ? 'AWS_KMS' : 'AWS_CLOUDHSM'))(from);
  });
