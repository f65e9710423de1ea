import { cutBody } from './blocks.ts';
import type { MergedBlock } from './merged-block.ts';
import { identifierEnd, skipBlank, skipPart } from './scan.ts';

/**
 * The arguments that `lifecycle { ignore_changes = […] }` names: a difference there plans nothing (Terraform language,
 * "The lifecycle Meta-Argument"). What cannot be read counts as `all`: then nothing is compared.
 */
export function ignoredChanges({ blocks }: Pick<MergedBlock, 'blocks'>): ReadonlySet<string> | 'all' {
  const lists = blocks
    .filter(({ block }) => block.type === 'lifecycle')
    .flatMap(({ block }) => {
      const lifecycle = cutBody(block);
      if (!lifecycle.ok) return [['all']];
      const written = lifecycle.value.arguments.filter(({ name }) => name === 'ignore_changes');
      return written.map(({ text }) => listedNames(text));
    });
  // The list of an override file takes the place of the one before it.
  const names = lists.at(-1) ?? [];
  return names.includes('all') ? 'all' : new Set(names);
}

/** Of `[tags["Owner"], policy]` the names `tags` and `policy`; names may be quoted, as before Terraform 0.12. */
function listedNames(text: string): string[] {
  if (!text.startsWith('[')) return ['all'];
  const names: string[] = [];
  for (let at = skipBlank(text, 1); at < text.length - 1; at = skipBlank(text, nextElement(text, at))) {
    const start = text[at] === '"' ? at + 1 : at;
    const end = identifierEnd(text, start);
    names.push(end === undefined ? 'all' : text.slice(start, end));
  }
  return names;
}

/** Past the next comma that separates elements, or at the end of the list. */
function nextElement(text: string, from: number): number {
  for (let at = from; at < text.length - 1; at = skipPart(text, at)) {
    if (text[at] === ',') return at + 1;
  }
  return text.length - 1;
}
