import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { readWorld } from '../support/emulator/world/read.ts';
import { expectFile } from '../support/golden.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const QUICKSTART = join(ROOT, 'examples/quickstart');
const START = join(ROOT, '.build/examples/quickstart/start.js');

const text = (name: string): Promise<string> => readFile(join(QUICKSTART, name), 'utf8');

/** What `npm start` runs after its two builds, which `npm test` makes as well. Rejects when it does not exit 0. */
async function start(reportFile: string) {
  const settings = { AWS_PROFILE: 'somebody', AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:9', COLUMNS: '72' };
  return promisify(execFile)(process.execPath, [START, '-o', 'table', '-o', `json=${reportFile}`], {
    cwd: tmpdir(),
    env: { ...process.env, ...settings },
  });
}

describe('npm start', () => {
  let directory = '';
  let said = { stdout: '', stderr: '' };
  let json = '';
  let report: Report;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keydrift-quickstart-'));
    const file = join(directory, 'report.json');
    said = await start(file);
    json = await readFile(file, 'utf8');
    report = reportSchema.parse(JSON.parse(json));
  }, 60_000);

  afterAll(() => rm(directory, { recursive: true }));

  it('prints the expected report, whatever the day, the directory, the width and the AWS settings', () => {
    expectFile(join(QUICKSTART, 'expected.txt'), said.stdout);
  });

  it('shows its command on stderr, and what a gate would answer', () => {
    expect(said.stderr).toMatch(
      /^\$ keydrift scan .+ --fail-on never --allow-partial\n\nkeydrift: exit 0 \(--fail-on never\); a gate would answer exit 1: 6 critical, \d+ high open .+\n$/,
    );
  });

  it('finds what its README tells, and nothing else', async () => {
    const story = [...(await text('README.md')).matchAll(/^\|[^|]+\|([^|]+)\|[^|]+\|$/gm)].map(
      ([, found]) => found ?? '',
    );
    const told = story.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, rule]) => rule));
    expect([...new Set(report.findings.map(({ rule }) => rule))].sort()).toEqual([...new Set(told)].sort());
  });

  it.each([
    ['1234abcd-12ab-34cd-56ef-1234567890ab', ['origin-mismatch', 'key-material-missing']],
    ['0987dcba-09fe-87dc-65ba-ab0987654321', ['key-store-mismatch', 'key-unavailable']],
  ])("knows of Alice's key %s who made it", (keyId, rules) => {
    const key = report.keys.find((each) => each.keyId === keyId);
    expect(key?.created?.principal).toBe('arn:aws:iam::111122223333:user/Alice');
    expect(report.findings.flatMap(({ key: id, rule }) => (id === key?.id ? [rule] : []))).toEqual(rules);
  });

  it('calls itself incomplete for the one key that nobody may describe', () => {
    expect(report.scan.complete).toBe(false);
    const gaps = report.coverage.filter(({ status }) => status !== 'complete');
    expect(gaps.map(({ permission }) => permission)).toEqual(['kms:DescribeKey']);
  });

  it('reads the errored state and the backup, and takes neither for management', () => {
    const read = report.coverage.flatMap(({ source, locator }) => (source === 'state' ? [locator] : []));
    expect(read).toEqual(['infra/errored.tfstate', 'infra/terraform.tfstate', 'infra/terraform.tfstate.backup']);
    const counted = report.keys.flatMap(({ state }) => state.map(({ source }) => source));
    expect([...new Set(counted)]).toEqual(['infra/terraform.tfstate']);
  });

  it('keeps the key material that the state holds to itself', async () => {
    const secret = /"key_material_base64": "([^"]+)"/.exec(await text('infra/terraform.tfstate'))?.[1] ?? '';
    expect(Buffer.from(secret, 'base64')).toHaveLength(32);
    expect(`${json}${said.stdout}${said.stderr}`).not.toContain(secret);
  });
});

it("the quickstart's world carries AWS's two CreateKey records whole, within CloudTrail's 90 days", async () => {
  const { records } = readWorld(JSON.parse(await text('world.json')));
  const whole = records.flatMap((each) => ('record' in each ? [each] : []));
  expect(whole.map(({ record }) => [record['eventID'], record['eventTime']])).toEqual([
    ['36327b37-f4f6-40a9-92ab-48064ec905a2', '2026-10-10T22:38:27Z'],
    ['c73964b8-703d-49e4-bd9e-f773d0ee1e65', '2026-09-14T17:39:50Z'],
  ]);
});
