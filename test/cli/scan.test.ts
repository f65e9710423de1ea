import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Collect } from '../../src/cli/cli.ts';
import { run } from '../../src/cli/run.ts';
import { InterruptedError, UserError } from '../../src/errors.ts';
import { NO_OWNERSHIP } from '../../src/model/ownership.ts';
import { reportSchema } from '../../src/model/report.ts';
import { DAY, HOUR, MINUTE } from '../../src/model/time.ts';
import type { CollectRequest } from '../../src/scan.ts';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { type MemoryHostOptions, memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { clean, drifted, gapped, having, unseen } from './seen.ts';

const here = scratch();
const hostHere = (options: MemoryHostOptions = {}) => memoryHost({ cwd: here.path, ...options });
const never: Collect = () => Promise.reject(new TypeError('this scan looks at nothing'));

describe("keydrift scan's exit code", () => {
  it.each([
    ['an unmanaged key', drifted, [], 1],
    ['an unmanaged key that the gate lets pass', drifted, ['--fail-on', 'critical'], 0],
    ['no finding', clean, [], 0],
    ['a gap', gapped, [], 3],
    ['a gap that is allowed', gapped, ['--allow-partial'], 0],
    ['nothing seen', unseen, [], 2],
    ['a finding, in Terraform order', drifted, ['--detailed-exitcode'], 2],
    ['a gap, in Terraform order', gapped, ['--detailed-exitcode'], 1],
    ['nothing seen, in Terraform order', unseen, ['--detailed-exitcode'], 1],
  ])('%s', async (_, seen, flags, code) => {
    const host = hostHere();
    expect(await run(['scan', ...flags], host, having(seen))).toBe(code);
    expect(host.said.stdout).toContain('keydrift 0.1.0');
    expect(host.said.stderr).toMatch(code === 0 ? /^$/ : new RegExp(`^keydrift: exit ${code}: .+\n$`));
  });

  it('is 0 with --fail-on never, and stderr tells what a gate would answer', async () => {
    const host = hostHere();
    expect(await run(['scan', '--fail-on', 'never'], host, having(drifted))).toBe(0);
    expect(host.said.stderr).toMatch(
      /^keydrift: exit 0 \(--fail-on never\); a gate would answer exit 1: 1 high open.*\n$/,
    );
  });
});

describe('what keydrift scan looks at', () => {
  async function requestOf(...flags: string[]): Promise<CollectRequest | undefined> {
    let asked: CollectRequest | undefined;
    const collect: Collect = async (request) => {
      asked = request;
      return clean;
    };
    expect(await run(['scan', ...flags], hostHere(), collect)).toBe(0);
    return asked;
  }

  it('without flags: the profile, its Region and its event history', async () => {
    expect(await requestOf()).toEqual({
      regions: [],
      states: [],
      stateHeaders: [],
      roots: [],
      configDirs: [],
      varFiles: [],
      plans: [],
      pulumi: [],
      estate: 'partial',
      ownership: NO_OWNERSHIP,
      events: 'lookup',
      sinceMs: 90 * DAY,
      graceMs: HOUR,
      needs: new Set(['live', 'state']),
      tool: { name: 'keydrift', version: '0.1.0' },
    });
  });

  it('with every flag', async () => {
    const states = ['--state', 'a.tfstate', '--state', '-'];
    const where = ['--region', 'eu-west-1', '--region', 'us-gov-west-1', '--profile', 'audit', '--config-dir', 'infra'];
    const more = ['--var-file', 'a.tfvars', '--plan', 'plan.json', '--pulumi', 'network.json'];
    const how = ['--estate', 'complete', '--events', 'off', '--since', '30d', '--grace', '5m', '--as-of', '2026-11-23'];
    expect(await requestOf(...states, ...where, ...more, ...how)).toMatchObject({
      regions: ['eu-west-1', 'us-gov-west-1'],
      profile: 'audit',
      states: [
        { where: 'a.tfstate', from: 'flag' },
        { where: '-', from: 'flag' },
      ],
      configDirs: ['infra'],
      varFiles: [here.file('a.tfvars')],
      plans: ['plan.json'],
      pulumi: [{ file: 'network.json' }],
      estate: 'complete',
      events: 'off',
      sinceMs: 30 * DAY,
      graceMs: 5 * MINUTE,
      asOf: '2026-11-23T00:00:00.000Z',
    });
  });
});

describe('settings', () => {
  const SETTINGS = `
regions: [eu-west-1]
state: a.tfstate
estate: complete
ownership:
  deployers: ["arn:aws:iam::111122223333:role/ci"]
owners:
  - { name: search, stack: search-* }
  - { name: network, pulumi: network.json }
ignore-tags: ["cost:*"]
roots:
  - { path: infra, regions: [eu-west-1] }
`;
  async function requestWith(text: string, file: string, ...flags: string[]): Promise<CollectRequest | undefined> {
    await writeFile(here.file(file), text);
    let asked: CollectRequest | undefined;
    const collect: Collect = async (request) => {
      asked = request;
      return clean;
    };
    const host = hostHere();
    expect([await run(['scan', ...flags], host, collect), host.said.stderr]).toEqual([0, '']);
    return asked;
  }

  it('are found, and hold where no flag says otherwise', async () => {
    expect(await requestWith(SETTINGS, 'keydrift.yaml')).toMatchObject({
      regions: ['eu-west-1'],
      states: [{ where: here.file('a.tfstate'), from: 'repository' }],
      estate: 'complete',
      roots: [{ dir: here.file('infra'), regions: ['eu-west-1'] }],
      pulumi: [{ name: 'network', file: here.file('network.json') }],
      ownership: {
        deployers: ['arn:aws:iam::111122223333:role/ci'],
        owners: [{ name: 'search', stack: 'search-*' }],
        ignoreTags: ['cost:*'],
      },
    });
  });

  it('yield to flags, list by list', async () => {
    const flags = ['--region', 'us-east-1', '--estate', 'partial', '--pulumi', 'x.json'];
    expect(await requestWith(SETTINGS, 'keydrift.yaml', ...flags)).toMatchObject({
      regions: ['us-east-1'],
      states: [{ where: here.file('a.tfstate'), from: 'repository' }],
      estate: 'partial',
      pulumi: [{ file: 'x.json', name: undefined }],
    });
  });

  it.each<[string, string, string[], string]>([
    ['of the states that they name', 'state: a.tfstate\nestate: complete', [], 'complete'],
    ['of no others', 'state: a.tfstate\nestate: complete', ['--state', 'b.tfstate'], 'partial'],
    ['of no others than those of their roots', 'roots: [{path: a}]\nestate: complete', ['--state', 'b'], 'partial'],
    ['unless a flag says it', 'state: a\nestate: partial', ['--state', 'b', '--estate', 'complete'], 'complete'],
    ['of those that are given where they name none', 'estate: complete', ['--state', 'b.tfstate'], 'complete'],
  ])('vouch for the estate %s', async (_, text, flags, estate) => {
    expect(await requestWith(text, 'keydrift.yaml', ...flags)).toMatchObject({ estate });
  });

  it('of --config count in place of those that would be found', async () => {
    await writeFile(here.file('keydrift.yaml'), 'regions: [us-east-1]');
    expect(await requestWith(SETTINGS, 'ours.yaml', '--config', 'ours.yaml')).toMatchObject({ regions: ['eu-west-1'] });
  });

  it.each([
    ['keydrift.yaml', [], /^keydrift: keydrift\.yaml:2:1: no such field: "rots" \(did you mean "roots"\?\)\n$/],
    ['odd.yaml', ['--config', 'odd.yaml'], /^keydrift: odd\.yaml:2:1: no such field: "rots"/],
    ['keydrift.yml', [], /^keydrift: .*keydrift\.yml: settings are named keydrift\.yaml: rename it\n$/],
  ])('are refused with their place before anything is looked at: %s', async (file, flags, message) => {
    await writeFile(here.file(file), 'estate: partial\nrots: []\n');
    for (const command of [['scan'], ['collect', '--save-inventory', 'keys.ndjson']]) {
      const host = hostHere();
      expect(await run([...command, ...flags], host, never)).toBe(2);
      expect(host.said.stderr).toMatch(message);
    }
  });

  it('say where a saved inventory is judged what is accepted there, not where to look', async () => {
    await writeInventory(here.file('keys.ndjson'), drifted, hostHere().signal);
    await writeFile(here.file('keydrift.yaml'), 'regions: [eu-west-2]\nstate: nowhere.tfstate\n');
    expect(await run(['scan', '--inventory', 'keys.ndjson'], hostHere(), never)).toBe(1);
    await writeFile(here.file('keydrift.yaml'), 'rots: []');
    expect(await run(['scan', '--inventory', 'keys.ndjson'], hostHere(), never)).toBe(2);
  });
});

describe('keydrift scan --inventory', () => {
  it('of a report says what shows reports', async () => {
    await run(['scan', '-o', 'json=report.json'], hostHere(), having(drifted));
    const host = hostHere();
    expect(await run(['scan', '--inventory', 'report.json'], host, never)).toBe(2);
    expect(host.said).toEqual({
      stdout: '',
      stderr: 'keydrift: --inventory report.json: that is a report, judged already: keydrift report FILE shows it\n',
    });
  });
});

describe("keydrift scan's outputs", () => {
  it('one to stdout, others to files', async () => {
    const host = hostHere();
    await run(['scan', '-o', 'json', '-o', 'table=report.txt', '-o', 'json=report.json'], host, having(drifted));
    const report = reportSchema.parse(JSON.parse(host.said.stdout));
    expect(report.summary.findings.high).toBe(1);
    expect(await readFile(here.file('report.json'), 'utf8')).toBe(host.said.stdout);
    expect(await readFile(here.file('report.txt'), 'utf8')).toContain('unmanaged-key');
    expect((await readdir(here.path)).sort()).toEqual(['report.json', 'report.txt']);
  });

  it('to a file alone leaves stdout empty', async () => {
    const host = hostHere();
    await run(['scan', '--output=json=report.json'], host, having(clean));
    expect(host.said.stdout).toBe('');
  });

  it.each([
    ['two on stdout', ['-o', 'json', '-o', 'table']],
    ['two on stdout, one by name', ['-o', 'json=-', '-o', 'table']],
    ['two in one file', ['-o', 'json=out', '-o', 'table=./out']],
    ['a report and an inventory in one file', ['-o', 'json=out', '--save-inventory', 'out']],
  ])('%s are refused before anything is looked at', async (_, flags) => {
    const host = hostHere();
    expect(await run(['scan', ...flags], host, never)).toBe(2);
    expect(host.said.stderr).toMatch(/^keydrift: two outputs go to .+\n$/);
    expect(host.said.stdout).toBe('');
  });

  it('a file that cannot be written is said before stdout says that all is done', async () => {
    const host = hostHere();
    expect(await run(['scan', '-o', 'table', '-o', 'json=none/report.json'], host, having(clean))).toBe(2);
    expect(host.said.stdout).toBe('');
    expect(host.said.stderr).toBe(
      `keydrift: cannot write ${here.file('none/report.json')}: there is no directory ${here.file('none')}; make it first\n`,
    );
  });

  it.each([
    ['a terminal', { columns: 120 }, true],
    ['a terminal with NO_COLOR', { columns: 120, env: { NO_COLOR: '1' } }, false],
    ['a terminal with an empty NO_COLOR', { columns: 120, env: { NO_COLOR: '' } }, true],
    ['a terminal without colours', { columns: 120, env: { TERM: 'dumb' } }, false],
    ['a pipe', {}, false],
  ])('are coloured on %s: %#', async (_, options, colored) => {
    const host = hostHere(options);
    await run(['scan'], host, having(drifted));
    expect(host.said.stdout.includes('\u001b[')).toBe(colored);
  });
});

describe('a saved inventory', () => {
  it('is judged again to the same bytes, without looking', async () => {
    const first = hostHere();
    await run(['scan', '-o', 'json', '--save-inventory', 'keys.ndjson.gz'], first, having(drifted));
    expect((await stat(here.file('keys.ndjson.gz'))).mode & 0o777).toBe(0o600);
    const second = hostHere();
    expect(await run(['scan', '-o', 'json', '--inventory', 'keys.ndjson.gz'], second, never)).toBe(1);
    expect(second.said.stdout).toBe(first.said.stdout);
  });

  it('keeps its own estate and time unless a flag says otherwise', async () => {
    await writeInventory(here.file('keys.ndjson'), drifted, hostHere().signal);
    const host = hostHere();
    const flags = ['--inventory', 'keys.ndjson', '--estate', 'partial', '--as-of', '2026-12-01T00:00:00Z'];
    expect(await run(['scan', '-o', 'json', ...flags], host, never)).toBe(0);
    expect(JSON.parse(host.said.stdout).scan).toMatchObject({ estate: 'partial', asOf: '2026-12-01T00:00:00.000Z' });
  });

  it.each([
    ['scan --inventory keys.ndjson', 0],
    ['scan --inventory keys.ndjson --grace 1h', 1],
    ['report keys.ndjson', 0],
    ['report keys.ndjson --grace 1h', 1],
  ])('keeps its own grace unless a flag says otherwise: %s', async (line, code) => {
    const patient = { ...drifted, header: { ...drifted.header, graceMs: 30 * DAY } };
    await writeInventory(here.file('keys.ndjson'), patient, hostHere().signal);
    expect(await run(line.split(' '), hostHere(), never)).toBe(code);
  });

  it.each([
    ['--region', 'eu-west-1'],
    ['--profile', 'audit'],
    ['--state', 'a'],
    ['--state-header', 'host=A: b'],
    ['--config-dir', '.'],
    ['--var-file', 'a.tfvars'],
    ['--plan', 'plan.json'],
    ['--pulumi', 'network.json'],
    ['--events', 'off'],
    ['--since', '1d'],
    ['--save-inventory', 'b'],
  ])('does not go with %s', async (flag, value) => {
    const host = hostHere();
    expect(await run(['scan', '--inventory', 'keys.ndjson', flag, value], host, never)).toBe(2);
    expect(host.said.stderr).toMatch(
      new RegExp(`^keydrift: option '--inventory <file>' cannot be used with option '${flag} .+\n$`),
    );
  });
});

describe('when it goes wrong', () => {
  it('what the user can mend is one harmless line', async () => {
    const host = hostHere();
    const collect: Collect = () => Promise.reject(new UserError('no\ncredentials \u001b[2J'));
    expect(await run(['scan'], host, collect)).toBe(2);
    expect(host.said).toEqual({ stdout: '', stderr: 'keydrift: no credentials \\u001b[2J\n' });
  });

  it('a bug keeps its stack', async () => {
    const host = hostHere();
    const collect: Collect = () => Promise.reject(new TypeError('no such thing'));
    expect(await run(['scan'], host, collect)).toBe(2);
    expect(host.said.stderr).toMatch(/^keydrift: this is a bug in keydrift 0\.1\.0.+\nTypeError: no such thing\n +at /);
    expect(host.said.stdout).toBe('');
  });
  it('a bug commands no CI runner', async () => {
    const host = hostHere();
    const collect: Collect = () => Promise.reject(new TypeError('no such thing\n::add-mask::x'));
    expect(await run(['scan'], host, collect)).toBe(2);
    expect(host.said.stderr).toContain('no such thing\n\\u003a:add-mask::x');
    expect(host.said.stdout).toBe('');
  });

  it.each(['--detailed-exitcode', '--detailed-exitcode --sate x'])(
    'in Terraform order an error is 1: %s',
    async (flags) => {
      const collect: Collect = () => Promise.reject(new UserError('no credentials'));
      expect(await run(['scan', ...flags.split(' ')], hostHere(), collect)).toBe(1);
    },
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s says nothing that looks finished', async (signal, code) => {
    const host = hostHere();
    const collect: Collect = async () => {
      host.interrupt(new InterruptedError(signal));
      return drifted;
    };
    const flags = ['-o', 'json', '-o', 'table=report.txt', '--save-inventory', 'keys.ndjson'];
    expect(await run(['scan', ...flags], host, collect)).toBe(code);
    expect(host.said).toEqual({ stdout: '', stderr: 'keydrift: interrupted\n' });
    expect(await readdir(here.path)).toEqual([]);
  });

  it('however a source dies of the interruption, it is an interruption', async () => {
    const host = hostHere();
    const collect: Collect = async () => {
      host.interrupt(new InterruptedError('SIGINT'));
      throw new Error('socket hang up');
    };
    expect(await run(['scan'], host, collect)).toBe(130);
    expect(host.said.stderr).toBe('keydrift: interrupted\n');
  });
});
