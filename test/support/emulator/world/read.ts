import type { z } from 'zod';
import { type ReadWorld, type World, worldSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** Of a union's branches the one that the author most likely meant: with the fewest issues. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best), branches[0] ?? []);
}

function linesOf(issue: Issue, above: readonly PropertyKey[]): readonly string[] {
  const path = [...above, ...issue.path];
  const branches = issue.code === 'invalid_union' ? closest(issue.errors) : [];
  if (branches.length > 0) return branches.flatMap((inner) => linesOf(inner, path));
  return [`${path.map(String).join('.') || 'world'}: ${issue.message}`];
}

/** A world with its defaults. Throws one error that names every field that is wrong, by its path. */
export function readWorld(world: World): ReadWorld {
  const result = worldSchema.safeParse(world);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => linesOf(issue, []));
  throw new Error(`the world is not valid: ${lines.join('; ')}`);
}
