import { z } from 'zod';
import { attestedShape } from '../attributes.ts';
import { keyArnSchema } from '../key-arn.ts';
import { reachSchema } from '../reach.ts';
import { daySchema, instantSchema } from '../time.ts';

const blockShape = {
  root: z.string(),
  path: z.string(),
  line: z.number().int().positive(),
  /** It stands in a module that `terraform init` installed: no file that git has. Left out where it does not. */
  installed: z.literal(true).optional(),
};

/**
 * A comment above a block, `# keydrift:ignore=RULE until=DAY reason="…"`: it is for the keys that the block declares, and
 * for those that states hold of it and that it no longer declares.
 */
const suppressionCommentSchema = z.strictObject({
  rule: z.string(),
  until: daySchema.optional(),
  reason: z.string().min(1),
  /** The block, from the root module and without any index: `module.a.module.b`, `module.a.aws_kms_key.b`. */
  above: z.string(),
  path: z.string(),
  line: z.number().int().positive(),
});
export type SuppressionComment = z.infer<typeof suppressionCommentSchema>;

/** What is not known of a key without a plan, and what decides it; only where somebody asks what a change touches. */
const undecidedSchema = z.strictObject({
  what: z.enum(['instances', 'replacement', 'Region', 'account']),
  /** The same for the same texts, wherever they stand. */
  by: z.string(),
  /** Files, or directories with all that is in them, that it may be read from; a slash ends directories that it is. */
  reads: z.array(z.string()).optional(),
  /** Files and directories of which it matters what is there; a slash ends what can only be a directory. */
  lists: z.array(z.string()).optional(),
  /** Of the account: those that the provider is bound to, where it is known that it is. */
  accounts: z.array(z.string()).optional(),
});
export type Undecided = z.infer<typeof undecidedSchema>;

/**
 * One key that a configuration declares: one fact for each instance where count and for_each are known, with the index
 * in the address. Where they are not, one fact stands for whatever they come to, with `[*]` for the index that is not known.
 */
export const configurationFactSchema = z.strictObject({
  kind: z.literal('configuration'),
  /** From the root module: `module.a["x"].aws_kms_key.b[0]`, or `module.a[*].aws_kms_key.b[*]`. */
  address: z.string(),
  resourceType: z.string(),
  ...blockShape,
  /** `one`: this instance. `none`: the block declares none (count 0, no for_each element). `unknown`: the address has `[*]`. */
  instances: z.enum(['one', 'none', 'unknown']),
  /** Why it is not known which instances there are, or whether there are any. */
  open: z.string().optional(),
  /** The Region that the block or its provider names; null when neither does, or it is not known. */
  region: z.string().nullable().default(null),
  /** Which of them names it; left out where neither does, or where the block ignores changes of its own. */
  regionBy: z.enum(['resource', 'provider']).optional(),
  deletionWindowInDays: z.number().int().nullable().default(null),
  /** Aliases that blocks of its root bind to it; left out when there are none. */
  aliases: z.array(z.string()).optional(),
  /** Why it may be bound to others. */
  unknownAliases: z.string().optional(),
  /** The `aws_kms_key_policy` instance that sets its policy in place of itself; left out where none does, or it is not certain. */
  policyBy: z
    .strictObject({
      address: z.string(),
      path: blockShape.path,
      line: blockShape.line,
      installed: blockShape.installed,
    })
    .optional(),
  /** The `aws_kms_custom_key_store` instance whose id it refers to: only a state tells that. */
  customKeyStore: z.string().optional(),
  /** Above its block, or above a module call that leads to it; left out when there are none. */
  suppressions: z.array(suppressionCommentSchema).optional(),
  undecided: z.array(undecidedSchema).optional(),
  ...attestedShape,
  readAt: instantSchema,
});

const instanceShape = {
  /** As configuration facts have it. */
  address: z.string(),
  ...blockShape,
  instances: z.enum(['one', 'unknown']),
  open: z.string().optional(),
  readAt: instantSchema,
};

/** One instance of an alias block, and what it is bound to: a key named by id or ARN, or keys of the same root. */
export const configurationAliasFactSchema = z.strictObject({
  kind: z.literal('configuration-alias'),
  ...instanceShape,
  /** null where it is an expression that is not known, or Terraform makes it up: `unknownName` says which. */
  name: z.string().nullable(),
  unknownName: z.string().optional(),
  /** Addresses of the blocks that it may be bound to; that is certain of one alone, without `unknownTarget`. */
  keys: z.array(z.string()),
  targetKeyArn: keyArnSchema.nullable(),
  targetKeyId: z.string().nullable(),
  unknownTarget: z.string().optional(),
});

/** One instance of an `aws_kms_custom_key_store` block. Nothing of its credentials is read. */
export const configurationKeyStoreFactSchema = z.strictObject({
  kind: z.literal('configuration-key-store'),
  ...instanceShape,
  name: z.string().nullable(),
  unknownName: z.string().optional(),
  type: z.string().nullable(),
  unknownType: z.string().optional(),
});

/** An `import` block, or one element of its for_each: `to` will manage the key that `id` names. */
export const importFactSchema = z.strictObject({
  kind: z.literal('import'),
  /** From the root module, as configuration facts have it; `[*]` for an index that is not known. */
  to: z.string(),
  /** Key id or ARN; null when it is an expression, whose text is then in `unknownId`. */
  id: z.string().nullable(),
  unknownId: z.string().optional(),
  ...blockShape,
});

/** A `moved` block; addresses from the root module, `[*]` for every instance of a module that declares it. */
export const movedFactSchema = z.strictObject({
  kind: z.literal('moved'),
  from: z.string(),
  to: z.string(),
  ...blockShape,
});

/**
 * A `removed` block; `destroy` false leaves the key alive, out of the state. null: an expression, or not said: Terraform
 * destroys then, OpenTofu does not.
 */
export const removedFactSchema = z.strictObject({
  kind: z.literal('removed'),
  from: z.string(),
  destroy: z.boolean().nullable(),
  ...blockShape,
});

/**
 * Where a finding is shown that has no block of its own, or one in an installed module: a provider, backend or cloud block,
 * a module call, or the first file of a root that has neither provider nor backend in files of its own.
 */
export const anchorFactSchema = z.strictObject({
  kind: z.literal('anchor'),
  block: z.enum(['provider', 'backend', 'cloud', 'module', 'file']),
  /** Of a module call, from the root module and without an index: `module.a.module.b`. */
  address: z.string().optional(),
  /** Region of an aws provider; null when it has none or it is not known. */
  region: z.string().nullable(),
  /** Accounts that an aws provider is bound to, by allowed_account_ids or the role it assumes; empty when it is not. */
  accounts: z.array(z.string()),
  ...blockShape,
});

/**
 * A root module: what it declares, the states that hold it, and the accounts and Regions that it can reach. Nothing of
 * another root's is joined to it.
 */
export const rootFactSchema = z.strictObject({
  kind: z.literal('root'),
  /** As the facts of its configuration name it. */
  root: z.string(),
  /** Locators of its states, as coverage names them; null when it is not known which they are. */
  states: z.array(z.string()).nullable(),
  /** Its states, or some, are elsewhere, and nobody was asked for those. */
  elsewhere: z.literal(true).optional(),
  /**
   * The directories and files that it was read from, by every path that leads there; only where somebody asks what a
   * change touches.
   */
  places: z.array(z.string()).optional(),
  reach: reachSchema,
});
