import type { Value } from './language/value.ts';

/** What an expression may get its value from, followed through locals, variables, outputs and each.value. */
export interface Origins {
  /** Addresses from the root module with that of their block: without an index where all instances may be meant. */
  readonly resources: ReadonlyMap<string, string>;
  /** What else it may come from; undefined where it can come from nothing else. */
  readonly elsewhere: string | undefined;
}

/** One thing that a value may come from: an instance of a resource, or what nothing is known of. */
export type Origin = { readonly address: string; readonly block: string } | { readonly elsewhere: string };

/** Of nothing. */
export const NOWHERE: readonly Origin[] = [];

/** Of something that is not followed. */
export const from = (elsewhere: string): readonly Origin[] => [{ elsewhere }];

/** All that a value may come from, each once; of what is not followed the first. */
export function gatheredOrigins(found: readonly Origin[]): Origins {
  const resources = new Map(
    found.flatMap((origin) => ('address' in origin ? [[origin.address, origin.block] as const] : [])),
  );
  const other = found.find((origin) => 'elsewhere' in origin);
  return { resources, elsewhere: other?.elsewhere };
}

/** The resources that are looked for. */
export interface Wanted {
  readonly isType: (resourceType: string) => boolean;
  /** The attributes that name such a resource. */
  readonly attributes: ReadonlySet<string>;
  /** Whether a value that stands in the configuration may be what such a resource is named by. */
  readonly isName: (value: Value) => boolean;
}

/** Steps that are left, for all that is traced in one root. */
export interface Effort {
  left: number;
}

/** For all that is traced in one root: people's expressions take some ten steps. */
export const effortOfRoot = (): Effort => ({ left: 2_000_000 });

/** One `.name` or `[key]`; a key that is not known is null. */
export interface Step {
  readonly key: string | number | null;
  readonly isIndex: boolean;
}

/** What a value holds; undefined where it is one. */
export function elementsOf(value: Value): readonly Value[] | undefined {
  switch (value.kind) {
    case 'list':
    case 'set':
    case 'tuple':
      return value.elements;
    case 'map':
    case 'object':
      return [...value.entries.values()];
    default:
      return undefined;
  }
}
