import { z } from 'zod';
import { type Coverage, type Diagnostic, SOURCES } from './coverage.ts';
import type { Fact } from './facts.ts';
import { realmSchema } from './key-arn.ts';
import { NO_OWNERSHIP, ownershipSchema } from './ownership.ts';
import { HOUR, instantSchema, windowSchema } from './time.ts';

/** Changes when a keydrift that reads the one before could misread a file. */
export const INVENTORY_VERSION = '1';

/** What a scan grants a new key that nobody gave another time; backends persist late. */
export const DEFAULT_GRACE_MS = HOUR;

/** Whether somebody said that the states given are all that manage keys in the scanned accounts and Regions. */
export const ESTATES = ['complete', 'partial'] as const;
export type Estate = (typeof ESTATES)[number];

/** First line of an inventory: what was asked, of whom, and when. */
export const inventoryHeaderSchema = z.strictObject({
  kind: z.literal('header'),
  inventoryVersion: z.literal(INVENTORY_VERSION),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  /** The time that ages and deadlines are reckoned from; frozen by --as-of. */
  asOf: instantSchema,
  /** The frozen window asked of CloudTrail; null when events were not asked for. */
  window: windowSchema.nullable(),
  estate: z.enum(ESTATES),
  /** How long a new key may be in no state before that counts, in milliseconds: it decided what was asked twice. */
  graceMs: z.number().int().nonnegative().default(DEFAULT_GRACE_MS),
  /** Every account and Region that was scanned. */
  scope: z.array(realmSchema),
  /** Others that what is declared or planned names: nobody looked there, and their keys are judged by that alone. */
  named: z.array(realmSchema).optional(),
  /** What the settings say of whose keys are whose: replays judge by the same. */
  ownership: ownershipSchema.default(NO_OWNERSHIP),
  /** Sources that were asked for: absence of the others is no gap. */
  requested: z.array(z.enum(SOURCES)),
});
export type InventoryHeader = z.infer<typeof inventoryHeaderSchema>;

/** All facts, coverage and diagnostics of a scan; nothing in it is judged. */
export interface Inventory {
  readonly header: InventoryHeader;
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What one source brings home. */
export interface Look {
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Several looks as one. */
export const joinLooks = (looks: readonly Look[]): Look => ({
  facts: looks.flatMap((look) => look.facts),
  coverage: looks.flatMap((look) => look.coverage),
  diagnostics: looks.flatMap((look) => look.diagnostics),
});
