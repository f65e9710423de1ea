import { z } from 'zod';

const stateSchema = z.object({
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          attributes: z.object({ arn: z.string().optional() }),
        }),
      ),
    }),
  ),
});

/** ARN of a resource in a state: of the instance that the address names, or of the first where it names none. */
export function arnIn(state: string, address: string): string {
  const { resources } = stateSchema.parse(JSON.parse(state));
  for (const { module, mode, type, name, instances } of resources) {
    if (mode !== 'managed') continue;
    const resource = [...(module === undefined ? [] : [module]), type, name].join('.');
    const exact = instances.find(({ index_key }) => address === `${resource}${indexOf(index_key)}`);
    const found = exact ?? (address === resource || address === `${type}.${name}` ? instances[0] : undefined);
    if (found !== undefined) return found.attributes.arn ?? `no ARN at ${address}`;
  }
  return `nothing at ${address}`;
}

const indexOf = (key: string | number | undefined): string => (key === undefined ? '' : `[${JSON.stringify(key)}]`);

const actionsSchema = z
  .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
  .default([]);
const planSchema = z.object({ resource_drift: actionsSchema, resource_changes: actionsSchema });

/** What a plan would do and what it found changed, by address; what it leaves alone is left out. */
export interface PlannedActions {
  readonly drift: Readonly<Record<string, readonly string[]>>;
  readonly changes: Readonly<Record<string, readonly string[]>>;
}

/** The actions in what `terraform show -json` says of a plan. */
export function actionsIn(plan: string): PlannedActions {
  const { resource_drift, resource_changes } = planSchema.parse(JSON.parse(plan));
  return { drift: byAddress(resource_drift), changes: byAddress(resource_changes) };
}

const byAddress = (entries: z.infer<typeof actionsSchema>): Record<string, readonly string[]> =>
  Object.fromEntries(
    entries
      .filter(({ change }) => !['no-op', 'read'].includes(change.actions[0] ?? ''))
      .map(({ address, change }) => [address, change.actions]),
  );
