import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/model/facts/cloudtrail.ts';
import { actorEvidence, actorText, displayValue } from '../../src/policy/words.ts';

const ACTOR: Actor = { principal: null, role: null, via: 'unknown', userAgent: null, invokedBy: null };

describe('an actor in words', () => {
  it.each<[string, Partial<Actor> | null]>([
    ['someone unknown', null],
    ['someone unknown', {}],
    ['user/bob', { principal: 'arn:aws:iam::111122223333:user/bob' }],
    ['user/bob with the console', { principal: 'arn:aws:iam::111122223333:user/bob', via: 'console' }],
    ['root with the AWS CLI', { principal: 'arn:aws:iam::111122223333:root', via: 'cli' }],
    ['someone with OpenTofu', { via: 'opentofu' }],
    ['kms.amazonaws.com', { via: 'aws-service', invokedBy: 'kms.amazonaws.com' }],
    ['an AWS service', { via: 'aws-service' }],
    ['AROAEXAMPLE:bob with Terraform', { principal: 'AROAEXAMPLE:bob', via: 'terraform' }],
  ])('is %s', (words, actor) => {
    expect(actorText(actor && { ...ACTOR, ...actor })).toBe(words);
  });

  it('has the whole ARN in evidence', () => {
    const principal = 'arn:aws:sts::111122223333:assumed-role/Admin/alice';
    expect(actorEvidence({ ...ACTOR, principal, via: 'sdk' })).toBe(`${principal} with an AWS SDK`);
  });
});

describe('a value in words', () => {
  it.each([
    ['RSA_2048', 'RSA_2048'],
    ['', '""'],
    [null, 'none'],
    [true, 'true'],
    [365, '365'],
    [{ b: '2', a: '1' }, 'a=1, b=2'],
    [{}, 'no tags'],
    ['a\u001b[31mb\nc', 'a [31mb c'],
    ['x'.repeat(161), `${'x'.repeat(160)}…`],
  ])('%j is %s', (value, words) => {
    expect(displayValue(value)).toBe(words);
  });
});
