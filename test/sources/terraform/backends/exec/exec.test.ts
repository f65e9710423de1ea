import { existsSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Directory, newDirectory } from '../../state/directory.ts';
import { lookAt } from '../../state/looking.ts';
import { keyResource, stateOf } from '../../state/state-text.ts';

const STATE = JSON.stringify(stateOf([keyResource()]));
const CANARY = 'canary-0123456789';

let directory: Directory;
beforeEach(async () => {
  directory = await newDirectory();
  await directory.write('infra/main.tf', '');
});
afterEach(() => directory.remove());

/** Programs that are scripts, on a PATH of their own. */
async function program(name: string, script: string): Promise<void> {
  await directory.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  await chmod(join(directory.path, 'bin', name), 0o755);
}
const prints = (lineage: string) => `echo '${STATE.replace(/"lineage":"[^"]*"/, `"lineage":"${lineage}"`)}'`;
/** A program that was ended stays known until its parent has heard of it. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const look = (where: string, env: Record<string, string> = {}, signal?: AbortSignal) =>
  lookAt([where], {
    cwd: directory.path,
    env: { PATH: `bin:.:${directory.path}/bin:/usr/bin:/bin`, ...env },
    ...(signal === undefined ? {} : { signal }),
  });

describe('state pull', () => {
  it('is run in the directory, without a question', async () => {
    await program('terraform', `[ "$TF_INPUT$TF_IN_AUTOMATION" = 01 ] && [ "$*" = "state pull" ] && cat pulled.json`);
    await directory.write('infra/pulled.json', STATE);
    const { coverage, facts, locatorsOf } = await look('exec:infra');
    expect(coverage).toMatchObject([{ locator: 'exec:infra', status: 'complete', state: { serial: 4 } }]);
    expect(facts).toMatchObject([{ source: 'exec:infra' }]);
    expect(locatorsOf('exec:infra')).toEqual(['exec:infra']);
  });

  it.each<[string, string, string | undefined, readonly string[], string]>([
    ['terraform', 'exec:infra', undefined, ['terraform', 'tofu', 'terragrunt'], 'terraform'],
    ['tofu where there is no terraform', 'exec:infra', undefined, ['tofu'], 'tofu'],
    ['tofu for its own files', 'exec:infra', 'main.tofu', ['terraform', 'tofu'], 'tofu'],
    ['terragrunt for its own', 'exec:infra', 'terragrunt.hcl', ['terraform', 'terragrunt'], 'terragrunt'],
    ['the one that is named', 'exec:tofu:infra', 'terragrunt.hcl', ['terraform', 'tofu'], 'tofu'],
  ])('is that of %s', async (_, where, file, installed, expected) => {
    for (const name of installed) await program(name, prints(name));
    if (file !== undefined) await directory.write(`infra/${file}`, '');
    expect((await look(where)).coverage).toMatchObject([{ locator: where, state: { lineage: expected } }]);
  });

  it('never is a program of the directory itself', async () => {
    await directory.write('infra/terraform', `#!/bin/sh\n${prints('evil')}`);
    await directory.write('infra/bin/terraform', `#!/bin/sh\n${prints('evil')}`);
    for (const name of ['infra/terraform', 'infra/bin/terraform']) await chmod(join(directory.path, name), 0o755);
    expect((await look('exec:infra', { PATH: 'bin:.::/nowhere' })).coverage).toMatchObject([
      { status: 'failed', reason: 'terraform or tofu is not on PATH' },
    ]);
  });

  it.each([
    [
      'its last error',
      `printf '\\033[31m╷\\n│ \\033[1mError: \\033[0mNo valid credential sources found\\n│ \\n╵\\n' >&2; exit 1`,
      'it ended with exit code 1: Error: No valid credential sources found',
    ],
    ['its last line', 'echo first >&2; echo last >&2; exit 3', 'it ended with exit code 3: last'],
    ['nothing', 'exit 1', 'it ended with exit code 1'],
    ['a signal', 'kill -9 $$', 'it ended with SIGKILL'],
    [
      'a secret',
      `echo "Error: token $TFE_TOKEN is bad" >&2; exit 1`,
      'it ended with exit code 1: Error: token … is bad',
    ],
  ])('that fails is a gap: it says %s', async (_, script, reason) => {
    await program('terraform', script);
    expect((await look('exec:infra', { TFE_TOKEN: CANARY })).coverage).toMatchObject([{ status: 'failed', reason }]);
  });

  it('that says more than anybody reads is cut', async () => {
    await program('terraform', `head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1`);
    const { coverage } = await look('exec:infra');
    expect(coverage[0]?.reason?.length).toBeLessThan(400);
  });

  it('that prints nothing is a gap: a state that manages nothing is still JSON', async () => {
    await program('terraform', 'exit 0');
    expect((await look('exec:infra')).coverage).toMatchObject([
      { status: 'failed', reason: expect.stringMatching(/^empty/) },
    ]);
  });

  it.each([
    ['exec:lost', 'no such directory'],
    ['exec:infra/main.tf', 'cannot be read: a part of the path is no directory'],
    ['exec:tofu:infra', 'tofu is not on PATH'],
  ])('%s is a gap', async (where, reason) => {
    expect((await look(where)).coverage).toMatchObject([{ locator: where, status: 'failed', reason }]);
  });

  it('is never run on the word of a file', async () => {
    await program('terraform', 'touch ran');
    const { coverage } = await lookAt([{ where: 'exec:infra', from: 'repository' }], { cwd: directory.path });
    expect(coverage).toMatchObject([
      { status: 'failed', reason: 'commands are run for --state on the command line only' },
    ]);
  });

  it('is stopped with the scan', async () => {
    await program('terraform', 'echo $$ > pid; exec sleep 60');
    const stop = new AbortController();
    const reason = new Error('stop');
    const pid = join(directory.path, 'infra/pid');
    const looked = look('exec:infra', {}, stop.signal);
    while (!existsSync(pid) || readFileSync(pid, 'utf8') === '') await turn();
    stop.abort(reason);
    await expect(looked).rejects.toBe(reason);
    const child = Number(readFileSync(pid, 'utf8'));
    while (isRunning(child)) await turn();
  });

  it('is run again, and what it prints then is compared', async () => {
    await program('terraform', 'cat pulled.json');
    await directory.write('infra/pulled.json', STATE);
    const { recheck } = await look('exec:infra');
    expect(await recheck()).toEqual([]);
    await directory.write('infra/pulled.json', STATE.replace('"serial":4', '"serial":5'));
    expect(await recheck()).toMatchObject([{ reason: 'changed during the scan: serial 4, then 5' }]);
  });
});
