import { z } from 'zod';

/** At least one character that is no blank (pattern `.*\S.*`), and no more bytes than characters are allowed. */
const text = (max: number) =>
  z
    .string()
    .regex(/\S/)
    .refine((value) => Buffer.byteLength(value) <= max, `longer than ${max} bytes`);

const fields = (max: number) =>
  z.record(text(128), text(max)).refine((map) => Object.keys(map).length <= 50, 'more than 50 entries');

/** RFC 3339 with seconds or milliseconds, in UTC. */
const time = z.iso.datetime({ precision: 3 });
const account = z.string().regex(/^\d{12}$/);

const resource = z.strictObject({
  Type: z.enum(['AwsKmsKey', 'AwsAccount']),
  Id: text(512),
  Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).optional(),
  Region: text(16),
  Tags: fields(256).optional(),
  Details: z
    .strictObject({
      AwsKmsKey: z.strictObject({
        AWSAccountId: account,
        CreationDate: z.number().optional(),
        KeyId: text(1024).optional(),
        KeyManager: text(1024).optional(),
        KeyState: text(1024).optional(),
        Origin: text(1024).optional(),
        Description: text(1024).optional(),
        KeyRotationStatus: z.boolean().optional(),
      }),
    })
    .optional(),
});

/**
 * A finding as BatchImportFindings takes it: the members and required ones of the API model (botocore, securityhub
 * 2018-10-26), the limits of the API reference (AwsSecurityFinding, Recommendation), and nothing that we do not write.
 */
const findingSchema = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: z.string().regex(/^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:(\d{12}):product\/\1\/default$/),
  ProductName: text(128),
  GeneratorId: text(512),
  AwsAccountId: account,
  Region: text(16),
  CreatedAt: time,
  UpdatedAt: time,
  FindingProviderFields: z.strictObject({
    Severity: z.strictObject({
      Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
      Original: text(64),
    }),
    Types: z
      .array(
        z
          .string()
          .regex(
            /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[^/]+){0,2}$/,
          ),
      )
      .min(1)
      .max(50),
  }),
  Title: text(256),
  Description: text(1024),
  Remediation: z
    .strictObject({
      Recommendation: z.strictObject({ Text: text(512), Url: z.url({ protocol: /^https$/ }).optional() }),
    })
    .optional(),
  ProductFields: fields(2048),
  Resources: z.array(resource).min(1).max(32),
  Compliance: z.strictObject({ Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']) }),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
});
export type ReadAsffFinding = z.infer<typeof findingSchema>;

/** One call of BatchImportFindings: 6 MB, each finding 240 kB at most, all of one account and Region. */
const batchSchema = z
  .array(findingSchema)
  .min(1)
  .max(100)
  .refine((batch) => new Set(batch.map(({ ProductArn }) => ProductArn)).size === 1, 'of several accounts or Regions')
  .refine((batch) => batch.every((finding) => JSON.stringify(finding).length < 240_000), 'a finding too large');

/** The batches of the text; throws at the first that Security Hub would refuse. */
export const asffBatches = (text: string): ReadAsffFinding[][] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => batchSchema.parse(JSON.parse(line)));
