import { z } from 'zod';
import { instantSchema, windowSchema } from './time.ts';

/** In the order in which reports name them. */
export const SOURCES = ['cloudtrail', 'kms', 'state', 'configuration', 'plan', 'owners'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * What was asked of one source, and whether it was answered in full.
 * A narrower entry beside a wider one (one key's DescribeKey beside the Region's ListKeys) takes away from that
 * narrower thing alone.
 */
export const coverageSchema = z.strictObject({
  source: z.enum(SOURCES),
  /** The API or event name asked for: ListKeys, DescribeKey, CreateKey, … */
  operation: z.string().optional(),
  /** A state's or configuration's place, or the ARN of the one key that this entry is about. */
  locator: z.string().optional(),
  partition: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  window: windowSchema.optional(),
  status: z.enum(['complete', 'partial', 'failed']),
  /** One line: why it is not complete, or what a complete answer could not hold. */
  reason: z.string().optional(),
  /** The missing IAM permission, as IAM spells it. */
  permission: z.string().optional(),
  /** Of a state that was read. */
  state: z
    .strictObject({
      lineage: z.string(),
      serial: z.number().int(),
      /** sha256 of the content: same lineage and serial with another digest is a split. */
      digest: z.string(),
      errored: z.boolean(),
      terraformVersion: z.string().nullable(),
      /** Of a state in a bucket that keeps versions. */
      versionId: z.string().optional(),
      /** It moved during the scan, or the inventory was cut: not even what was read of it counts. */
      inDoubt: z.literal(true).optional(),
    })
    .optional(),
  /** Of a plan that was read. */
  plan: z
    .strictObject({
      /** The root that it is of; null when that is not known. */
      root: z.string().nullable(),
      /** It says itself that it is complete (Terraform 1.8 and later), and names resources: one that only refreshes names none. */
      whole: z.boolean(),
      /** The states of its root hold keys that no whole plan of it knows: of each workspace there is another. */
      partial: z.literal(true).optional(),
      /** git tracks the file. */
      committed: z.literal(true).optional(),
    })
    .optional(),
  readAt: instantSchema.optional(),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** The operation of a configuration's entry about blocks whose instances are not known: nothing else of it is open. */
export const INSTANCES = 'instances';

const NOT_INSTALLED = 'run terraform init';

/** Why a module from elsewhere was not read. */
export const notInstalled = (what: string): string => `${what}: ${NOT_INSTALLED}`;

/** Whether a reason is one of those; all others end in fixed words of their own. */
export const isNotInstalled = (reason: string): boolean => reason.endsWith(`: ${NOT_INSTALLED}`);

/** Whether it was asked for and not answered in full. What nobody asked for can be no gap. */
export const countsAsGap = (
  { source, status }: Pick<Coverage, 'source' | 'status'>,
  requested: readonly string[],
): boolean => status !== 'complete' && requested.includes(source);

/**
 * Whether an entry is of a whole plan: it says what becomes of every key that it knows. One that git tracks came with the
 * repository, and says nothing for certain.
 */
export const isWholePlan = ({ source, status, plan }: Coverage): boolean =>
  source === 'plan' && status === 'complete' && plan?.whole === true && plan.committed !== true;

/** Roots whose whole plans say what becomes of every key in their states, each with the locator of one. */
export const plannedRoots = (coverage: readonly Coverage[]): ReadonlyMap<string, string> =>
  new Map(
    coverage.flatMap((entry) =>
      isWholePlan(entry) && entry.plan?.root != null && entry.plan.partial !== true
        ? [[entry.plan.root, entry.locator ?? ''] as const]
        : [],
    ),
  );

/** Something worth saying that is no fact and no gap: counted drops, clamped windows, superseded copies. */
export const diagnosticSchema = z.strictObject({
  level: z.enum(['info', 'warning', 'error']),
  source: z.string(),
  message: z.string(),
});
export type Diagnostic = z.infer<typeof diagnosticSchema>;
