import { z } from 'zod';
import { type Values, Withheld } from './values.ts';

/** They say which key or alias an instance is; without them nothing could be said of it. */
export const IDENTITY: ReadonlySet<string> = new Set([
  'arn',
  'id',
  'key_id',
  'region',
  'name',
  'alias_name',
  'target_key_arn',
  'target_key_id',
]);

/**
 * `sensitive_attributes` of an instance: paths of steps, of which the first names an attribute; an empty path is the
 * whole instance (hashicorp/terraform, internal/states/statefile/version4.go, pathStep and marshalPaths).
 */
const pathsSchema = z.array(
  z
    .tuple(
      [z.object({ type: z.literal('get_attr'), value: z.string() })],
      z.object({ type: z.enum(['index', 'get_attr']) }),
    )
    .or(z.tuple([])),
);

/** An instance's values as far as they may leave the parser. */
export interface Shown {
  readonly values: Values;
  /** Why nothing but the identity may. */
  readonly withheld?: string;
}

/** The values without what the instance's `sensitive_attributes` mark; a mark on a part withholds the whole attribute. */
export function withoutSensitive(values: Values, sensitiveAttributes: unknown): Shown {
  const paths = pathsSchema.safeParse(sensitiveAttributes ?? []);
  if (!paths.success) return identityAlone(values, 'what the state marks sensitive cannot be read');
  const names: string[] = [];
  for (const [first] of paths.data) {
    if (first === undefined) return identityAlone(values, MARKED);
    if (!IDENTITY.has(first.value)) names.push(first.value);
  }
  if (names.length === 0) return { values };
  return { values: { ...values, ...Object.fromEntries(names.map((name) => [name, new Withheld(MARKED)])) } };
}

const MARKED = 'marked sensitive in the state';

/** What names the key or alias, and nothing else. */
export const identityAlone = (values: Values, withheld: string): Shown => ({
  values: Object.fromEntries(Object.entries(values).filter(([name]) => IDENTITY.has(name))),
  withheld,
});
