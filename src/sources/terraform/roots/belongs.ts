import { resolve } from 'node:path';
import { UserError } from '../../../errors.ts';
import { byText } from '../../../model/order.ts';
import { shownPath } from '../../shown-path.ts';
import { httpLocator } from '../backends/http/source.ts';
import { keyForm } from '../backends/key-form.ts';
import { HCP_HOST } from '../backends/tfc/where.ts';
import { parseWhere, type Where } from '../state/where.ts';

/** States by their locators, to be asked which of them a root's backend leads to. */
export type StateIndex = (wheres: readonly string[]) => readonly string[];

/**
 * Looks nothing up but names. Many roots and many states take a time that grows with both alone: a place among many is
 * found by the text that it begins with.
 */
export function stateIndex(locators: readonly string[], cwd: string): StateIndex {
  const sorted = [...new Set(locators)].sort(byText);
  const known = new Set(sorted);
  const exactly = (locator: string): readonly string[] => (known.has(locator) ? [locator] : []);
  const below = (start: string, pattern: string): readonly string[] => {
    const form = keyForm(pattern);
    if (form.kind === 'object') return exactly(start + form.key);
    const candidates = beginningWith(start + form.prefix, sorted);
    return form.kind === 'prefix'
      ? candidates
      : candidates.filter((locator) => form.matches(locator.slice(start.length)));
  };
  const ledTo = (where: Where): readonly string[] => {
    switch (where.kind) {
      case 'path':
        return exactly(shownPath(resolve(cwd, where.path), cwd));
      case 's3':
        return below(`s3://${where.bucket}/`, where.key);
      case 'tfc':
        return below(`tfc://${where.host === HCP_HOST ? '' : `${where.host}/`}${where.organization}/`, where.workspace);
      case 'http':
        return exactly(httpLocator(where.url));
      default:
        return [];
    }
  };
  return (wheres) => [...new Set(wheres.flatMap((text) => ledTo(meaningOf(text))))];
}

/** A backend may say what is no place at all: no state is there. */
function meaningOf(text: string): Where {
  try {
    return parseWhere(text);
  } catch (error) {
    if (error instanceof UserError) return { kind: 'stdin' };
    throw error;
  }
}

/** The run of sorted texts that begin so. */
function beginningWith(start: string, sorted: readonly string[]): readonly string[] {
  let first = 0;
  for (let end = sorted.length; first < end; ) {
    const middle = (first + end) >> 1;
    if ((sorted[middle] ?? '') < start) first = middle + 1;
    else end = middle;
  }
  let last = first;
  while (sorted[last]?.startsWith(start)) last += 1;
  return sorted.slice(first, last);
}
