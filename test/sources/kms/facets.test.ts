import { describe, expect, it } from '@jest/globals';
import { NEEDS } from '../../../src/model/rule.ts';
import { facetsOf } from '../../../src/sources/kms/facets.ts';

describe('facets', () => {
  it.each([
    [['live', 'created', 'state', 'configuration', 'deletion', 'live.aliases'], []],
    [['live', 'live.rotation', 'live.rotation'], ['rotation']],
    [
      ['live.tags', 'live.policy', 'live.keyStore'],
      ['tags', 'policy', 'keyStore'],
    ],
  ] as const)('of needs %j are %j', (needs, facets) => {
    expect([...facetsOf(needs)]).toEqual(facets);
  });

  it('are all needed by something', () => {
    expect([...facetsOf(NEEDS)].sort()).toEqual(['keyStore', 'policy', 'rotation', 'tags']);
  });
});
