import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import { askedOfWitnesses } from '../../src/reporters/table/facts.ts';
import { reportOf } from '../fixtures/report.ts';

const state = (locator: string, lineage: string, serial: number, errored = false): Coverage => ({
  source: 'state',
  locator,
  status: 'complete',
  state: { lineage, serial, digest: `${lineage} ${serial}`, errored, terraformVersion: '1.11.4' },
});

const PROD = state('prod.tfstate', 'prod', 47);

describe('the states that a key was looked for in', () => {
  it.each<[string, readonly Coverage[], readonly string[]]>([
    ['each lineage', [PROD, state('edge.tfstate', 'edge', 3)], ['prod.tfstate', 'edge.tfstate']],
    ['the newest copy of one', [state('prod.tfstate.backup', 'prod', 46), PROD], ['prod.tfstate']],
    ['none that a crashed apply left', [PROD, state('errored.tfstate', 'prod', 48, true)], ['prod.tfstate']],
    ['none that could not be read', [PROD, { source: 'state', locator: 'b', status: 'failed' }], ['prod.tfstate']],
  ])('are %s', (_, coverage, states) => {
    expect(askedOfWitnesses(reportOf({ coverage: [...coverage] })).states).toEqual(states);
  });
});
