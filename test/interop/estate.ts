import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { z } from 'zod';
import { type Report, type ReportKey, reportSchema } from '../../src/model/report.ts';
import { HOUR, toInstant } from '../../src/model/time.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { type Workshop, workshop } from './programs.ts';

/** Who calls AWS with which program; keydrift has a key of its own. */
const ACCESS_KEYS: Readonly<Record<string, string>> = {
  terraform: 'AKIAIOSFODNN7EXAMPLE',
  aws: 'AKIAI44QH8DHBEXAMPLE',
};
const AUDITOR = 'AKIAI3TWQ7NJEXAMPLE2';

/** Two hours behind the machine: keys of an apply are older than the grace period from the start. */
const world = () => ({
  now: toInstant(Date.now() - 2 * HOUR),
  accounts: [
    {
      id: '111122223333',
      accessKeys: {
        AKIAIOSFODNN7EXAMPLE: 'arn:aws:sts::111122223333:assumed-role/deploy/ci',
        AKIAI44QH8DHBEXAMPLE: 'arn:aws:iam::111122223333:user/bob',
        [AUDITOR]: 'arn:aws:sts::111122223333:assumed-role/audit/keydrift',
      },
    },
  ],
  keyStores: [
    { id: 'cks-1234567890abcdef0', region: 'eu-west-1' },
    { id: 'cks-234567890abcdef01', region: 'eu-west-1', type: 'EXTERNAL_KEY_STORE' as const },
  ],
  limits: { lookupEventsPerSecond: null },
});

export const STATE = 'terraform.tfstate';
export const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1'];

/** What one run of the built program said. */
export interface Scanned {
  readonly code: number;
  readonly stderr: string;
  readonly report: Report;
  /** Each finding as its rule and the state address of its key, or the ARN of a key in no state. */
  readonly findings: readonly string[];
}

/** The program that `npm run build` made. */
const MAIN = resolve('dist/cli/main.js');

/** `keydrift scan` with JSON on stdout; the usual flags unless others are given. */
export async function scanned({ ran }: Pick<Workshop, 'ran'>, flags: readonly string[]): Promise<Scanned> {
  const { code, stdout, stderr } = await ran([process.execPath, MAIN, 'scan', '-o', 'json', ...flags], [1, 3]);
  const report = reportSchema.parse(JSON.parse(stdout));
  const keys = new Map(report.keys.map((key) => [key.id, key]));
  return { code, stderr, report, findings: report.findings.map(({ rule, key }) => `${rule} ${label(keys.get(key))}`) };
}

const label = (key: ReportKey | undefined): string => key?.state[0]?.address ?? key?.id ?? 'a finding without its key';

/** The line on which a block of a file begins. */
export const lineOf = async (file: string, start: string): Promise<number> =>
  (await readFile(file, 'utf8')).split('\n').findIndex((line) => line.startsWith(start)) + 1;

const actionsSchema = z
  .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
  .default([]);
const planSchema = z.object({ resource_drift: actionsSchema, resource_changes: actionsSchema });

/** What `terraform plan` would do, by address; what it leaves alone is left out. */
interface Planned {
  readonly code: number;
  readonly drift: Readonly<Record<string, readonly string[]>>;
  readonly changes: Readonly<Record<string, readonly string[]>>;
}

/** A directory with ./estate, applied to an emulator of its own. */
export interface Estate extends Workshop {
  readonly emulator: () => Emulator;
  readonly environment: () => Readonly<Record<string, string>>;
  /** Every Region, the state, the configuration; `--estate complete` and these flags. */
  readonly scan: (...flags: readonly string[]) => Promise<Scanned>;
  readonly plan: () => Promise<Planned>;
  /** ARN of the first instance of a resource in the state. */
  readonly arn: (address: string) => Promise<string>;
  /** Runs `use` while files have `to` in the place of `from`. */
  readonly whileEdited: (edits: Readonly<Record<string, readonly Edit[]>>, use: () => Promise<void>) => Promise<void>;
  /** Puts back the state as the first apply left it, after `use`. */
  readonly withStateRestored: (use: () => Promise<void>) => Promise<void>;
}
export type Edit = readonly [from: string, to: string];

/** The providers, a module, and these parts of ./estate; none needs another. */
export const copyEstate = async (to: string, parts: readonly Part[]): Promise<void> => {
  for (const part of ['main.tf', 'vault', ...parts]) {
    await cp(new URL(`estate/${part}`, import.meta.url), join(to, part), { recursive: true });
  }
};
type Part = 'keys.tf' | 'families.tf' | 'imported.tf' | 'key-stores.tf';

/** Applies parts of ./estate before the tests of the `describe` that calls this. */
export function appliedEstate(...parts: readonly Part[]): Estate {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(world());
  });
  afterAll(() => emulator.stop());
  const shop = workshop((program) => awsEnvironment(emulator, 'eu-west-1', ACCESS_KEYS[program] ?? AUDITOR));
  const { path, terraform } = shop;
  beforeAll(async () => {
    await copyEstate(path(), parts);
    await terraform('init');
    await terraform('apply', '-auto-approve', '-parallelism=20');
  });

  return {
    ...shop,
    emulator: () => emulator,
    environment: () => awsEnvironment(emulator, 'eu-west-1', AUDITOR),
    scan: (...flags) => {
      const where = flags.includes('--state') ? [] : ['--state', STATE];
      const extent = flags.includes('--estate') ? [] : ['--estate', 'complete'];
      const regions = REGIONS.flatMap((region) => ['--region', region]);
      return scanned(shop, [...regions, ...where, ...extent, '--config-dir', '.', ...flags]);
    },
    plan: async () => {
      const { code } = await shop.ran(['terraform', 'plan', '-detailed-exitcode', '-out=plan.out'], [2]);
      return { code, ...actionsOf(await terraform('show', '-json', 'plan.out')) };
    },
    arn: async (address) => arnIn(await readFile(path(STATE), 'utf8'), address),
    whileEdited: async (edits, use) => {
      const files = Object.entries(edits);
      const before = await Promise.all(files.map(([file]) => readFile(path(file), 'utf8')));
      await Promise.all(
        files.map(([file, each], at) => writeFile(path(file), each.reduce(replaced, before[at] ?? ''))),
      );
      try {
        await use();
      } finally {
        await Promise.all(files.map(([file], at) => writeFile(path(file), before[at] ?? '')));
      }
    },
    withStateRestored: async (use) => {
      const before = await readFile(path(STATE));
      try {
        await use();
      } finally {
        await writeFile(path(STATE), before);
      }
    },
  };
}

const stateSchema = z.object({
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.object({ arn: z.string().optional() }) })),
    }),
  ),
});

/** ARN of the first instance of a resource in a state. */
export function arnIn(state: string, address: string): string {
  const { resources } = stateSchema.parse(JSON.parse(state));
  const found = resources.find(({ type, name }) => `${type}.${name}` === address);
  return found?.instances[0]?.attributes.arn ?? `no ARN at ${address}`;
}

function replaced(text: string, [from, to]: Edit): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} stands ${parts.length - 1} times in the file`);
  return parts.join(to);
}

function actionsOf({ stdout }: { readonly stdout: string }): Pick<Planned, 'drift' | 'changes'> {
  const { resource_drift, resource_changes } = planSchema.parse(JSON.parse(stdout));
  const byAddress = (entries: z.infer<typeof actionsSchema>) =>
    Object.fromEntries(
      entries
        .filter(({ change }) => !['no-op', 'read'].includes(change.actions[0] ?? ''))
        .map(({ address, change }) => [address, change.actions]),
    );
  return { drift: byAddress(resource_drift), changes: byAddress(resource_changes) };
}
