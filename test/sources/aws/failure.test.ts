import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../src/sources/aws/failure.ts';
import fc from '../../support/fast-check.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001';
const WHO = `User: arn:aws:sts::111122223333:assumed-role/${'r'.repeat(64)}/${'s'.repeat(64)} is not authorized to perform: kms:DescribeKey on resource: ${KEY}`;

const awsError = (name: string, message: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

const describeKeyFailure = (error: unknown) => failureOf(error, 'kms:DescribeKey');

describe('a denied call', () => {
  it.each([
    ['because no resource-based policy allows the kms:DescribeKey action', 'no key policy allows it'],
    ['with an explicit deny in a resource-based policy', 'explicit deny in a key policy'],
    ['because no identity-based policy allows the kms:DescribeKey action', 'no identity-based policy allows it'],
    ['with an explicit deny in an identity-based policy', 'explicit deny in an identity-based policy'],
    ['with an explicit deny in a service control policy', 'explicit deny in a service control policy'],
    ['with an explicit deny in a resource control policy: arn:x', 'explicit deny in a resource control policy'],
    ['because no VPC endpoint policy allows the kms:DescribeKey action', 'no VPC endpoint policy allows it'],
    ['because no permissions boundary allows the kms:DescribeKey action', 'no permissions boundary allows it'],
    ['because no session policy allows the kms:DescribeKey action', 'no session policy allows it'],
  ])('%s', (words, why) => {
    const failure = describeKeyFailure(awsError('AccessDeniedException', `${WHO} ${words}`));
    expect(failure).toEqual({
      kind: 'denied',
      permission: 'kms:DescribeKey',
      reason: `kms:DescribeKey is denied: ${why}`,
    });
  });

  it('quotes a message in no known form, alike for every key', () => {
    expect(describeKeyFailure(awsError('AccessDeniedException', `The ciphertext refers to ${KEY}\nor not`))).toEqual({
      kind: 'denied',
      permission: 'kms:DescribeKey',
      reason: 'kms:DescribeKey is denied: AccessDeniedException: The ciphertext refers to the key or not',
    });
  });
});

describe('a failed call', () => {
  it.each([
    ['NotFoundException', 400, 'not-found'],
    ['ThrottlingException', 400, 'throttled'],
    ['KMSInternalException', 500, 'server'],
    ['DependencyTimeoutException', 503, 'server'],
    ['TimeoutError', undefined, 'unreachable'],
    ['ExpiredTokenException', 400, 'credentials'],
    ['CredentialsProviderError', undefined, 'credentials'],
    ['SomethingNew', 403, 'denied'],
    ['SomethingNew', 429, 'throttled'],
    ['SomethingNew', 503, 'server'],
    ['SomethingNew', 400, 'other'],
    ['constructor', undefined, 'other'],
  ])('%s with status %s is %s', (name, status, kind) => {
    expect(describeKeyFailure(awsError(name, 'text', status)).kind).toBe(kind);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN'])('%s is unreachable', (code) => {
    expect(describeKeyFailure(Object.assign(new Error('text'), { code })).kind).toBe('unreachable');
  });

  it.each([
    ['AWS SDK error wrapper for TimeoutError: read ECONNRESET', 'TimeoutError: read ECONNRESET'],
    ['AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
  ])('that the SDK wrapped is still unreachable: %s', (message, reason) => {
    expect(describeKeyFailure(new Error(message))).toEqual({ kind: 'unreachable', reason });
  });

  const NO_JSON = `Unexpected token '<', "<!doctype "... is not valid JSON`;
  const HINT = `to see the raw response, inspect the hidden field {error}.$response on this object.`;
  const unparsed = `${NO_JSON}\n  Deserialization error: ${HINT}`;

  it.each([
    ['HTTP 500, and its body', awsError('SyntaxError', unparsed, 500)],
    ['HTTP 200, and its body', awsError('SyntaxError', unparsed, 200)],
    ['the answer', new SyntaxError(unparsed)],
  ])('tells a body that is no JSON without the SDK’s words about itself: %s', (answer, error) => {
    expect(describeKeyFailure(error).reason).toBe(`${answer} is none that AWS gives: ${NO_JSON}`);
  });

  it('says that a Region may not be enabled where AWS only speaks of the token', () => {
    expect(describeKeyFailure(awsError('UnrecognizedClientException', 'The security token is invalid.')).reason).toBe(
      'UnrecognizedClientException: The security token is invalid. (a Region that is not enabled for the account says so too)',
    );
  });

  it('is a value for whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(describeKeyFailure(thrown).reason).not.toMatch(/\n/);
      }),
    );
  });
});
