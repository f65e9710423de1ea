import { describe, expect, it } from '@jest/globals';
import { keyArnIn, parseKeyArn } from '../../src/model/key-arn.ts';

describe('key ARNs', () => {
  it.each([
    ['arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'aws', 'us-west-2'],
    ['arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab', 'aws-cn', 'cn-north-1'],
    [
      'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'aws-us-gov',
      'us-gov-west-1',
    ],
  ])('%s has partition %s and Region %s', (arn, partition, region) => {
    expect(parseKeyArn(arn)).toMatchObject({ arn, partition, region, account: '111122223333' });
  });

  it.each([
    'arn:aws:kms:us-west-2:111122223333:alias/orders',
    'arn:aws:kms:us-west-2:1111:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'arn:aws:s3:us-west-2:111122223333:key/1234abcd',
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    '',
  ])('%j names no key', (text) => {
    expect(parseKeyArn(text)).toBeUndefined();
  });

  it('an id in a realm is the same key as its ARN', () => {
    const realm = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
    expect(keyArnIn(realm, '1234abcd-12ab-34cd-56ef-1234567890ab')).toBe(
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    );
    expect(keyArnIn(realm, 'alias/orders')).toBeUndefined();
  });
});
