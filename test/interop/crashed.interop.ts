import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { HOUR, toInstant } from '../../src/model/time.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { scanned } from './estate.ts';
import { describeWith, workshop } from './programs.ts';
import { arnIn } from './terraform-json.ts';

/** Terraform's "http" backend: GET gives the state, POST stores it, unless the backend is down. */
interface Backend {
  readonly server: Server;
  state: string | undefined;
  down: boolean;
}

function startBackend(): Backend {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'GET') response.writeHead(backend.state === undefined ? 404 : 200).end(backend.state);
    else if (backend.down) response.writeHead(500).end();
    else {
      backend.state = body;
      response.writeHead(200).end();
    }
  });
  const backend: Backend = { server: server.listen(0, '127.0.0.1'), state: undefined, down: false };
  return backend;
}

const key = (name: string): string =>
  `resource "aws_kms_key" "${name}" {\n  description = "${name}"\n  deletion_window_in_days = 7\n}\n`;

const configuration = (port: number): string => `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
  backend "http" {
    address   = "http://127.0.0.1:${port}/state"
    retry_max = 0
  }
}
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
${key('first')}`;

describeWith('terraform')('an apply that could not persist its state', () => {
  let backend: Backend;
  let emulator: Emulator;
  const { path, ran, terraform } = workshop(() => awsEnvironment(emulator));
  beforeAll(async () => {
    backend = startBackend();
    emulator = await startEmulator({ now: toInstant(Date.now() - 2 * HOUR), limits: { lookupEventsPerSecond: null } });
  });
  afterAll(async () => {
    await emulator.stop();
    backend.server.close();
    backend.server.closeAllConnections();
  });

  const scan = async () => {
    await writeFile(path('pulled.tfstate'), backend.state ?? '');
    return scanned({ ran }, ['--state', '.', '--config-dir', '.']);
  };

  it('leaves a key that its errored.tfstate tells of, until that is pushed', async () => {
    const { port } = backend.server.address() as AddressInfo;
    await writeFile(path('main.tf'), configuration(port));
    await terraform('init');
    await terraform('apply', '-auto-approve');
    const applied = await scan();
    expect([applied.code, applied.stderr, applied.findings]).toEqual([0, '', []]);
    expect(applied.report.summary).toMatchObject({ keys: 1, iacCoverage: 1 });

    await writeFile(path('second.tf'), key('second'));
    backend.down = true;
    await expect(terraform('apply', '-auto-approve', '-no-color')).rejects.toThrow('Failed to save state');
    backend.down = false;
    const second = arnIn(await readFile(path('errored.tfstate'), 'utf8'), 'aws_kms_key.second');
    const crashed = await scan();
    expect([crashed.code, crashed.findings]).toEqual([1, [`unrecorded-key ${second}`]]);
    expect(crashed.report.findings[0]?.message).toContain('a crashed apply left it in errored.tfstate');

    await terraform('state', 'push', 'errored.tfstate');
    const pushed = await scan();
    expect([pushed.code, pushed.stderr, pushed.findings]).toEqual([0, '', []]);
    expect(pushed.report.summary).toMatchObject({ keys: 2, standings: { managed: 2 } });
  });
});
