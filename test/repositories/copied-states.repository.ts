import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { type Files, key, PROVIDER } from './change-gaps.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const LINEAGE = '6a1e9a52-0000-4000-8000-000000000001';

interface Held {
  readonly serial?: number;
  readonly lineage?: string;
  /** Keys by the names of their resources, as numbers. */
  readonly keys?: Readonly<Record<string, number>>;
}

/** Without any of that: the state of the root at its start. */
const state = ({ serial = 3, lineage = LINEAGE, keys = { k: 1 } }: Held = {}): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial,
    lineage,
    resources: Object.entries(keys).map(([name, number]) => ({
      mode: 'managed',
      type: 'aws_kms_key',
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: keyArn(number), key_id: keyArn(number).split('/')[1], multi_region: false } }],
    })),
  });

const STATE = 'infra/terraform.tfstate';
const BASE: Files = { 'infra/main.tf': `${PROVIDER}${key()}`, [STATE]: state() };
const COPIED: Files = { 'copy/main.tf': `${PROVIDER}${key()}`, 'copy/terraform.tfstate': state() };
const REMOVED: Files = { 'infra/main.tf': PROVIDER };

interface Outcome {
  readonly code: number;
  readonly findings: readonly string[];
  readonly gaps: readonly string[];
}

/** What counts in a check of a change, and what it leaves open. */
async function check(before: Files, change: Files): Promise<Outcome> {
  repo.commit({ ...BASE, ...before });
  repo.commit(change);
  const host = memoryHost({
    cwd: repo.dir,
    env: { PATH: process.env['PATH'], HOME: here.path },
    packageRoot: resolve('.'),
  });
  const output = here.file('report.json');
  const code = await run(['check', '--changed-since', 'HEAD~1', '-o', `json=${output}`], host);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  return {
    code,
    findings: report.findings
      .filter(({ outsideChange }) => outsideChange !== true)
      .map(({ rule, root, message }) => `${rule} in ${root ?? '.'}: ${message.split(';', 1)[0]}`),
    gaps: report.coverage
      .filter(({ status }) => status !== 'complete')
      .map(({ source, locator, reason = '' }) => `${source} ${locator}: ${reason}`),
  };
}

const CLEAN: Outcome = { code: 0, findings: [], gaps: [] };
const destroyed = (root: string) =>
  expect.stringMatching(
    `^destroy-planned in ${root}: the next apply destroys aws_kms_key.k: no block declares it(, in ${root})?$`,
  );

describe('a key in copies of one state that several roots have', () => {
  it.each<readonly [string, Files, Files, string]>([
    ['the change removes it in one of them', COPIED, REMOVED, 'infra'],
    ['and in the one with the older state', { ...COPIED, [STATE]: state({ serial: 2 }) }, REMOVED, 'infra'],
    ['and in the copy', COPIED, { 'copy/main.tf': PROVIDER }, 'copy'],
    ['the change brings the copy', {}, { ...COPIED, ...REMOVED }, 'infra'],
    [
      'the change brings a newer one without it',
      {},
      { ...REMOVED, 'copy/main.tf': PROVIDER, 'copy/terraform.tfstate': state({ serial: 9, keys: {} }) },
      'infra',
    ],
  ])('is judged in each: %s', async (_, before, change, root) => {
    expect(await check(before, change)).toEqual({ code: 1, findings: [destroyed(root)], gaps: [] });
  });

  it('is judged in each: the change replaces it in one of them', async () => {
    const { findings } = await check(COPIED, { 'infra/main.tf': `${PROVIDER}${key('multi_region = true')}` });
    expect(findings).toEqual([
      'replacement-planned in infra: the next apply replaces aws_kms_key.k: multiRegion is declared true, but is false, in infra',
    ]);
  });

  it.each<readonly [string, Files, Files]>([
    ['an environment is copied with its state', {}, COPIED],
    ['one of them tags it', COPIED, { 'infra/main.tf': `${PROVIDER}${key('tags = { a = "b" }')}` }],
    [
      'one of them made another since, and has the newer state',
      { ...COPIED, 'copy/terraform.tfstate': state({ serial: 9, keys: { k: 1, l: 2 } }) },
      {
        'copy/main.tf': `${PROVIDER}${key()}${key().replace('"k"', '"l"')}`,
        'infra/main.tf': `${PROVIDER}${key('description = "K"')}`,
      },
    ],
    ['one of them let go of it, with its block', COPIED, { ...REMOVED, [STATE]: state({ serial: 4, keys: {} }) }],
    [
      'the other has drifted from its state long ago',
      { ...COPIED, 'copy/main.tf': PROVIDER },
      { 'infra/main.tf': `${PROVIDER}${key('description = "K"')}` },
    ],
    [
      'its root has another place, and takes its state along',
      {},
      { infra: null, 'live/main.tf': `${PROVIDER}${key()}`, 'live/terraform.tfstate': state() },
    ],
  ])('nothing happens to it: %s', async (_, before, change) => {
    expect(await check(before, change)).toEqual(CLEAN);
  });
});

const TWIN = 'infra/terraform.tfstate.d/blue/terraform.tfstate';
const takenBy = (by: string, serial = 9, of = STATE) =>
  expect.stringMatching(
    `^state ${by}: the change has it count in place of ${of}, which is of the same lineage \\(serial 3 before ${serial}\\) and holds 1 key otherwise, so that what becomes of it there is not known: give the plan of its root with --plan, or say `,
  );

describe('a state that the change has count in place of another of its root', () => {
  it.each<readonly [string, Files, Files]>([
    ['without the key', {}, { ...REMOVED, [TWIN]: state({ serial: 9, keys: {} }) }],
    [
      'with the key at another address',
      {},
      { 'infra/main.tf': `${PROVIDER}${key().replace('"k"', '"l"')}`, [TWIN]: state({ serial: 9, keys: { l: 1 } }) },
    ],
    [
      'further on than before',
      { [TWIN]: state({ serial: 2 }) },
      { ...REMOVED, [TWIN]: state({ serial: 9, keys: {} }) },
    ],
    [
      'of this lineage now',
      { [TWIN]: state({ lineage: 'blue', keys: {} }) },
      { ...REMOVED, [TWIN]: state({ serial: 9, keys: {} }) },
    ],
  ])('is a gap: %s', async (_, before, change) => {
    expect(await check(before, change)).toEqual({ code: 3, findings: [], gaps: [takenBy(TWIN)] });
  });

  it.each<readonly [string, Files, Files]>([
    ['its own, after an apply', {}, { ...REMOVED, [STATE]: state({ serial: 4, keys: {} }) }],
    ['its own, and that of a workspace', {}, { [STATE]: state({ serial: 4 }), [TWIN]: state({ lineage: 'blue' }) }],
    ['a twin with the same key', {}, { [TWIN]: state({ serial: 9, keys: { k: 1 } }) }],
    [
      'a twin that counted before',
      { ...REMOVED, [TWIN]: state({ serial: 8, keys: {} }) },
      { 'infra/main.tf': `${PROVIDER}# K\n`, [TWIN]: state({ serial: 9, keys: {} }) },
    ],
    ['an older one', {}, { [TWIN]: state({ serial: 2, keys: {} }) }],
    [
      'one that the key was moved from, to the state of another root',
      { 'other/main.tf': PROVIDER, 'other/terraform.tfstate': state({ lineage: 'other', keys: {} }) },
      {
        ...REMOVED,
        [TWIN]: state({ serial: 9, keys: {} }),
        'other/main.tf': `${PROVIDER}${key()}`,
        'other/terraform.tfstate': state({ lineage: 'other', serial: 4 }),
      },
    ],
  ])('is none: %s', async (_, before, change) => {
    expect((await check(before, change)).gaps).toEqual([]);
  });
});

describe('a state that several roots lead to', () => {
  const SHARED: Files = {
    'copy/main.tf': `${PROVIDER}${key()}terraform {\n  backend "local" {\n    path = "../${STATE}"\n  }\n}\n`,
  };

  it.each<readonly [string, Files, string]>([
    ['removes', REMOVED, 'infra'],
    ['replaces', { 'infra/main.tf': `${PROVIDER}${key('multi_region = true')}` }, 'infra'],
    ['removes from the other', { 'copy/main.tf': SHARED['copy/main.tf']?.replace(key(), '') ?? null }, 'copy'],
  ])('is a gap where the change %s a key of one of them', async (_, change, root) => {
    const { code, gaps } = await check(SHARED, change);
    expect({ code, gaps }).toEqual({
      code: 3,
      gaps: [
        expect.stringMatching(
          `^configuration ${root}: by the change an apply here destroys or replaces aws_kms_key.k, where it is of this state: (copy and infra|infra and copy) share ${STATE}; give its plan with --plan$`,
        ),
      ],
    });
  });

  it.each<readonly [string, Files, Files]>([
    ['tags it', SHARED, { 'infra/main.tf': `${PROVIDER}${key('tags = { a = "b" }')}` }],
    [
      'moves it',
      SHARED,
      {
        'infra/main.tf': `${PROVIDER}${key().replace('"k"', '"l"')}moved {\n  from = aws_kms_key.k\n  to   = aws_kms_key.l\n}\n`,
      },
    ],
    ['alters a root that never declared it', { ...SHARED, ...REMOVED }, { 'infra/main.tf': `${PROVIDER}# K\n` }],
  ])('is none where the change %s', async (_, before, change) => {
    const { code, gaps } = await check(before, change);
    expect({ code, gaps }).toEqual({ code: 0, gaps: [] });
  });
});
