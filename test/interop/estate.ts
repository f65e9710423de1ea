import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Inventory } from '../../src/model/inventory.ts';
import { type Report, type ReportKey, reportSchema } from '../../src/model/report.ts';
import { HOUR, toInstant } from '../../src/model/time.ts';
import { readInventory } from '../../src/sources/inventory/read.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { type Workshop, workshop } from './programs.ts';
import { actionsIn, arnIn, type PlannedActions } from './terraform-json.ts';

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

/** What `keydrift collect` saves: every Region, no creation records, and what these flags name. */
export async function collected({ ran, path }: Workshop, flags: readonly string[]): Promise<Inventory> {
  const saved = path('collected.ndjson');
  const regions = REGIONS.flatMap((region) => ['--region', region]);
  await ran(
    [process.execPath, MAIN, 'collect', '--save-inventory', saved, '--events', 'off', ...regions, ...flags],
    [3],
  );
  return readInventory(saved, new AbortController().signal);
}

const label = (key: ReportKey | undefined): string => key?.state[0]?.address ?? key?.id ?? 'a finding without its key';

/** Where witnesses differ: `attribute of address`, sorted. */
export const differencesIn = ({ keys }: Report): readonly string[] =>
  keys.flatMap((key) => key.differences.map(({ attribute }) => `${attribute} of ${label(key)}`)).sort();

/** The line on which a block of a file begins. */
export const lineOf = async (file: string, start: string): Promise<number> =>
  (await readFile(file, 'utf8')).split('\n').findIndex((line) => line.startsWith(start)) + 1;

/** A directory with a configuration that Terraform applied to an emulator of its own. */
export interface Estate extends Workshop {
  readonly emulator: () => Emulator;
  readonly environment: () => Readonly<Record<string, string>>;
  /** Every Region, the state, the configuration; `--estate complete` and these flags. */
  readonly scan: (...flags: readonly string[]) => Promise<Scanned>;
  /** What `keydrift collect` saves: every Region, no creation records, and what these flags name. */
  readonly collect: (...flags: readonly string[]) => Promise<Inventory>;
  /** What `terraform plan` would do; its JSON is left in `plan.json`. */
  readonly plan: (...args: readonly string[]) => Promise<PlannedActions & { readonly code: number }>;
  /** ARN of an instance in the state. */
  readonly arn: (address: string) => Promise<string>;
  /** Runs `use` while files have `to` in the place of `from`. */
  readonly whileEdited: (edits: Readonly<Record<string, readonly Edit[]>>, use: () => Promise<void>) => Promise<void>;
  /** Puts back the state as it is now, after `use`. */
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

/** What is applied, and how Terraform and keydrift are told its variables. */
interface Applying {
  readonly copy: (to: string) => Promise<void>;
  /** What `terraform plan` takes them by, in front of every apply and plan. */
  readonly planArgs?: readonly string[];
  /** The same for keydrift. */
  readonly scanFlags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Applies parts of ./estate before the tests of the `describe` that calls this. */
export const appliedEstate = (...parts: readonly Part[]): Estate => applied({ copy: (to) => copyEstate(to, parts) });

/** Applies a configuration before the tests of the `describe` that calls this; the plan of it stays in `first.json`. */
export function applied({ copy, planArgs = [], scanFlags = [], environment = {} }: Applying): Estate {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(world());
  });
  afterAll(() => emulator.stop());
  const environmentOf = (program: string) => ({
    ...awsEnvironment(emulator, 'eu-west-1', ACCESS_KEYS[program] ?? AUDITOR),
    ...environment,
  });
  const shop = workshop(environmentOf);
  const { path, ran, terraform } = shop;
  const regions = REGIONS.flatMap((region) => ['--region', region]);
  const shown = async (plan: string, to: string): Promise<string> => {
    const { stdout } = await terraform('show', '-json', plan);
    await writeFile(path(to), stdout);
    return stdout;
  };
  beforeAll(async () => {
    await copy(path());
    await terraform('init');
    await terraform('plan', ...planArgs, '-out=first.out');
    await shown('first.out', 'first.json');
    await terraform('apply', '-parallelism=60', 'first.out');
  });

  return {
    ...shop,
    emulator: () => emulator,
    environment: () => environmentOf('keydrift'),
    scan: (...flags) => {
      const where = flags.includes('--state') ? [] : ['--state', STATE];
      const extent = flags.includes('--estate') ? [] : ['--estate', 'complete'];
      return scanned(shop, [...regions, ...where, ...extent, '--config-dir', '.', ...scanFlags, ...flags]);
    },
    collect: (...flags) => collected(shop, flags),
    plan: async (...args) => {
      const { code } = await ran(
        ['terraform', 'plan', ...planArgs, '-detailed-exitcode', '-out=plan.out', ...args],
        [2],
      );
      return { code, ...actionsIn(await shown('plan.out', 'plan.json')) };
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

function replaced(text: string, [from, to]: Edit): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} stands ${parts.length - 1} times in the file`);
  return parts.join(to);
}
