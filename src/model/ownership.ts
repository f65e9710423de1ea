import { z } from 'zod';
import type { Need } from './rule.ts';

/** Text in which `*` stands for any characters and `?` for one. */
const glob = z.string().min(1);
const tagGlob = z.strictObject({ key: z.string().min(1), value: glob.optional() });

/**
 * Somebody outside of Terraform who answers for keys. By creator or stack the claim is strong, for the record and
 * CloudFormation say so; by tag or alias it is weak: whoever made the key wrote them.
 */
export const ownerEntrySchema = z.union([
  /** ARN of the principal in the creation record, or of the role behind its session. */
  z.strictObject({ name: z.string().min(1), creator: glob }),
  /** Name or ARN of the CloudFormation or Pulumi stack. */
  z.strictObject({ name: z.string().min(1), stack: glob }),
  z.strictObject({ name: z.string().min(1), tag: tagGlob }),
  z.strictObject({ name: z.string().min(1), alias: glob }),
]);
export type OwnerEntry = z.infer<typeof ownerEntrySchema>;

/**
 * Which keys a repository answers for. Accounts and Regions bound all of them; of aliases, tags and creators one must
 * fit. Configuration and state tell aliases and tags of what they declare, CloudTrail tells creators. What KMS has of a
 * key may pull it in, never push it out: whoever made it wrote that. Empty lists narrow nothing.
 */
const ownedSchema = z.strictObject({
  accounts: z.array(z.string()),
  regions: z.array(z.string()),
  aliases: z.array(glob),
  tags: z.array(tagGlob),
  creators: z.array(glob),
});
export type Owned = z.infer<typeof ownedSchema>;

const EVERYTHING: Owned = { accounts: [], regions: [], aliases: [], tags: [], creators: [] };

/** What the settings say of whose keys are whose. */
export const ownershipSchema = z.strictObject({
  /** Roles that run applies, as globs of their ARNs. */
  deployers: z.array(glob),
  owners: z.array(ownerEntrySchema),
  /** Tag keys, as globs, that Terraform is told to ignore or that others keep: never a difference. */
  ignoreTags: z.array(glob),
  owned: ownedSchema.default(EVERYTHING),
});
export type Ownership = z.infer<typeof ownershipSchema>;

/** What holds where no settings say anything. */
export const NO_OWNERSHIP: Ownership = { deployers: [], owners: [], ignoreTags: [], owned: EVERYTHING };

/** What KMS is to be asked for so that ownership can be told: aliases come with the keys, tags key by key. */
export const neededBy = ({ owners, owned }: Ownership): readonly Need[] =>
  owned.tags.length > 0 || owners.some((owner) => 'tag' in owner) ? ['live.tags'] : [];
