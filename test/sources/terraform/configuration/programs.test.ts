import { describe, expect, it } from '@jest/globals';
import type { ConfigurationAliasFact, ConfigurationFact, Fact } from '../../../../src/model/facts.ts';
import { EVERYWHERE } from '../../../../src/model/reach.ts';
import { eitherWay } from '../../../../src/sources/terraform/configuration/programs.ts';
import { declared, T } from '../../../support/facts.ts';

const REASON = 'Terraform and OpenTofu read different files here, and it is not known which of them is used';

const walked = (...facts: readonly Fact[]) => ({ facts, failures: [], unread: [], reach: EVERYWHERE });
const key = (over: Partial<ConfigurationFact> = {}) => declared({ region: 'eu-west-1', ...over });
const alias = (over: Partial<ConfigurationAliasFact> = {}): ConfigurationAliasFact => ({
  kind: 'configuration-alias',
  address: 'aws_kms_alias.a',
  root: '.',
  path: 'main.tf',
  line: 5,
  instances: 'one',
  name: 'alias/a',
  keys: ['aws_kms_key.this'],
  targetKeyArn: null,
  targetKeyId: null,
  readAt: T.states,
  ...over,
});

describe('what either program makes of the aliases of a root', () => {
  it('is theirs where both say the same', () => {
    const one = walked(key({ aliases: ['alias/a'] }), alias());
    expect(eitherWay(one, one).facts).toEqual(one.facts);
  });

  it('is not known where they name a key otherwise, and leaves all else of the key as it is', () => {
    const { facts } = eitherWay(
      walked(key({ aliases: ['alias/a'] }), alias()),
      walked(key({ aliases: ['alias/b'] }), alias({ name: 'alias/b' })),
    );
    const open = { instances: 'unknown' as const, open: REASON };
    expect(facts).toEqual([key({ unknownAliases: REASON }), alias(open), alias({ name: 'alias/b', ...open })]);
  });

  it('may be of one of them alone', () => {
    const { facts } = eitherWay(walked(key({ aliases: ['alias/a'] }), alias()), walked(key()));
    expect(facts).toEqual([key({ unknownAliases: REASON }), alias({ instances: 'unknown', open: REASON })]);
  });

  it('says nothing of the key store where they refer to different ones', () => {
    const refers = (name: string) => walked(key({ customKeyStore: `aws_kms_custom_key_store.${name}` }));
    expect(eitherWay(refers('a'), refers('a')).facts).toEqual(refers('a').facts);
    const [told] = eitherWay(refers('a'), refers('b')).facts;
    expect(told).not.toHaveProperty('customKeyStore');
  });
});
