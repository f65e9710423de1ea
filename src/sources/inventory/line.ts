import { z } from 'zod';
import { coverageSchema, diagnosticSchema } from '../../model/coverage.ts';
import { factSchema } from '../../model/facts.ts';
import { inventoryHeaderSchema } from '../../model/inventory.ts';

const count = z.number().int().nonnegative();

/** Last line of an inventory file: how many lines of each sort stand before it. A file without it was cut short. */
const inventoryFooterSchema = z.strictObject({
  kind: z.literal('footer'),
  facts: count,
  coverage: count,
  diagnostics: count,
});
export type InventoryFooter = z.infer<typeof inventoryFooterSchema>;

/**
 * One line of an inventory file, told apart by `kind`: the header first, then every fact as it is in the model,
 * coverage and diagnostics with a `kind` of their own, the footer last.
 */
export const inventoryLineSchema = z.discriminatedUnion('kind', [
  inventoryHeaderSchema,
  ...factSchema.options,
  coverageSchema.extend({ kind: z.literal('coverage') }),
  diagnosticSchema.extend({ kind: z.literal('diagnostic') }),
  inventoryFooterSchema,
]);
export type InventoryLine = z.infer<typeof inventoryLineSchema>;
