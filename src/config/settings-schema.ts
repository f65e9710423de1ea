import { z } from 'zod';
import { SOURCES } from '../model/coverage.ts';
import { ESTATES } from '../model/inventory.ts';
import { ownerEntrySchema } from '../model/ownership.ts';
import { isMisspeltRegion, nearestRegion } from '../model/regions.ts';
import { FAIL_ON, parameterValueSchema, SEVERITIES } from '../model/rule.ts';
import { DAY, LONGEST_GRACE, LONGEST_SINCE, parseDuration } from '../model/time.ts';

const described = <T extends z.ZodType>(schema: T, description: string): T => schema.meta({ description });

const path = z.string().regex(/\S/, 'a path is missing');
const glob = z.string().min(1);

/** Nothing that a file says is run, and nothing secret stands in one: both are for flags and the environment. */
const where = z
  .string()
  .regex(/\S/, 'a state is missing')
  .refine((text) => !/^(tfstate(\+|:\/\/))?exec:/i.test(text), {
    error: 'exec: runs a command, which no file may ask for; give it with --state on the command line',
    abort: true,
  })
  .refine((text) => !/^(tfstate(\+|:\/\/))?-$/.test(text), {
    error: 'standard input is for the command line: --state -',
    abort: true,
  })
  .refine((text) => !/^(tfstate(\+|:\/\/))?\w+:\/\/[^/]*@/.test(text), {
    error: 'an address here has no user or password; credentials come from the environment',
    abort: true,
  })
  .refine((text) => !/^(tfstate(\+|:\/\/))?https?:\/\/[^?#]*[?#]/i.test(text), {
    error: 'an address here has no query, for one may hold a token; credentials come from the environment',
  });

const wheres = described(
  z.union([where, z.array(where).min(1)]),
  'Where Terraform state is, as --state takes it: a file, a directory, a glob, s3://…, https://…, tfc://…',
);

/** Whether Regions exist only AWS knows (AWS General Reference, "Region endpoints": the form of their names). */
const region = z
  .string()
  .regex(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, {
    error: ({ input }) => `a Region is named like eu-west-1${nearestRegion(String(input))}`,
  })
  .refine((text) => !isMisspeltRegion(text), {
    error: ({ input }) => `no Region is named like this${nearestRegion(String(input))}`,
  });

const account = z
  .string({ error: 'an account id is text: put its 12 digits in quotes' })
  .regex(/^\d{12}$/, 'an account id has 12 digits');

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'a duration is written like 90d, 12h, 30m or 45s');

const atMost = (most: number) =>
  duration.refine((text) => (parseDuration(text) ?? 0) <= most, `at most ${most / DAY}d`);

/** To look back no time at all would read as a time without creations. */
const aWhile = atMost(LONGEST_SINCE).refine(
  (text) => parseDuration(text) !== 0,
  'a duration of nothing; events: off asks for none',
);

const rootSchema = z.strictObject({
  path: described(path, 'Directory of the root module; the path starts from the directory of keydrift.yaml.'),
  workspace: described(
    z.string().regex(/^[\w.~-]{1,90}$/, 'a workspace is named like prod'),
    'Its workspace, where the directory is the root of several.',
  ).optional(),
  state: wheres.optional(),
  'var-files': described(
    z.array(path),
    'Variable files that Terraform is given with -var-file, in that order; paths start from the directory of keydrift.yaml. [] says that there are none.',
  ).optional(),
  accounts: described(z.array(account).min(1), 'Accounts that its providers can reach.').optional(),
  regions: described(z.array(region).min(1), 'Regions that its providers can reach.').optional(),
  plan: described(
    path,
    'Its plan, as terraform show -json prints it; the path starts from the directory of keydrift.yaml.',
  ).optional(),
});

const pulumiSchema = z.strictObject({
  name: z.string().min(1).optional(),
  pulumi: described(path, 'A Pulumi export or checkpoint whose keys are its own.'),
});

const day = z.iso.date({
  error: ({ input }) => (input === undefined ? 'say until when, in expires' : 'a day is written like 2027-01-31'),
});
const reason = z.string({ error: 'say why, in a reason' }).regex(/\S/, 'say why, in a reason');
const tag = z.strictObject({ key: z.string().min(1), value: glob.optional() });

const aliasGlob = z.string().regex(/^(?:alias\/|\*)/, 'an alias starts with alias/, or its glob with *');
const arnGlob = z.string().regex(/^(?:arn:|\*)/, 'an ARN starts with arn:, or its glob with *');

const ownershipSchema = z.strictObject({
  accounts: described(z.array(account), 'Accounts whose keys are ours; without it all that are scanned.').optional(),
  regions: described(z.array(region), 'Regions whose keys are ours; without it all that are scanned.').optional(),
  aliases: described(z.array(aliasGlob), 'Globs of aliases, as configuration or state declares them.').optional(),
  tags: described(z.array(tag), 'Tags, as configuration or state declares them; a value is a glob.').optional(),
  creators: described(z.array(arnGlob), 'ARN globs of the roles whose keys are ours.').optional(),
  deployers: described(
    z.array(arnGlob),
    'ARN globs of the roles that run applies: their keys are ours too.',
  ).optional(),
});

const acceptedGapSchema = z.strictObject({
  source: described(z.enum(SOURCES), 'What could not be read in full.'),
  account: account.optional(),
  region: region.optional(),
  arn: described(z.string().startsWith('arn:', 'an ARN starts with arn:'), 'The one key that is locked.').optional(),
  locator: described(glob, 'The state, configuration or plan, as the report names it; a glob.').optional(),
  reason: described(reason, 'Why that is all right.'),
  owner: described(z.string().min(1), 'Who answers for it.').optional(),
  expires: described(day, 'The last day on which it is all right.'),
});

const suppressionSchema = z.strictObject({
  rule: described(z.string().min(1), 'The rule whose findings are meant.'),
  match: described(
    z
      .strictObject({
        arn: described(arnGlob, 'Glob of the key ARN.').optional(),
        address: described(glob, "Glob of Terraform's address, with or without its root.").optional(),
        creator: described(arnGlob, 'ARN glob of the principal that made the key, or of its role.').optional(),
        alias: described(aliasGlob, 'Glob of an alias that configuration or state declares.').optional(),
        tag: described(tag, 'A tag that configuration or state declares.').optional(),
      })
      .refine(
        (match) => Object.keys(match).length > 0,
        'name the keys that are meant: arn, address, creator, alias or tag',
      ),
    'Which keys are meant; all that is given must fit.',
  ),
  reason: described(reason, 'Why that is all right.'),
  owner: described(z.string().min(1), 'Who answers for it.').optional(),
  expires: described(day, 'The last day on which it is all right; required for high and critical findings.').optional(),
});

const rulesSchema = z.strictObject({
  directories: described(z.array(path).min(1), "Directories of rule files of one's own.").optional(),
  severity: described(z.record(z.string(), z.enum(SEVERITIES)), 'Other severities, by the id of the rule.').optional(),
  on: described(z.array(z.string()), 'Rules that judge only where they are switched on.').optional(),
  off: described(z.array(z.string()), 'Rules that do not judge here.').optional(),
  parameters: described(
    z.record(z.string(), z.record(z.string(), parameterValueSchema)),
    'Values of parameters, by the id of the rule and the name of the parameter.',
  ).optional(),
});

/**
 * `keydrift.yaml`. Data alone: nothing in it is executed, and no header, token or host for one stands in it. Nor does a
 * profile, for that chooses credentials and may run a program (AWS SDKs, `credential_process`), or an output, for that
 * chooses a file to write: both are for whoever runs keydrift, in flags or the environment.
 */
export const settingsSchema = z.strictObject({
  $schema: described(z.string(), 'The JSON Schema of this file, for editors.').optional(),
  roots: described(z.array(rootSchema).min(1), 'Root modules with their states; without it they are found.').optional(),
  state: wheres.optional(),
  regions: described(z.array(region).min(1), 'Regions to scan.').optional(),
  estate: described(
    z.enum(ESTATES),
    'complete: the states that this file names are all that manage keys there (default: partial).',
  ).optional(),
  'config-dirs': described(
    z.array(path).min(1),
    'Directories with Terraform configuration: they and the roots below them.',
  ).optional(),
  plans: described(
    z.array(path).min(1),
    'Plans, as terraform show -json prints them; those of roots stand with their root.',
  ).optional(),
  events: described(
    z.enum(['lookup', 'off']),
    'Creation records: of the CloudTrail event history, or none (default: lookup).',
  ).optional(),
  since: described(aWhile, 'How far back to look for creation records (default: 90d).').optional(),
  grace: described(
    atMost(LONGEST_GRACE),
    'How long a new key may be in no state before that counts (default: 1h).',
  ).optional(),
  'fail-on': described(
    z.enum(FAIL_ON),
    'The exit code is 1 when an open finding is at or above this (default: high).',
  ).optional(),
  'allow-partial': described(
    z.boolean(),
    'Whether the exit code is 0 although a source was not covered completely (default: false).',
  ).optional(),
  ownership: described(ownershipSchema, 'Which keys this repository answers for.').optional(),
  'accepted-gaps': described(z.array(acceptedGapSchema), 'Gaps in coverage that somebody answers for.').optional(),
  rules: described(rulesSchema, 'Which rules judge, and how.').optional(),
  suppressions: described(z.array(suppressionSchema), 'Findings that somebody answers for.').optional(),
  baseline: described(
    path,
    'The findings known from before; without it the .keydrift.baseline.json beside this file.',
  ).optional(),
  owners: described(
    z.array(
      z
        .union([...ownerEntrySchema.options, pulumiSchema])
        .refine((owner) => !('creator' in owner) || arnGlob.safeParse(owner.creator).success, {
          error: 'an ARN starts with arn:, or its glob with *',
          path: ['creator'],
        })
        .refine((owner) => !('alias' in owner) || aliasGlob.safeParse(owner.alias).success, {
          error: 'an alias starts with alias/, or its glob with *',
          path: ['alias'],
        }),
    ),
    'Who answers for keys outside of Terraform: by creator or stack (strong), by tag or alias (weak), or by a Pulumi export.',
  ).optional(),
  'ignore-tags': described(z.array(glob), 'Globs of tag keys that are never a difference.').optional(),
});
export type SettingsFile = z.infer<typeof settingsSchema>;
