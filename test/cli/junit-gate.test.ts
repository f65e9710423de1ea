import { expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { drifted, having } from './seen.ts';

const here = scratch();

it.each([
  ['high', '1', 'failures="2"'],
  ['critical', '0', 'failures="0"'],
])('with --fail-on %s, exit %s, JUnit has %s', async (failOn, code, failures) => {
  const host = memoryHost({ cwd: here.path });
  expect(`${await run(['scan', '-o', 'junit', '--fail-on', failOn], host, having(drifted))}`).toBe(code);
  expect(host.said.stdout).toMatch(new RegExp(`<testsuites name="keydrift" tests="\\d+" ${failures} `));
});
