import { writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const here = scratch();
const SECRET = 'canary-93b1';

async function shown(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const host = memoryHost({ cwd: here.path, env });
  const never = () => Promise.reject(new TypeError('config looks at nothing'));
  const code = await run(['config', ...args], host, never);
  return { code, ...host.said };
}

it.each([[[]], [['-o', 'json']]])('keydrift config shows no secret: %j', async (args) => {
  const env = {
    KEYDRIFT_STATE: `https://gitlab.example.com/state?private_token=${SECRET}#${SECRET}\ntfstate+https://host.example/x?${SECRET}`,
    KEYDRIFT_STATE_HEADERS: `gitlab.example.com=PRIVATE-TOKEN: ${SECRET}\ngitlab.example.com=X-Other: ${SECRET}`,
    AWS_SECRET_ACCESS_KEY: SECRET,
    TF_HTTP_PASSWORD: SECRET,
  };
  const { code, stdout, stderr } = await shown(env, ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('https://gitlab.example.com/state');
  expect(stdout).toContain('KEYDRIFT_STATE_HEADERS');
  expect(stdout).not.toContain(SECRET);
});

it('keydrift config shows an address that no state can be at by its kind alone', async () => {
  await writeFile(here.file('keydrift.yaml'), `state: gs://${SECRET}/state`);
  const { stdout } = await shown({});
  expect(stdout).toMatch(/^state +gs:… +keydrift\.yaml:1$/m);
  expect(stdout).not.toContain(SECRET);
});

it('keydrift config obeys nothing that a file says', async () => {
  await writeFile(here.file('keydrift.yaml'), 'ignore-tags: ["\\e[31mred", "::error::x", "##[group]y"]');
  const { code, stdout } = await shown({});
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/\p{Cc}\[|^\s*::|##\[/mu);
});

it('keydrift config says what is wrong in the settings, like every command', async () => {
  await writeFile(here.file('keydrift.yaml'), 'regoins: []');
  expect(await shown({})).toEqual({
    code: 2,
    stdout: '',
    stderr: 'keydrift: keydrift.yaml:1:1: no such field: "regoins" (did you mean "regions"?)\n',
  });
});
