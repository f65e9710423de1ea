import { z } from 'zod';
import { ESTATES } from '../model/inventory.ts';
import { ownerEntrySchema } from '../model/ownership.ts';
import { nearestRegion } from '../model/regions.ts';

const described = <T extends z.ZodType>(schema: T, description: string): T => schema.meta({ description });

const path = z.string().min(1, 'a path is missing');
const glob = z.string().min(1);

/** Nothing that a file says is run, and nothing secret stands in one: both are for flags and the environment. */
const where = z
  .string()
  .min(1, 'a state is missing')
  .refine((text) => !/^(tfstate\+)?exec:/i.test(text), {
    error: 'exec: runs a command, which no file may ask for; give it with --state on the command line',
    abort: true,
  })
  .refine((text) => !/^(tfstate\+)?-$/.test(text), {
    error: 'standard input is for the command line: --state -',
    abort: true,
  })
  .refine((text) => !/^(tfstate\+)?\w+:\/\/[^/]*@/.test(text), {
    error: 'an address here has no user or password; credentials come from the environment',
    abort: true,
  })
  .refine((text) => !/^(tfstate\+)?https?:\/\/[^?#]*[?#]/i.test(text), {
    error: 'an address here has no query, for one may hold a token; credentials come from the environment',
  });

const wheres = described(
  z.union([where, z.array(where).min(1)]),
  'Where Terraform state is, as --state takes it: a file, a directory, a glob, s3://…, https://…, tfc://…',
);

/** Whether Regions exist only AWS knows (AWS General Reference, "Region endpoints": the form of their names). */
const region = z.string().regex(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, {
  error: ({ input }) => `a Region is named like eu-west-1${nearestRegion(String(input))}`,
});

const account = z
  .string({ error: 'an account id is text: put its 12 digits in quotes' })
  .regex(/^\d{12}$/, 'an account id has 12 digits');

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

/** `keydrift.yaml`. Data alone: nothing in it is executed, and no header, token or host for one stands in it. */
export const settingsSchema = z.strictObject({
  $schema: z.string().optional(),
  roots: described(z.array(rootSchema).min(1), 'Root modules with their states; without it they are found.').optional(),
  state: wheres.optional(),
  regions: described(z.array(region).min(1), 'Regions to scan.').optional(),
  estate: described(z.enum(ESTATES), 'complete: these states are all that manage keys there.').optional(),
  deployers: described(z.array(glob), 'ARN globs of the roles that run applies.').optional(),
  owners: described(
    z.array(z.union([...ownerEntrySchema.options, pulumiSchema])),
    'Who answers for keys outside of Terraform: by creator or stack (strong), by tag or alias (weak), or by a Pulumi export.',
  ).optional(),
  'ignore-tags': described(z.array(glob), 'Globs of tag keys that are never a difference.').optional(),
});
export type SettingsFile = z.infer<typeof settingsSchema>;
