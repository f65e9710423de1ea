import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { writeInventory } from '../../src/sources/inventory/write.ts';
import { inventory, keyArn, live } from '../support/facts.ts';
import { makePipe } from '../support/pipe.ts';
import { scratch } from './scratch.ts';

/** The built program: `npm test` builds it first. */
const MAIN = resolve('dist/cli/main.js');

const here = scratch();

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: here.path,
    env: { PATH: process.env['PATH'], HOME: here.path, AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
}

async function end(child: ChildProcess) {
  const [stdout, stderr, [exit, by]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { code: codeOf(exit, by), stdout, stderr };
}

/** Shells make one number of both (POSIX, "Exit Status for Commands"). */
const codeOf = (exit: number | null, by: NodeJS.Signals): number => exit ?? 128 + constants.signals[by];

/** The packages whose code a command line loads, as V8 saw it. */
async function packagesLoadedBy(...args: string[]): Promise<readonly string[]> {
  const { stderr } = await end(start(args, { NODE_V8_COVERAGE: here.file('coverage') }));
  expect(stderr).toBe('');
  const files = await readdir(here.file('coverage'));
  const seen = await Promise.all(files.map((name) => readFile(here.file(`coverage/${name}`), 'utf8')));
  const urls = seen.flatMap((json) => (JSON.parse(json).result as { url: string }[]).map(({ url }) => url));
  expect(urls.some((url) => url.endsWith('dist/cli/main.js'))).toBe(true);
  const names = urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return [...new Set(names)].sort();
}

describe('a command loads what it uses', () => {
  it.each([
    ['--version', []],
    ['--help', ['commander', 'zod']],
    ['scan --help', ['commander', 'zod']],
    ['rules list', ['@marcbachmann/cel-js', 'commander', 'picocolors', 're2js', 'yaml', 'zod']],
  ])('keydrift %s', async (line, packages) => {
    expect(await packagesLoadedBy(...line.split(' '))).toEqual(packages);
  });

  it('a saved inventory is judged without the AWS SDK and without a parser of HCL', async () => {
    await writeInventory(here.file('keys.ndjson'), inventory([live(keyArn(1))]), new AbortController().signal);
    const loaded = await packagesLoadedBy('report', here.file('keys.ndjson'), '-o', 'json=report.json');
    expect(loaded).toContain('@marcbachmann/cel-js');
    expect(loaded.filter((name) => /^@(aws-sdk|smithy)\/|^hcl2-parser$/.test(name))).toEqual([]);
  });
});

describe('the process', () => {
  it('says nothing when the reader of stdout leaves', async () => {
    const child = start(['rules', 'list']);
    child.stdout!.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, 'close')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('without credentials: one line, exit 2, and nothing of the AWS SDK on stderr', async () => {
    const { code, stdout, stderr } = await end(start(['scan', '--region', 'eu-west-1']));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keydrift: .*credentials.*\n$/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s in the middle of a scan leaves no report and no file', async (signal, code) => {
    const server = await silentServer();
    try {
      const { port } = server.address() as AddressInfo;
      const outputs = ['-o', 'json', '-o', 'json=report.json', '--save-inventory', 'keys.ndjson'];
      const child = start(['scan', '--region', 'eu-west-1', ...outputs], {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      });
      const ending = end(child);
      await Promise.race([once(server, 'request'), ending]);
      child.kill(signal);
      expect(await ending).toEqual({ code, stdout: '', stderr: 'keydrift: interrupted\n' });
      expect(await readdir(here.path)).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('a signal, while a pipe says nothing,', () => {
  it.each([
    ['SIGINT', 'scan --plan pipe', 130],
    ['SIGTERM', 'scan --plan pipe', 143],
    ['SIGTERM', 'scan --config-dir . --var-file pipe', 143],
    ['SIGINT', 'scan --config pipe', 130],
    ['SIGTERM', 'scan --config pipe', 143],
    ['SIGTERM', 'report pipe', 143],
  ] as const)('%s ends keydrift %s', async (signal, line, code) => {
    await writeFile(here.file('main.tf'), 'provider "aws" {}\n');
    makePipe(here.file('pipe'));
    const child = start(line.split(' '));
    const ended = once(child, 'close');
    // Resolves when somebody reads, or when what reads nothing is over.
    const writer = open(here.file('pipe'), 'w');
    await Promise.race([writer, ended.then(async () => (await open(here.file('pipe'), 'r+')).close())]);
    child.kill(signal);
    const [exit, by] = await ended;
    await (await writer).close();
    expect(codeOf(exit, by)).toBe(code);
  });
});

/** Takes requests and never answers: a scan is in the middle of one. */
async function silentServer(): Promise<Server> {
  const server = createServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
