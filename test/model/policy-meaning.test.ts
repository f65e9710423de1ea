import { describe, expect, it } from '@jest/globals';
import { isDefaultKeyPolicy, policyMeaning, statementsOf } from '../../src/model/policy-meaning.ts';
import { REALM } from '../support/facts.ts';
import fc from '../support/fast-check.ts';

const statement = (over: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'kms:Decrypt',
  Resource: '*',
  ...over,
});
const meaning = (...Statement: readonly object[]) =>
  policyMeaning(JSON.stringify({ Version: '2012-10-17', Statement }));

describe('policies mean the same', () => {
  it.each([
    [
      'a lone statement and a list of one',
      JSON.stringify({ Statement: statement() }),
      JSON.stringify({ Statement: [statement()] }),
    ],
    [
      'everybody, with AWS or without',
      JSON.stringify({ Statement: [statement()] }),
      JSON.stringify({ Statement: [statement({ Principal: { AWS: '*' } })] }),
    ],
    [
      'actions in any case',
      JSON.stringify({ Statement: [statement()] }),
      JSON.stringify({ Statement: [statement({ Action: ['KMS:decrypt'] })] }),
    ],
  ])('%s', (_, one, other) => {
    expect(policyMeaning(one)).toBeDefined();
    expect(policyMeaning(one)).toBe(policyMeaning(other));
  });

  it.each([
    ['another action', statement({ Action: 'kms:Encrypt' })],
    ['a condition', statement({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    ['a principal of a service', statement({ Principal: { Service: '*' } })],
    ['another case of a condition value', statement({ Condition: { StringEquals: { 'kms:ViaService': 'S3' } } })],
  ])('but not with %s', (_, other) => {
    expect(meaning(other)).not.toBe(meaning(statement()));
  });

  it('cannot be told of what is no policy', () => {
    for (const text of ['', 'x', '[]', '{}', '1', '{"Statement"']) expect(policyMeaning(text)).toBeUndefined();
    expect(statementsOf('[]')).toBeUndefined();
  });

  it('whatever JSON they are, without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ Statement: value });
        policyMeaning(text);
        isDefaultKeyPolicy(text, REALM);
        expect(statementsOf(text)).toBeDefined();
      }),
    );
  });
});

describe("KMS's default key policy", () => {
  const root = {
    Sid: 'x',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'kms:*',
    Resource: '*',
  };
  const isDefault = (document: object) => isDefaultKeyPolicy(JSON.stringify(document), REALM);

  it.each<[string, object, boolean]>([
    ['whatever its Id and Sid', { Version: '2012-10-17', Id: 'key-default-1', Statement: [root] }, true],
    ['in short', { Version: '2012-10-17', Statement: { ...root, Principal: { AWS: ['111122223333'] } } }, true],
    [
      'not of another account',
      { Version: '2012-10-17', Statement: { ...root, Principal: { AWS: '222233334444' } } },
      false,
    ],
    ['not with a statement more', { Version: '2012-10-17', Statement: [root, statement()] }, false],
    ['not with a condition', { Version: '2012-10-17', Statement: [{ ...root, Condition: {} }] }, false],
    ['not an empty document', {}, false],
  ])('%s', (_, document, expected) => {
    expect(isDefault(document)).toBe(expected);
  });
});
