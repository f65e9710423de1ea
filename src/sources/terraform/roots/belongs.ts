import { resolve } from 'node:path';
import { UserError } from '../../../errors.ts';
import { httpLocator } from '../backends/http/source.ts';
import { keyForm } from '../backends/key-form.ts';
import { HCP_HOST } from '../backends/tfc/where.ts';
import { parseWhere, type Where } from '../state/where.ts';

/** Which states, by their locators, are those that a root's backend leads to. Nothing is asked. */
export function belongingTo(wheres: readonly string[], cwd: string): (locator: string) => boolean {
  const tests = wheres.flatMap((text) => {
    const where = meaningOf(text);
    return where === undefined ? [] : [leadsTo(where, cwd)];
  });
  return (locator) => tests.some((test) => test(locator));
}

type Test = (locator: string) => boolean;

/** A backend may say what is no place at all: no state is there. */
function meaningOf(text: string): Where | undefined {
  try {
    return parseWhere(text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function leadsTo(where: Where, cwd: string): Test {
  switch (where.kind) {
    case 'path': {
      const path = resolve(cwd, where.path);
      return (locator) => resolve(cwd, locator) === path;
    }
    case 's3':
      return below(`s3://${where.bucket}/`, where.key);
    case 'tfc': {
      const host = where.host === HCP_HOST ? '' : `${where.host}/`;
      return below(`tfc://${host}${where.organization}/`, where.workspace);
    }
    case 'http': {
      const address = httpLocator(where.url);
      return (locator) => locator === address;
    }
    default:
      return () => false;
  }
}

function below(start: string, pattern: string): Test {
  const matches = matcherOf(pattern);
  return (locator) => locator.startsWith(start) && matches(locator.slice(start.length));
}

function matcherOf(pattern: string): (text: string) => boolean {
  const form = keyForm(pattern);
  if (form.kind === 'pattern') return form.matches;
  return form.kind === 'object' ? (text) => text === form.key : (text) => text.startsWith(form.prefix);
}
