import { z } from 'zod';
import { acceptanceSchema, lapsedSchema } from './acceptance.ts';
import { ATTRIBUTE_NAMES } from './attributes.ts';
import { staleEntrySchema } from './baseline.ts';
import { coverageSchema, diagnosticSchema } from './coverage.ts';
import { FINDING_STATUSES } from './finding-status.ts';
import { ESTATES } from './inventory.ts';
import { realmSchema } from './key-arn.ts';
import { NOT_OURS_BY, STANDINGS } from './key-record.ts';
import { reportKeySchema } from './report-key.ts';
import { SEVERITIES } from './rule.ts';
import { instantSchema, windowSchema } from './time.ts';

/** Raised when a program written against the report would break; new fields alone do not raise it. */
export const REPORT_SCHEMA_VERSION = '1';

const count = z.number().int().nonnegative();

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
  /** Whose key it is, where there are several roots and that is known: a module may be called by many. */
  root: z.string().optional(),
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
  /** It is no part of the change that the gate is about: it is shown, and does not count. */
  outsideChange: z.literal(true).optional(),
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
    /** Roots, those that the change touches where there is one, of which neither all states nor a plan was read; left out where there is none. */
    uncompared: z.array(z.string()).optional(),
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
    /** Gaps that are no part of the change asked about, those alike once. Left out when there are none. */
    outsideGaps: count.optional(),
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
