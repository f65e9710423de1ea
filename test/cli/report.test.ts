import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { INCOMPLETE } from '../../src/sources/inventory/read.ts';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { drifted, having } from './seen.ts';

const here = scratch();

async function answerTo(...args: string[]) {
  const host = memoryHost({ cwd: here.path });
  const code = await run(['report', ...args], host, () => Promise.reject(new TypeError('report looks at nothing')));
  return { code, ...host.said };
}

beforeEach(async () => {
  const host = memoryHost({ cwd: here.path });
  await writeInventory(here.file('keys.ndjson'), drifted, host.signal);
  await run(['scan', '-o', 'json=report.json', '-o', 'table=report.txt'], host, having(drifted));
});

describe('keydrift report', () => {
  it.each(['keys.ndjson', 'report.json'])('shows %s as the scan did, and answers the same', async (file) => {
    const table = await answerTo(file);
    expect(table).toMatchObject({ code: 1, stdout: await readFile(here.file('report.txt'), 'utf8') });
    expect(table.stderr).toMatch(/^keydrift: exit 1: 1 high open/);
    const json = await answerTo(file, '-o', 'json', '--fail-on', 'critical');
    expect(json).toEqual({ code: 0, stdout: await readFile(here.file('report.json'), 'utf8'), stderr: '' });
  });

  it('judges a saved inventory for another estate and time', async () => {
    const { code, stdout } = await answerTo(
      'keys.ndjson',
      '-o',
      'json',
      '--estate',
      'partial',
      '--as-of',
      '2026-12-24',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).scan).toMatchObject({ estate: 'partial', asOf: '2026-12-24T00:00:00.000Z' });
  });

  it('judges a saved inventory by the settings found here, and shows a report by them', async () => {
    await writeFile(here.file('keydrift.yaml'), 'fail-on: critical');
    for (const file of ['keys.ndjson', 'report.json']) {
      expect(await answerTo(file)).toMatchObject({ code: 0, stderr: '' });
      expect(await answerTo(file, '--fail-on', 'high')).toMatchObject({ code: 1 });
    }
    await writeFile(here.file('other.yaml'), 'grace: 30d');
    expect(await answerTo('keys.ndjson', '--config', 'other.yaml')).toMatchObject({ code: 0 });
  });

  it('leaves the estate to the inventory, and whose keys are whose unless the settings say', async () => {
    const standings = async () => JSON.parse((await answerTo('keys.ndjson', '-o', 'json')).stdout).summary.standings;
    await writeFile(here.file('keydrift.yaml'), 'estate: partial\nregions: [us-east-1]');
    expect(await standings()).toMatchObject({ managed: 1, unmanaged: 1, 'out-of-scope': 0 });
    await writeFile(here.file('keydrift.yaml'), 'ownership: { accounts: ["444455556666"] }');
    expect(await standings()).toMatchObject({ managed: 0, unmanaged: 0, 'out-of-scope': 2 });
  });

  it.each([
    ['--estate', 'partial'],
    ['--grace', '2h'],
    ['--as-of', '2026-12-24'],
  ])('does not judge a report again: %s', async (flag, value) => {
    const { code, stdout, stderr } = await answerTo('report.json', flag, value);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`keydrift: report.json is a report, judged already: ${flag} needs the saved inventory\n`);
  });

  it('of half an inventory is never clean and never says unmanaged', async () => {
    const text = await readFile(here.file('keys.ndjson'), 'utf8');
    await writeFile(here.file('half.ndjson'), text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
    const { code, stdout } = await answerTo('half.ndjson', '-o', 'json');
    const report = JSON.parse(stdout);
    expect(code).toBe(3);
    expect(report.scan.complete).toBe(false);
    expect(report.summary.standings).toMatchObject({ unmanaged: 0, unclaimed: 0, missing: 0, undetermined: 2 });
    expect(JSON.stringify(report.coverage)).toContain(INCOMPLETE);
  });

  it('of what is neither is one line', async () => {
    await writeFile(here.file('terraform.tfstate'), '{"version":4}');
    const { code, stdout, stderr } = await answerTo('terraform.tfstate');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keydrift: .*terraform\.tfstate: neither a saved inventory nor a JSON report.*\n$/);
  });
});
