import { z } from 'zod';
import { acceptanceSchema, lapsedSchema } from './acceptance.ts';
import { ATTRIBUTE_NAMES, keyAttributesSchema } from './attributes.ts';
import { staleEntrySchema } from './baseline.ts';
import { coverageSchema, diagnosticSchema } from './coverage.ts';
import { VIAS } from './facts/cloudtrail.ts';
import { FINDING_STATUSES } from './finding-status.ts';
import { ESTATES } from './inventory.ts';
import { realmSchema } from './key-arn.ts';
import {
  NOT_OURS_BY,
  OWNER_STATUSES,
  OWNER_STRENGTHS,
  OWNERS_BY,
  PLANNED_ACTIONS,
  PLANNED_BY,
  STANDINGS,
} from './key-record.ts';
import { SEVERITIES } from './rule.ts';
import { instantSchema, windowSchema } from './time.ts';

/** Raised when a program written against the report would break; new fields alone do not raise it. */
export const REPORT_SCHEMA_VERSION = '1';

const count = z.number().int().nonnegative();

/** Known attributes as plain values beside the witness's own fields; Unknown ones in `unknown` with the reason. */
const witnessShape = {
  ...keyAttributesSchema.partial().shape,
  unknown: z.partialRecord(z.enum(ATTRIBUTE_NAMES), z.string()),
};

const actorShape = {
  principal: z.string().nullable(),
  via: z.enum(VIAS),
  userAgent: z.string().nullable(),
  invokedBy: z.string().nullable(),
};

const recordedSchema = z.strictObject({ eventId: z.string(), eventTime: instantSchema, ...actorShape });

const reportKeySchema = z.strictObject({
  id: z.string(),
  arn: z.string().nullable(),
  account: z.string().nullable(),
  region: z.string().nullable(),
  keyId: z.string().nullable(),
  standing: z.enum(STANDINGS),
  /** Why the standing is what it is, and why a witness that says nothing says nothing. */
  reason: z.string().optional(),
  /** Where `ownership` makes it out-of-scope: by its account or Region (`place`), or by whose it is. */
  notOurs: z.enum(NOT_OURS_BY).optional(),
  aliases: z.array(z.string()),
  /** Those that a state or a configuration binds to it. Left out when there are none. */
  declaredAliases: z.array(z.string()).optional(),
  family: z.strictObject({ primary: z.string(), replicas: z.array(z.string()) }).optional(),
  /** Facets that could not be asked, each with the reason: absence of these is not proved. */
  unknown: z.record(z.string(), z.string()),
  createdAt: instantSchema.nullable(),
  created: recordedSchema.extend(witnessShape).nullable(),
  /** The ReplicateKey call behind a replica's creation record. */
  replicated: recordedSchema.nullable(),
  deletion: recordedSchema.extend({ pendingWindowInDays: z.number().int().nullable() }).nullable(),
  configuration: z.array(
    z.strictObject({
      address: z.string(),
      resourceType: z.string(),
      root: z.string(),
      path: z.string(),
      line: z.number().int().positive(),
      ...witnessShape,
    }),
  ),
  state: z.array(
    z.strictObject({
      address: z.string(),
      resourceType: z.string(),
      status: z.enum(['current', 'tainted', 'deposed']),
      source: z.string(),
      lineage: z.string(),
      serial: z.number().int(),
      ...witnessShape,
    }),
  ),
  live: z
    .strictObject({
      keyManager: z.string().nullable(),
      keyState: z.string().nullable(),
      deletionDate: instantSchema.nullable(),
      validTo: instantSchema.nullable(),
      expirationModel: z.string().nullable(),
      /** Connection state of the key's custom key store, where it has one and it was looked up. */
      keyStoreConnection: z.string().nullable(),
      readAt: instantSchema,
      ...witnessShape,
    })
    .nullable(),
  /** What the next apply does to it, by each plan or root that says so. Left out when nothing does. */
  planned: z
    .array(
      z.strictObject({
        action: z.enum(PLANNED_ACTIONS),
        by: z.enum(PLANNED_BY),
        address: z.string(),
        plan: z.string().optional(),
        /** Attributes that force a replacement; Terraform's argument names where they are none of ours. */
        because: z.array(z.string()),
        reason: z.string().optional(),
        createsFirst: z.boolean(),
        /** null where nothing sets it: KMS takes 30. */
        deletionWindowInDays: z.number().int().nullable(),
        path: z.string().optional(),
        line: z.number().int().positive().optional(),
      }),
    )
    .optional(),
  differences: z.array(
    z.strictObject({
      attribute: z.enum(ATTRIBUTE_NAMES),
      /** Which witnesses disagree. */
      between: z.array(z.string()),
      created: z.unknown().optional(),
      configuration: z.unknown().optional(),
      state: z.unknown().optional(),
      live: z.unknown().optional(),
      replaces: z.boolean(),
    }),
  ),
  /** Who else has it; a weak claim, by tag or alias, changes nothing. Left out when nobody has. */
  owners: z
    .array(
      z.strictObject({
        name: z.string(),
        by: z.enum(OWNERS_BY),
        strength: z.enum(OWNER_STRENGTHS),
        /** `left`: the stack is deleted, or let go of the key. */
        status: z.enum(OWNER_STATUSES),
      }),
    )
    .optional(),
  /** Aliases that a state binds to it and that KMS has on `target`, or nowhere. Left out when there are none. */
  aliasDrifts: z
    .array(z.strictObject({ name: z.string(), address: z.string(), source: z.string(), target: z.string().nullable() }))
    .optional(),
  /** Custom key stores that a state or a configuration puts it in and that KMS does not have. Left out when there are none. */
  missingKeyStores: z.array(z.string()).optional(),
  /** Its last use, where that was asked for. */
  lastUsage: z
    .strictObject({
      /** null: not since tracking began. */
      usedAt: instantSchema.nullable(),
      operation: z.string().nullable(),
      eventId: z.string().nullable(),
      trackingStart: instantSchema,
    })
    .optional(),
});
export type ReportKey = z.infer<typeof reportKeySchema>;

const findingSchema = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  status: z.enum(FINDING_STATUSES),
  justification: z.string().optional(),
  /** Who answers for it, of one that is baselined or suppressed. */
  acceptance: acceptanceSchema.optional(),
  /** An acceptance that would have fitted: the finding is open again. */
  lapsed: lapsedSchema.optional(),
  /** It is no part of the change that was asked about: shown, and no cause to fail. */
  outsideChange: z.literal(true).optional(),
  /** The key's id. */
  key: z.string(),
  arn: z.string().nullable(),
  /** The attribute a difference is about. */
  attribute: z.enum(ATTRIBUTE_NAMES).optional(),
  message: z.string(),
  /** sha256 of version, rule, key id and attribute: holds no values, lines or severity. */
  fingerprint: z.string(),
  location: z.strictObject({ path: z.string(), line: z.number().int().positive() }),
  /** What each witness said, one sentence each. */
  evidence: z.array(z.strictObject({ witness: z.string(), text: z.string() })),
  remediation: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

const ruleResultSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  about: z.enum(['change', 'estate']),
  help: z.string(),
  evaluated: count,
  notEvaluated: count,
  /** Why it was not evaluated, and for how many keys. */
  reasons: z.array(z.strictObject({ reason: z.string(), keys: count })),
});
export type RuleResult = z.infer<typeof ruleResultSchema>;

export const reportCoverageSchema = coverageSchema.extend({
  /** Who answers for the gap: it is shown, and the scan is complete without. */
  accepted: acceptanceSchema.optional(),
  /** Who did: it counts again. */
  lapsed: lapsedSchema.optional(),
});
export type ReportCoverage = z.infer<typeof reportCoverageSchema>;

/** The report: every other format, and the exit code, is a function of this. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  scan: z.strictObject({
    startedAt: instantSchema,
    finishedAt: instantSchema,
    asOf: instantSchema,
    window: windowSchema.nullable(),
    estate: z.enum(ESTATES),
    /** Every requested source was covered, or somebody answers for what was not. */
    complete: z.boolean(),
    scope: z.array(realmSchema),
    requested: z.array(z.string()),
    /** The change that the gate is about; left out where it is about everything. */
    change: z
      .strictObject({
        /** As `--changed-since` was given, and the commit that the change starts from. */
        since: z.string(),
        base: z.string(),
        /** Files of the work tree that differ from it. */
        files: count,
      })
      .optional(),
  }),
  summary: z.strictObject({
    keys: count,
    standings: z.record(z.enum(STANDINGS), count),
    /** Findings that count: open ones, of the change where the gate is about one. */
    findings: z.record(z.enum(SEVERITIES), count),
    /** Findings that somebody answers for, and gaps likewise, those alike once; each left out when there are none. */
    baselined: count.optional(),
    suppressed: count.optional(),
    acceptedGaps: count.optional(),
    /** Open findings that are no part of the change asked about, which do not count. Left out when there are none. */
    outsideChange: z.record(z.enum(SEVERITIES), count).optional(),
    /** managed / (managed + unmanaged + unclaimed), 0 to 1; null when 0/0, or when any requested source was not covered, accepted or not. */
    iacCoverage: z.number().min(0).max(1).nullable(),
    /** Keys that at least one rule could not judge although what it needs was asked for and is not too old. */
    notJudged: count,
    /** Unmanaged and unclaimed keys that somebody claims by a tag or an alias; left out when there are none. */
    weaklyOwned: count.optional(),
    /** Keys that `ownership` leaves to others, by why; they are among those out-of-scope. Left out when there are none. */
    notOurs: z.record(z.enum(NOT_OURS_BY), count).optional(),
  }),
  coverage: z.array(reportCoverageSchema),
  rules: z.array(ruleResultSchema),
  keys: z.array(reportKeySchema),
  findings: z.array(findingSchema),
  /** The findings known from before; left out where no baseline was given. */
  baseline: z
    .strictObject({
      path: z.string(),
      entries: count,
      /** Entries whose findings are proved to be gone. */
      stale: z.array(staleEntrySchema),
    })
    .optional(),
  diagnostics: z.array(diagnosticSchema),
});
export type Report = z.infer<typeof reportSchema>;
