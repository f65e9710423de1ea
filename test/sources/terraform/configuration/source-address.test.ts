import { describe, expect, it } from '@jest/globals';
import { withoutCredentials } from '../../../../src/sources/terraform/configuration/source-address.ts';
import fc from '../../../support/fast-check.ts';

describe('a source without what may be secret in it', () => {
  it.each([
    ['acme/kms/aws', 'acme/kms/aws'],
    ['./modules/kms', './modules/kms'],
    ['git@github.com:acme/kms.git', 'git@github.com:acme/kms.git'],
    ['git::ssh://git@github.com/acme/kms.git//keys?ref=v1', 'git::ssh://github.com/acme/kms.git//keys'],
    ['git::https://user:canary@git.example.com/kms.git', 'git::https://git.example.com/kms.git'],
    ['git::https://user:canary@canary@git.example.com/kms.git', 'git::https://git.example.com/kms.git'],
    ['https://canary@example.com:8443/kms.zip?token=canary', 'https://example.com:8443/kms.zip'],
    ['https://example.com/a@b/kms.zip', 'https://example.com/a@b/kms.zip'],
    ['https://example.com/kms.zip#canary', 'https://example.com/kms.zip'],
    ['https://user:can/ary@example.com/kms.zip', 'https://…'],
    ['https://user:canary@[::1]:8443/kms.zip', 'https://[::1]:8443/kms.zip'],
    ['git::user:canary@git.example.com:acme/kms.git', 'git::git.example.com:acme/kms.git'],
    ['git::http::https://user:canary@@host/x', 'git::http::https://host/x'],
  ])('%s is %s', (source, shown) => {
    expect(withoutCredentials(source)).toBe(shown);
  });

  it('shows no part of any password', () => {
    const part = fc.constantFrom('CANARY', '@', ':', '%40', '//', '/', '[', 'a');
    const password = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => `${parts.join('')}CANARY`);
    const scheme = fc.constantFrom('https://', 'git::https://', 'git::ssh://', 'HTTPS://', 'hg::http://');
    fc.assert(
      fc.property(
        scheme,
        password,
        fc.constantFrom('/x.git', '', '/x?ref=CANARY', '#CANARY'),
        (before, secret, after) => {
          expect(withoutCredentials(`${before}user:${secret}@git.example.com${after}`)).not.toContain('CANARY');
        },
      ),
      { numRuns: 1000 },
    );
  });
});
