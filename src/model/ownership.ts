import { z } from 'zod';

/** Text in which `*` stands for any characters and `?` for one. */
const glob = z.string().min(1);

/**
 * Somebody outside of Terraform who answers for keys. By creator or stack the claim is strong, for the record and
 * CloudFormation say so; by tag or alias it is weak: whoever made the key wrote them.
 */
export const ownerEntrySchema = z.union([
  /** ARN of the principal in the creation record, or of the role behind its session. */
  z.strictObject({ name: z.string().min(1), creator: glob }),
  /** Name or ARN of the CloudFormation or Pulumi stack. */
  z.strictObject({ name: z.string().min(1), stack: glob }),
  z.strictObject({ name: z.string().min(1), tag: z.strictObject({ key: z.string().min(1), value: glob.optional() }) }),
  z.strictObject({ name: z.string().min(1), alias: glob }),
]);
export type OwnerEntry = z.infer<typeof ownerEntrySchema>;

/** What the settings say of whose keys are whose. */
export const ownershipSchema = z.strictObject({
  /** Roles that run applies, as globs of their ARNs. */
  deployers: z.array(glob),
  owners: z.array(ownerEntrySchema),
  /** Tag keys, as globs, that Terraform is told to ignore or that others keep: never a difference. */
  ignoreTags: z.array(glob),
});
export type Ownership = z.infer<typeof ownershipSchema>;

/** What holds where no settings say anything. */
export const NO_OWNERSHIP: Ownership = { deployers: [], owners: [], ignoreTags: [] };
