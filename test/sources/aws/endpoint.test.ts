import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../../src/errors.ts';
import { assertEndpoints } from '../../../src/sources/aws/endpoint.ts';

const problemIn = (env: Record<string, string>): unknown => {
  try {
    assertEndpoints(env);
    return null;
  } catch (error) {
    return error;
  }
};

describe('an endpoint variable', () => {
  it.each([
    ['AWS_ENDPOINT_URL', 'garbage'],
    ['AWS_ENDPOINT_URL', 'localhost:4566'],
    ['AWS_ENDPOINT_URL_STS', 'http://'],
    ['AWS_ENDPOINT_URL_KMS', 'ftp://alice:secret@kms.example.com'],
    ['AWS_ENDPOINT_URL_CLOUDTRAIL', 'http://alice:secret@:trail'],
  ])('that is no address is named without its value: %s=%s', (name, value) => {
    const error = problemIn({ [name]: value });
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toBe(
      `UserError: ${name} is no http or https URL: set it to one like http://localhost:4566, or unset it`,
    );
  });

  it.each(['', 'http://localhost:4566', 'HTTPS://alice:secret@kms.example.com/path'])(
    '%j is left to the SDK',
    (value) => {
      expect(problemIn({ AWS_ENDPOINT_URL: value })).toBeNull();
    },
  );
});
