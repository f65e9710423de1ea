import { resolve } from 'node:path';
import { UserError } from '../../../errors.ts';
import { httpLocator } from '../backends/http/source.ts';
import { keyForm } from '../backends/key-form.ts';
import { HCP_HOST } from '../backends/tfc/where.ts';
import { parseWhere, type Where } from '../state/where.ts';

/** Whether a state, as coverage names it, is one of those that a root's backend leads to. Nothing is asked. */
export function belongsTo(locator: string, wheres: readonly string[], cwd: string): boolean {
  return wheres.some((text) => {
    const where = meaningOf(text);
    return where !== undefined && leadsTo(where, locator, cwd);
  });
}

/** A backend may say what is no place at all: no state is there. */
function meaningOf(text: string): Where | undefined {
  try {
    return parseWhere(text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function leadsTo(where: Where, locator: string, cwd: string): boolean {
  switch (where.kind) {
    case 'path':
      return resolve(cwd, where.path) === resolve(cwd, locator);
    case 's3':
      return matches(where.key, behind(`s3://${where.bucket}/`, locator));
    case 'tfc': {
      const host = where.host === HCP_HOST ? '' : `${where.host}/`;
      return matches(where.workspace, behind(`tfc://${host}${where.organization}/`, locator));
    }
    case 'http':
      return httpLocator(where.url) === locator;
    default:
      return false;
  }
}

const behind = (start: string, locator: string): string | undefined =>
  locator.startsWith(start) ? locator.slice(start.length) : undefined;

function matches(pattern: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  const form = keyForm(pattern);
  if (form.kind === 'pattern') return form.matches(text);
  return form.kind === 'object' ? form.key === text : text.startsWith(form.prefix);
}
