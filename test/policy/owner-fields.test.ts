import { describe, expect, it } from '@jest/globals';
import { readGiven } from '../../src/policy/given.ts';
import { ownerFields } from '../../src/policy/owner-fields.ts';

function declaredAliasesOf(given: Readonly<Record<string, unknown>>): unknown {
  const read = readGiven({ standing: 'managed', ...given });
  if ('message' in read) throw new Error(read.message);
  return ownerFields.declaredAliases.read({ record: read.record, asOf: read.context.asOf });
}

describe('the aliases that rules see declared of a key', () => {
  it('are those of states and configuration, never only of KMS', () => {
    const given = { aliases: ['alias/a', 'alias/b'], declaredAliases: ['alias/a'], live: { aliases: ['alias/b'] } };
    expect(declaredAliasesOf(given)).toEqual(['alias/a']);
    expect(declaredAliasesOf({ live: { aliases: ['alias/b'] } })).toEqual([]);
  });

  it.each([
    ['its alias may be another', { declaredAliases: 'its alias may be another' }],
    ['no state was read', { state: 'no state was read' }],
    ['no configuration was given', { configuration: 'no configuration was given' }],
  ])('are Unknown where there are none and %s', (reason, unknown) => {
    expect(() => declaredAliasesOf({ unknown })).toThrow(reason);
    expect(declaredAliasesOf({ unknown, declaredAliases: ['alias/a'] })).toEqual(['alias/a']);
  });
});
