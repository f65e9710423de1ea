import type { Values } from './values.ts';

const FLAGS = new Set(['is_enabled', 'enabled', 'enable_key_rotation', 'key_rotation_enabled', 'multi_region']);
const NUMBERS = new Set(['rotation_period_in_days', 'deletion_window_in_days']);
const TAG = /^(tags|tags_all)\.(?!%$)(.*)$/s;

/**
 * Attributes of an instance of a version 3 state, or of one that Terraform carried over from there and has not refreshed
 * since (`attributes_flat`): text only, with maps as `tags.%` (their size) and `tags.NAME`.
 */
export function unflatten(flat: Values): Values {
  const entries = Object.entries(flat);
  const scalars = entries.filter(([name]) => !name.includes('.')).map(([name, value]) => [name, typed(name, value)]);
  return { ...Object.fromEntries(scalars), ...tagsOf('tags', entries), ...tagsOf('tags_all', entries) };
}

function typed(name: string, value: unknown): unknown {
  if (FLAGS.has(name) && (value === 'true' || value === 'false')) return value === 'true';
  if (NUMBERS.has(name) && typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  return value;
}

function tagsOf(map: string, entries: readonly [string, unknown][]): Values {
  const tags = entries.flatMap(([name, value]) => {
    const [, of, key] = TAG.exec(name) ?? [];
    return of === map ? [[key, value]] : [];
  });
  return tags.length === 0 ? {} : { [map]: Object.fromEntries(tags) };
}
