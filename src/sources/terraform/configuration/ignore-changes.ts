import { cutBody } from './blocks.ts';
import type { MergedBlock } from './merged-block.ts';
import { identifierEnd, skipBlank, skipPart } from './scan.ts';

/** Why an attribute is Unknown whose changes may be ignored. */
export const IGNORED_UNREAD = 'what its lifecycle block ignores cannot be read';

/**
 * The arguments that `lifecycle { ignore_changes = […] }` names: a difference there plans nothing (Terraform language,
 * "The lifecycle Meta-Argument"). `unread`: it may name any of them, or none.
 */
export function ignoredChanges({ blocks }: Pick<MergedBlock, 'blocks'>): Ignored {
  const lists = blocks
    .filter(({ block }) => block.type === 'lifecycle')
    .flatMap(({ block }): Ignored[] => {
      const lifecycle = cutBody(block);
      if (!lifecycle.ok) return ['unread'];
      const written = lifecycle.value.arguments.filter(({ name }) => name === 'ignore_changes');
      return written.map(({ text }) => listed(text));
    });
  return lists.reduce(overriding, new Set());
}

/**
 * The list of an override file takes the place of the one before it, but for an empty one; `all` stays (Terraform 1.11,
 * tried; internal/configs/module_merge.go).
 */
function overriding(before: Ignored, list: Ignored): Ignored {
  if (typeof before === 'string' && list !== 'all') return before;
  return typeof list !== 'string' && list.size === 0 ? before : list;
}

export type Ignored = ReadonlySet<string> | 'all' | 'unread';

/** Of `[tags["Owner"], policy]` the names `tags` and `policy`. */
function listed(text: string): Ignored {
  // Quoted in JSON, where native syntax refuses it.
  if (text === 'all' || text === '"all"') return 'all';
  if (!text.startsWith('[')) return 'unread';
  const names = new Set<string>();
  for (let at = skipBlank(text, 1); at < text.length - 1; at = skipBlank(text, nextElement(text, at))) {
    const name = nameAt(text, at);
    if (name === undefined) return 'unread';
    names.add(name);
  }
  return names;
}

/**
 * Names may be quoted, as before Terraform 0.12 and in JSON. Terraform reads such a text as it reads the file, with escapes,
 * blanks and comments in it: only one that is its name at once is taken for it here.
 */
function nameAt(text: string, at: number): string | undefined {
  const start = text[at] === '"' ? at + 1 : at;
  const end = identifierEnd(text, start);
  if (end === undefined || (start > at && !'".['.includes(text.charAt(end)))) return undefined;
  return text.slice(start, end);
}

/** Past the next comma that separates elements, or at the end of the list. */
function nextElement(text: string, from: number): number {
  for (let at = from; at < text.length - 1; at = skipPart(text, at)) {
    if (text[at] === ',') return at + 1;
  }
  return text.length - 1;
}
