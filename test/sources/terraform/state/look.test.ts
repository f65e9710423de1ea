import { createHash } from 'node:crypto';
import { readFile, rm, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { coverageSchema } from '../../../../src/model/coverage.ts';
import type { Progress } from '../../../../src/sources/source.ts';
import { lookAtStates } from '../../../../src/sources/terraform/state/look.ts';
import { byFlag } from '../../../../src/sources/terraform/state/where.ts';
import { type Directory, newDirectory } from './directory.ts';
import { instance, keyResource, LINEAGE, READ_AT, resource, stateOf } from './state-text.ts';

const STATE = stateOf([keyResource()]);
const LOCK = { ID: '1', Operation: 'OperationTypeApply', Info: '', Who: 'a@b', Version: '1.11.4', Path: 'x' };

let directory: Directory;
beforeEach(async () => {
  directory = await newDirectory();
});
afterEach(() => directory.remove());

async function* input(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield new TextEncoder().encode(chunk);
}

const told: Progress[] = [];
const looking = (signal = new AbortController().signal) => ({
  signal,
  now: () => READ_AT,
  onProgress: (progress: Progress) => void told.push(progress),
});

const access = { env: {}, session: null, headers: [] };
const ask = (where: readonly string[], stdin: AsyncIterable<Uint8Array> = input()) => ({
  where: where.map(byFlag),
  cwd: directory.path,
  stdin,
  access,
  withModules: false,
});
const look = (where: readonly string[], stdin?: AsyncIterable<Uint8Array>) =>
  lookAtStates(ask(where, stdin), looking());

describe('looking at states', () => {
  it('covers each with its lineage, serial and digest', async () => {
    await directory.write('a.tfstate', STATE);
    const { facts, coverage, diagnostics } = await look(['a.tfstate']);
    const digest = createHash('sha256').update(JSON.stringify(STATE)).digest('hex');
    expect(coverage).toEqual([
      {
        source: 'state',
        locator: 'a.tfstate',
        status: 'complete',
        state: { lineage: LINEAGE, serial: 4, digest, errored: false, terraformVersion: '1.11.4' },
        readAt: READ_AT,
      },
    ]);
    expect(facts).toMatchObject([{ kind: 'state', source: 'a.tfstate', readAt: READ_AT }]);
    expect(diagnostics).toEqual([]);
  });

  it('yields copies of one lineage alike, superseded or not', async () => {
    await directory.write('terraform.tfstate', STATE);
    await directory.write('copies/old.tfstate', { ...STATE, serial: 3 });
    const { facts, coverage } = await look(['.', 'copies']);
    expect(facts.map(({ kind }) => kind)).toEqual(['state', 'state']);
    expect(coverage.map(({ locator, state }) => [locator, state?.serial])).toEqual([
      ['copies/old.tfstate', 3],
      ['terraform.tfstate', 4],
    ]);
  });

  it('marks what an interrupted apply left in errored.tfstate', async () => {
    await directory.write('envs/errored.tfstate', STATE);
    const { facts, coverage } = await look(['envs']);
    expect(facts).toMatchObject([{ errored: true }]);
    expect(coverage).toMatchObject([{ state: { errored: true } }]);
  });

  it.each([
    ['its state', LINEAGE, { status: 'complete' }],
    [
      'another state',
      'other',
      {
        status: 'partial',
        reason: `left by a crashed apply, and the state it belongs to was not given (lineage ${LINEAGE})`,
      },
    ],
  ])('takes errored.tfstate for whole evidence beside its state only: %s', async (_beside, lineage, expected) => {
    await directory.write('envs/errored.tfstate', STATE);
    await directory.write('envs/terraform.tfstate', { ...STATE, lineage });
    const { coverage } = await look(['envs']);
    expect(coverage.map(({ locator, status, reason }) => ({ locator, status, reason }))).toEqual([
      { locator: 'envs/errored.tfstate', reason: undefined, ...expected },
      { locator: 'envs/terraform.tfstate', status: 'complete', reason: undefined },
    ]);
  });

  it('reads standard input, whole', async () => {
    const text = JSON.stringify(STATE);
    const { facts, coverage } = await look(['-'], input(text.slice(0, 100), text.slice(100)));
    expect(facts).toMatchObject([{ source: '-' }]);
    expect(coverage).toMatchObject([{ locator: '-', status: 'complete' }]);
  });

  it('says how far it is', async () => {
    await directory.write('a.tfstate', STATE);
    await directory.write('b.tfstate', STATE);
    told.length = 0;
    await look(['.']);
    expect(told).toEqual([
      { source: 'state', text: '1 of 2: a.tfstate' },
      { source: 'state', text: '2 of 2: b.tfstate' },
    ]);
  });
});

describe('what is not covered', () => {
  it('a state that is none fails with its reason, and the others are read', async () => {
    await directory.write('a.tfstate', '<html>');
    await directory.write('b.tfstate', STATE);
    await directory.write('c.tfstate', '');
    await symlink('lost', join(directory.path, 'd.tfstate'));
    const { facts, coverage } = await look(['.']);
    expect(facts).toHaveLength(1);
    expect(coverage.map(({ locator, status, reason }) => [locator, status, reason?.split(':')[0]]).sort()).toEqual([
      ['a.tfstate', 'failed', 'HTML or XML, not a state'],
      ['b.tfstate', 'complete', undefined],
      ['c.tfstate', 'failed', 'empty'],
      ['d.tfstate', 'failed', 'cannot be read'],
    ]);
    for (const entry of coverage) expect(coverageSchema.parse(entry)).toEqual(entry);
  });

  it('a state with damaged entries is partial', async () => {
    await directory.write('a.tfstate', stateOf([keyResource(), 7, resource('aws_kms_key', {}, instance({}))]));
    const { facts, coverage } = await look(['a.tfstate']);
    expect(facts).toHaveLength(2);
    expect(coverage).toMatchObject([
      { status: 'partial', reason: 'damaged: resources[1] has no type, and 1 more', state: { serial: 4 } },
    ]);
  });

  it('a directory is partial where state files lie deeper in it', async () => {
    await directory.write('s/a.tfstate', STATE);
    await directory.write('s/deep/er/b.tfstate', STATE);
    const { coverage, recheck } = await look(['s']);
    expect(coverage).toMatchObject([
      { locator: 's', status: 'partial', reason: expect.stringMatching(/^1 state file below it was not read/) },
      { locator: 's/a.tfstate', status: 'complete' },
    ]);
    for (const entry of coverage) expect(coverageSchema.parse(entry)).toEqual(entry);
    expect(await recheck()).toEqual([]);
  });

  it('a directory fails where state files lie deeper in it and its own are none', async () => {
    await directory.write('s/a.tfstate', '');
    await directory.write('s/deep/er/b.tfstate', STATE);
    expect((await look(['s'])).coverage.map(({ locator, status }) => [locator, status])).toEqual([
      ['s', 'failed'],
      ['s/a.tfstate', 'failed'],
    ]);
  });

  it('nothing on standard input', async () => {
    expect((await look(['-'])).coverage).toMatchObject([{ locator: '-', status: 'failed' }]);
  });

  it('standard input that breaks', async () => {
    const broken = {
      async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
        yield new Uint8Array([123]);
        throw Object.assign(new Error('read EIO'), { code: 'EIO' });
      },
    };
    expect((await look(['-'], broken)).coverage).toMatchObject([
      { locator: '-', status: 'failed', reason: 'cannot be read: EIO' },
    ]);
  });

  it('a lock is passed over where nobody named it, and refused where somebody did', async () => {
    await directory.write('a.tfstate', STATE);
    await directory.write('lock.tfstate', LOCK);
    const come = await look(['.']);
    expect(come.coverage).toMatchObject([{ locator: 'a.tfstate', status: 'complete' }]);
    expect(come.diagnostics).toEqual([
      { level: 'info', source: 'state', message: 'lock.tfstate passed over: a state lock, not a state' },
    ]);
    const named = await look(['lock.tfstate']);
    expect(named.coverage).toMatchObject([{ status: 'failed', reason: 'a state lock, not a state' }]);
  });
});

describe('looking again', () => {
  beforeEach(async () => {
    await directory.write('a.tfstate', STATE);
    await directory.write('b.tfstate', { ...STATE, lineage: 'b' });
  });

  it('has nothing to say of states that stayed as they were, touched or not', async () => {
    const { recheck } = await look(['.', '-'], input(JSON.stringify(STATE)));
    await utimes(join(directory.path, 'a.tfstate'), 1, 1);
    expect(await recheck()).toEqual([]);
  });

  it.each<[string, object | string, string]>([
    ['a later serial', { ...STATE, serial: 5 }, 'serial 4, then 5'],
    ['an earlier serial', { ...STATE, serial: 2 }, 'serial 4, then 2'],
    ['other content', { ...STATE, resources: [] }, 'serial 4 with other content'],
    ['another lineage', { ...STATE, lineage: 'other' }, 'serial 4, then another lineage'],
    ['half a state', '{"version": 4', 'serial 4, then truncated: the JSON breaks off in line 1'],
  ])('names the state that has %s', async (_, content, reason) => {
    const { recheck, coverage } = await look(['.']);
    await directory.write('a.tfstate', content);
    const [entry, ...others] = await recheck();
    expect(others).toEqual([]);
    expect(entry).toEqual({
      ...coverage[0],
      status: 'partial',
      reason: `changed during the scan: ${reason}`,
      state: { ...coverage[0]?.state, inDoubt: true },
    });
    expect(coverageSchema.parse(entry)).toEqual(entry);
  });

  it('sees a change that keeps size and time', async () => {
    const { recheck } = await look(['.']);
    const file = join(directory.path, 'a.tfstate');
    const text = await readFile(file, 'utf8');
    await utimes(file, 1, 1);
    await directory.write('a.tfstate', text.replace('"serial":4', '"serial":7'));
    await utimes(file, 1, 1);
    expect(await recheck()).toMatchObject([{ reason: 'changed during the scan: serial 4, then 7' }]);
  });

  it('names the state that is gone', async () => {
    const { recheck } = await look(['.']);
    await rm(join(directory.path, 'b.tfstate'));
    expect(await recheck()).toMatchObject([
      {
        locator: 'b.tfstate',
        status: 'partial',
        reason: 'changed during the scan: serial 4, then cannot be read: no such file or directory',
        state: { lineage: 'b', inDoubt: true },
      },
    ]);
  });

  it('names the state that came while others were read: it may hold what none of them does', async () => {
    const { recheck } = await look(['.']);
    await directory.write('c.tfstate', { ...STATE, lineage: 'c' });
    const [entry, ...others] = await recheck();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ source: 'state', locator: 'c.tfstate', status: 'failed' });
    expect(entry?.reason).toBe('appeared during the scan and was not read');
  });

  it('names each state where all of them are gone', async () => {
    const { recheck } = await look(['.']);
    for (const name of ['a.tfstate', 'b.tfstate']) await rm(join(directory.path, name));
    expect((await recheck()).map(({ locator }) => locator)).toEqual(['a.tfstate', 'b.tfstate']);
  });

  it('leaves alone what was not read the first time', async () => {
    await directory.write('a.tfstate', 'x');
    const { recheck } = await look(['.']);
    await directory.write('a.tfstate', 'y');
    expect(await recheck()).toEqual([]);
  });
});

describe('told to stop', () => {
  const reason = new Error('stop');

  it('stops between states', async () => {
    await directory.write('a.tfstate', STATE);
    await directory.write('b.tfstate', STATE);
    const stop = new AbortController();
    const stopping = { ...looking(stop.signal), onProgress: () => stop.abort(reason) };
    await expect(lookAtStates(ask(['.']), stopping)).rejects.toBe(reason);
  });

  it('stops while standard input is silent', async () => {
    const stop = new AbortController();
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
    const stopping = { ...looking(stop.signal), onProgress: () => queueMicrotask(() => stop.abort(reason)) };
    await expect(lookAtStates(ask(['-'], silent), stopping)).rejects.toBe(reason);
  });

  it('stops before it looks again', async () => {
    await directory.write('a.tfstate', STATE);
    const stop = new AbortController();
    const { recheck } = await lookAtStates(ask(['.']), looking(stop.signal));
    stop.abort(reason);
    await expect(recheck()).rejects.toBe(reason);
  });
});
