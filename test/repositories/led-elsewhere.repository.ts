import { beforeEach, describe, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files, key, PROVIDER, stateOf } from './change-gaps.ts';

const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const s3 = (...settings: readonly string[]): string =>
  `terraform {\n  backend "s3" {\n    bucket = "states"\n    ${settings.join('\n    ')}\n  }\n}\n`;
const BACKEND = s3('key = "live"');
const OTHER = s3('key = "other"');
const LIVE: Files = { 'live/main.tf': `${PROVIDER}${key()}`, 'live/backend.tf': BACKEND };
const SNAPSHOT: Files = {
  'keydrift.yaml': 'roots:\n  - path: infra\n  - path: live\n    state: live.tfstate\n',
  'live.tfstate': stateOf({}, {}, { arn: keyArn(2), key_id: keyArn(2).split('/')[1] }).replace('6a1e9a52', '7b2f0b63'),
};
const gap = (what = 'key of its s3 backend') =>
  expect.stringMatching(
    new RegExp(
      `^state live: the change leads it to another state \\(${what}\\) than at [0-9a-f]{12}, and nothing shows`,
    ),
  );

const gaps = async (before: Files, change: Files, ...args: readonly string[]) =>
  changeGaps(repo, here.path, { before: { ...LIVE, ...before }, change, args });

/** A plan of the root, made where its backend leads now. */
function plan(action: 'no-op' | 'create'): readonly string[] {
  const values = { arn: keyArn(2), key_id: keyArn(2).split('/')[1] };
  const change =
    action === 'create'
      ? { actions: ['create'], before: null, after: {}, after_unknown: { arn: true } }
      : { actions: ['no-op'], before: values, after: values, after_unknown: {} };
  const address = { address: 'aws_kms_key.k', mode: 'managed', type: 'aws_kms_key', name: 'k' };
  const name = 'registry.terraform.io/hashicorp/aws';
  const planned = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    complete: true,
    planned_values: {},
    resource_changes: [{ ...address, provider_name: name, change }],
    configuration: { root_module: {} },
  };
  repo.commit({ '.gitignore': 'plan.json\n' });
  repo.write({ 'live/plan.json': JSON.stringify(planned) });
  return ['--plan', 'live/plan.json'];
}

describe('a change that leads a root with keys to another state is a gap', () => {
  it.each<readonly [string, Files, Files, string?]>([
    ['by the key of its bucket', {}, { 'live/backend.tf': OTHER }],
    ['also beside a snapshot that settings name', SNAPSHOT, { 'live/backend.tf': OTHER }],
    ['by having no backend any more', {}, { 'live/backend.tf': null }, 'type of its local backend'],
    ['whose keys go with it', {}, { 'live/backend.tf': OTHER, 'live/main.tf': PROVIDER }],
    [
      'whose keys are in a module',
      { 'live/main.tf': `${PROVIDER}module "m" {\n  source = "../m"\n}\n`, 'm/main.tf': key() },
      { 'live/backend.tf': OTHER },
    ],
  ])('%s', async (...[, before, change, what]) => {
    expect(await gaps(before, change)).toEqual([gap(what)]);
  });

  it('also where its plan makes all keys anew', async () => {
    expect(await gaps({}, { 'live/backend.tf': OTHER }, ...plan('create'))).toEqual([gap()]);
  });
});

describe('a change to a backend block is no gap', () => {
  it.each<readonly [string, Files, Files]>([
    ['of how it is asked', {}, { 'live/backend.tf': s3('key = "live"', 'encrypt = true', 'use_lockfile = true') }],
    ['that another file has now', {}, { 'live/backend.tf': null, 'live/versions.tf': BACKEND }],
    ['that is a part of one', { 'live/backend.tf': s3() }, { 'live/backend.tf': OTHER }],
    ['that is its first', { 'live/backend.tf': '# none\n' }, { 'live/backend.tf': OTHER }],
    ['of a root without keys', { 'live/main.tf': PROVIDER }, { 'live/backend.tf': OTHER }],
  ])('%s', async (...[, before, change]) => {
    expect(await gaps(before, change)).toEqual([]);
  });

  it('where a plan made there knows its keys', async () => {
    expect(await gaps({}, { 'live/backend.tf': OTHER }, ...plan('no-op'))).toEqual([]);
  });
});
