import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../src/cli/run.ts';
import { reportSchema } from '../src/model/report.ts';
import { memoryHost } from './cli/memory-host.ts';
import { type Emulator, startEmulator } from './support/emulator/emulator.ts';
import { keyArn, LINEAGE, T } from './support/facts.ts';

const FILES = 10;
const BLOCKS = 50;
const INSTANCES = 500;
const KEYS = FILES * BLOCKS + INSTANCES;

/** 500 blocks in ten files, and a module whose one block is 500 instances more. */
const address = (n: number): string =>
  n < FILES * BLOCKS ? `aws_kms_key.k${n}` : `module.shard["s${n}"].aws_kms_key.this`;

const block = (n: number): string => `resource "aws_kms_key" "k${n}" {
  description             = "key ${n}"
  deletion_window_in_days = 7
}
`;

const ROOT = `variable "specs" {
  type    = map(string)
  default = {}
}

module "shard" {
  source   = "./shard"
  for_each = toset([for n in range(${FILES * BLOCKS}, ${KEYS}) : "s\${n}"])
  name     = trimprefix(each.key, "s")
  spec     = lookup(var.specs, each.key, "SYMMETRIC_DEFAULT")
}
`;

const SHARD = `variable "name" { type = string }
variable "spec" { type = string }

resource "aws_kms_key" "this" {
  description              = "key \${var.name}"
  customer_master_key_spec = var.spec
  deletion_window_in_days  = 7
}
`;

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));

/** A package with the built-in rules, but for those that need three more calls for each of the thousand keys. */
async function packageIn(dir: string): Promise<string> {
  const rules = join(dir, 'rules');
  await mkdir(rules);
  for (const name of await readdir(join(PACKAGE, 'rules'))) {
    const text = await readFile(join(PACKAGE, 'rules', name), 'utf8');
    if (!/^needs: .*live\.(?:tags|rotation|policy)/m.test(text)) await writeFile(join(rules, name), text);
  }
  return dir;
}

const file = (n: number): string => Array.from({ length: BLOCKS }, (_, at) => block(n * BLOCKS + at)).join('\n');

function stateText(): string {
  const resources = Array.from({ length: KEYS }, (_, n) => {
    const [module] = address(n).split('.aws_kms_key');
    const isInModule = n >= FILES * BLOCKS;
    const arn = keyArn(n + 1);
    return {
      ...(isInModule ? { module } : {}),
      mode: 'managed',
      type: 'aws_kms_key',
      name: isInModule ? 'this' : `k${n}`,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          schema_version: 0,
          attributes: {
            arn,
            id: arn.split('/')[1],
            key_id: arn.split('/')[1],
            description: `key ${n}`,
            customer_master_key_spec: 'SYMMETRIC_DEFAULT',
            key_usage: 'ENCRYPT_DECRYPT',
            custom_key_store_id: '',
            xks_key_id: '',
            multi_region: false,
            is_enabled: true,
            enable_key_rotation: false,
            deletion_window_in_days: 7,
          },
        },
      ],
    };
  });
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 7,
    lineage: LINEAGE,
    outputs: {},
    resources,
  });
}

describe('a thousand keys in configuration and state', () => {
  let dir = '';
  let emulator: Emulator;
  const saved = { ...process.env };
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'keydrift-thousand-'));
    await mkdir(join(dir, 'shard'));
    await writeFile(join(dir, 'main.tf'), ROOT);
    await writeFile(join(dir, 'shard/main.tf'), SHARD);
    for (let n = 0; n < FILES; n += 1) await writeFile(join(dir, `team-${n}.tf`), file(n));
    await writeFile(join(dir, 'terraform.tfstate'), stateText());
    const keys = Array.from({ length: KEYS }, (_, n) => ({
      id: n + 1,
      region: 'eu-west-1',
      description: `key ${n}`,
      created: T.created,
    }));
    emulator = await startEmulator({ now: T.live, keys }, { clock: 'frozen', lookupEventsPerSecond: null });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: emulator.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
  });
  afterAll(async () => {
    process.env = saved;
    await emulator.stop();
    await rm(dir, { recursive: true });
  });

  it('tells the two whose replacing attributes change, each at its line, and nothing of the others', async () => {
    const changed = 137;
    const [team, place] = [Math.floor(changed / BLOCKS), changed % BLOCKS];
    const edited = block(changed).replace('  description', '  key_usage               = "SIGN_VERIFY"\n  description');
    await writeFile(join(dir, `team-${team}.tf`), file(team).replace(block(changed), edited));
    await writeFile(join(dir, 'terraform.tfvars'), 'specs = { s777 = "RSA_2048" }\n');

    const packageRoot = await packageIn(await mkdtemp(join(dir, '.package-')));
    const host = memoryHost({ cwd: dir, env: process.env, now: () => T.states, packageRoot });
    const sources = ['--state', 'terraform.tfstate', '--config-dir', '.', '--estate', 'complete', '--events', 'off'];
    const status = await run(['scan', '--region', 'eu-west-1', ...sources, '-o', 'json'], host);
    expect([status, host.said.stderr]).toEqual([1, expect.stringContaining('2 critical open')]);

    const { keys, findings, summary } = reportSchema.parse(JSON.parse(host.said.stdout));
    const told = findings.map(({ rule, key, location: { path, line } }) => {
      const found = keys.find(({ id }) => id === key);
      return `${rule} ${found?.state[0]?.address} at ${path}:${line}`;
    });
    const lines = block(0).split('\n').length;
    expect([...told].sort()).toEqual([
      `replacement-planned ${address(changed)} at team-${team}.tf:${place * lines + 1}`,
      `replacement-planned ${address(777)} at shard/main.tf:4`,
    ]);
    expect(summary).toMatchObject({ keys: KEYS, iacCoverage: 1, standings: { managed: KEYS, 'not-created': 0 } });
  }, 60_000);
});
