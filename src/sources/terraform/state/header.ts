import { z } from 'zod';
import { faultIn } from './resource-facts.ts';
import type { Header } from './sketch.ts';

const shape = {
  lineage: z.string().nullish(),
  serial: z.int().nonnegative().nullish(),
  terraform_version: z.string().nullable().catch(null),
};

/** What names a state, and what wrote it. */
export type StateHeader = z.infer<z.ZodObject<typeof shape>>;

/** A version 4 state besides its resources. */
export const version4Schema = z.object({ ...shape, resources: z.array(z.unknown()) });

/** A version 3 state besides its modules. */
export const version3Schema = z.object({ ...shape, modules: z.array(z.unknown()) });

/** The header of a `terraform show -json` output, which names no lineage. */
export const shownSchema = z.object({ terraform_version: shape.terraform_version });

/**
 * What is wrong with a header. Terraform writes the list of resources, or modules, always (hashicorp/terraform,
 * internal/states/statefile/version4.go, writeStateV4).
 */
export function damageOf(error: z.ZodError, header: Header): string {
  const list = header.version === 3 ? 'modules' : 'resources';
  if ((header[list] ?? null) !== null) {
    return `damaged: ${faultIn(error)} is not what a version ${header.version === 3 ? 3 : 4} state has there`;
  }
  return header.lineage
    ? `damaged: it has no list of ${list}, which Terraform writes even where there are none`
    : `JSON with version ${header.version === 3 ? 3 : 4}, but neither ${list} nor a lineage`;
}
