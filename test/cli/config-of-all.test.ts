import { writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { run } from '../../src/cli/run.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { parseYaml } from '../../src/config/yaml-document.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const here = scratch();

/** Each setting that there is, with a value that is no default and of no other. */
const ALL = `
$schema: ./schema.json
roots:
  - path: roots-path
    workspace: roots-workspace
    state: [roots-state]
    var-files: [roots-var-file]
    accounts: ["100000000001"]
    regions: [eu-west-1]
    plan: roots-plan
state: [state-one, "s3://state-two/key"]
regions: [eu-west-2]
estate: complete
config-dirs: [.]
plans: [plans-one]
events: off
since: 41d
grace: 42m
fail-on: low
allow-partial: true
ownership:
  accounts: ["100000000002"]
  regions: [eu-west-3]
  aliases: [alias/ownership]
  tags: [{ key: ownership-key, value: ownership-value }]
  creators: ["arn:aws:iam::111122223333:role/ownership-creator"]
  deployers: ["arn:aws:iam::111122223333:role/ownership-deployer"]
accepted-gaps:
  - source: cloudtrail
    account: "100000000003"
    region: eu-central-1
    arn: arn:aws:kms:eu-west-1:111122223333:key/accepted
    locator: gap-locator
    reason: gap-reason
    owner: gap-owner
    expires: 2027-01-31
rules:
  directories: [rules-directory]
  severity: { unused-key: critical }
  on: [key-without-alias]
  off: [tags-drift]
  parameters: { key-material-expiring: { days: 43, text: of-a-parameter, flag: true, list: [of-a-list] } }
suppressions:
  - rule: handmade-key
    match:
      arn: "arn:aws:kms:*:key/suppressed"
      address: suppressed-address
      creator: "arn:aws:iam::111122223333:role/suppressed-creator"
      alias: alias/suppressed
      tag: { key: suppressed-key, value: suppressed-value }
    reason: suppression-reason
    owner: suppression-owner
    expires: 2027-02-28
baseline: known.json
owners:
  - { name: owner-of-creator, creator: "arn:aws:iam::111122223333:role/owner" }
  - { name: owner-of-stack, stack: owner-stack }
  - { name: owner-of-tag, tag: { key: owner-key, value: owner-value } }
  - { name: owner-of-alias, alias: alias/owner }
  - { name: owner-of-export, pulumi: export.json }
ignore-tags: [ignored-tag]
`;

/** For editors alone: it decides nothing. */
const NO_SETTING = '$schema';

interface Leaf {
  /** Without the indices of lists. */
  readonly path: string;
  readonly value: unknown;
}

function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, path === '' ? name : `${path}.${name}`));
}

const nodeSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** Paths of the settings that the schema knows; a mapping whose names anybody chooses is one. */
function settingsIn(schema: unknown, path = ''): readonly string[] {
  const { properties, items, anyOf } = nodeSchema.parse(schema);
  if (anyOf !== undefined) return anyOf.flatMap((each) => settingsIn(each, path));
  if (items !== undefined) return settingsIn(items, path);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, inner]) =>
    settingsIn(inner, path === '' ? name : `${path}.${name}`),
  );
}

const rowsSchema = z.object({
  settings: z.array(z.object({ name: z.string(), value: z.unknown(), from: z.object({ by: z.string() }) })),
});

it('keydrift config shows every setting of the schema, as the file says it', async () => {
  const leaves = leavesOf(parseYaml('keydrift.yaml', ALL).data);
  const isSaid = (setting: string): boolean =>
    leaves.some(({ path }) => path === setting || path.startsWith(`${setting}.`));
  const known = [...new Set(settingsIn(z.toJSONSchema(settingsSchema, { io: 'input' })))];
  expect(known.length).toBeGreaterThan(50);
  expect(known.filter((setting) => !isSaid(setting))).toEqual([]);

  await writeFile(here.file('keydrift.yaml'), ALL);
  const host = memoryHost({ cwd: here.path, env: {} });
  const never = () => Promise.reject(new TypeError('config looks at nothing'));
  expect(await run(['config', '-o', 'json'], host, never)).toBe(0);
  const { settings } = rowsSchema.parse(JSON.parse(host.said.stdout));
  const isShown = ({ path, value }: Leaf): boolean =>
    settings.some(
      ({ name, value: shown, from }) =>
        from.by === 'file' &&
        (name === 'pulumi' ? /^owners\b/.test(path) : path === name || path.startsWith(`${name}.`)) &&
        leavesOf(shown).some((leaf) => String(leaf.value) === String(value)),
    );
  expect(leaves.filter((leaf) => leaf.path !== NO_SETTING && !isShown(leaf))).toEqual([]);
});
