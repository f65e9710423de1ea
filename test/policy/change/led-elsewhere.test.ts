import { describe, expect, it } from '@jest/globals';
import type { FormerRoot } from '../../../src/model/change.ts';
import type { Fact } from '../../../src/model/facts.ts';
import { ledElsewhereCoverage } from '../../../src/policy/change/led-elsewhere.ts';
import { declared, held, keyArn, root } from '../../support/facts.ts';

const FORMER: FormerRoot = {
  dir: 'live',
  isCertain: true,
  files: ['live/backend.tf'],
  movedTo: [],
  states: [],
  ledTo: { what: ['key'], type: 's3', places: ['s3://states/new?region=eu-west-1', 's3://states/env:/*/new'] },
};

const gaps = (...facts: readonly Fact[]) =>
  ledElsewhereCoverage(
    { base: 'f'.repeat(40), former: { roots: [FORMER], workspaces: [], given: [] } },
    { facts, coverage: [] },
  );

const block = declared({ root: 'live' });
const at = (source: string) => held(keyArn(1), { source });

describe('a root that is led to another state', () => {
  it.each<readonly [string, readonly Fact[]]>([
    ['of which none was read', [root('live', []), block]],
    ['where the former place alone was read', [root('live', ['s3://states/old']), block, at('s3://states/old')]],
    ['where the new place holds nothing', [root('live', ['s3://states/new']), block]],
    ['where a snapshot holds its keys', [root('live', ['live.tfstate']), at('live.tfstate')]],
    [
      'in one of its workspaces',
      [
        root('live@blue', ['s3://states/new']),
        root('live@green', []),
        block,
        at('s3://states/new'),
        declared({ root: 'live@green' }),
      ],
    ],
  ])('is a gap %s', (_, facts) => {
    expect(gaps(...facts)).toMatchObject([{ source: 'state', locator: 'live', status: 'failed' }]);
  });

  it.each<readonly [string, readonly Fact[]]>([
    ['where the new place was read and holds keys', [root('live', ['s3://states/new']), block, at('s3://states/new')]],
    ['that has no keys', [root('live', [])]],
    ['that nobody reads any more, which is told otherwise', [block]],
  ])('is none %s', (_, facts) => {
    expect(gaps(...facts)).toEqual([]);
  });
});
