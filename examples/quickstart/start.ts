import { readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { processHost } from '../../src/cli/host.ts';
import { awsEnvironment } from '../../test/support/emulator/clients.ts';
import { startEmulator, type World } from '../../test/support/emulator/emulator.ts';

/** The program as it ships: dist/, which the build fills. */
async function shipped(root: string): Promise<typeof import('../../src/cli/run.ts')> {
  return import(pathToFileURL(join(root, 'dist/cli/run.js')).href);
}

/** The time goes on from that of the world: ages and deadlines are the same on every day this is run. */
function clockFrom(start: string): () => string {
  const ahead = Date.parse(start) - Date.now();
  return () => new Date(Date.now() + ahead).toISOString();
}

/** Of the AWS settings of whoever runs this, files and variables, nothing counts: no call may reach a real account. */
function useOnly(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  const files = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  Object.assign(process.env, environment, files, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
}

const host = processHost();
const cwd = join(host.package.root, 'examples/quickstart');
const world: World & { readonly now: string } = JSON.parse(await readFile(join(cwd, 'world.json'), 'utf8'));

/** What somebody with AWS credentials types in this directory; the last line only because nothing here is to fail. */
const scan = [
  ...['scan', '--region', 'eu-west-1', '--region', 'us-west-2'],
  ...['--state', 'infra', '--state', 'infra/terraform.tfstate.backup', '--config-dir', 'infra'],
  ...['--estate', 'complete', '--as-of', world.now],
  ...['--fail-on', 'never', '--allow-partial'],
];

const emulator = await startEmulator(world, { clock: 'frozen' });
useOnly(awsEnvironment(emulator));
try {
  host.stderr.write(`$ keydrift ${scan.join(' ')}\n\n`);
  const { run } = await shipped(host.package.root);
  const args = [...scan, ...process.argv.slice(2)];
  process.exitCode = await run(args, { ...host, cwd, now: clockFrom(world.now) });
} finally {
  await emulator.stop();
}
