import { z } from 'zod';
import type { JsonWalk, Span } from '../state/json-walk.ts';
import { KEY_RESOURCES } from '../state/key-types.ts';
import { isRecord, type Values } from '../state/values.ts';
import { Words } from '../state/words.ts';

const MEMBERS = new Words([
  'mode',
  'module_address',
  'name',
  'index',
  'deposed',
  'previous_address',
  'action_reason',
  'change',
  'type',
]);
const TYPES = new Words([...KEY_RESOURCES.keys()]);

const values = z.custom<Values>(isRecord).nullish();

/** One entry of `resource_changes` or `resource_drift` (Terraform documentation, "JSON Output Format"). */
const entrySchema = z.object({
  /** A path of modules, so that an address begins with no dash: commands that people paste carry it. */
  module_address: z
    .string()
    .regex(/^module\..*$/s)
    .nullish(),
  mode: z.enum(['managed', 'data']),
  name: z.string(),
  index: z.union([z.string(), z.number()]).nullish(),
  deposed: z.string().nullish(),
  previous_address: z.string().nullish(),
  action_reason: z.string().nullish(),
  change: z.object({
    actions: z.array(z.string()).min(1),
    before: values,
    after: values,
    after_unknown: z.unknown().optional(),
    before_sensitive: z.unknown().optional(),
    after_sensitive: z.unknown().optional(),
    replace_paths: z.array(z.array(z.unknown())).nullish(),
    importing: z.unknown().optional(),
  }),
});

/** An entry of a managed key resource. */
export type ChangeEntry = z.infer<typeof entrySchema> & { readonly type: string };

/** The key resources among a list's entries, and those that may be some and could not be read. */
export interface Entries {
  readonly entries: readonly ChangeEntry[];
  readonly gaps: readonly string[];
  /** Whether anything stands in it, keys or not. */
  readonly isEmpty: boolean;
}

/** Reads the list at which the walk stands; only of key resources are values made. */
export function entriesIn(walk: JsonWalk, list: string): Entries {
  const entries: ChangeEntry[] = [];
  const gaps: string[] = [];
  if (walk.kind() !== 'array') {
    // Terraform leaves an empty list out; another program may write null.
    return { entries, gaps: walk.parse(walk.take()) === null ? [] : [`${list} is no list`], isEmpty: true };
  }
  let isEmpty = true;
  walk.elements((at) => {
    isEmpty = false;
    const { type, spans } = partsOf(walk);
    if (type === 'other text') return;
    const entry = entrySchema.safeParse(Object.fromEntries([...spans].map(([name, span]) => [name, walk.parse(span)])));
    if (type === undefined) gaps.push(`${list}[${at}] has no type`);
    else if (!entry.success) gaps.push(`${list}[${at}].${placeIn(entry.error)} is not what a plan has there`);
    else if (entry.data.mode === 'managed') entries.push({ ...entry.data, type });
  });
  return { entries, gaps, isEmpty };
}

/** Names of fields, never what stands in them. */
const placeIn = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'change';

function partsOf(walk: JsonWalk) {
  const spans = new Map<string, Span>();
  let type: string | undefined;
  walk.members(() => {
    const name = walk.name(MEMBERS);
    if (name === 'type') type = walk.word(TYPES);
    else if (name !== undefined) spans.set(name, walk.take());
  });
  return { type, spans };
}
