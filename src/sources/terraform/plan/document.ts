import { blockPath } from '../../../model/address.ts';
import type { PlannedRegion } from '../../../model/facts/plan.ts';
import { readJson } from '../state/json.ts';
import type { JsonWalk, Span } from '../state/json-walk.ts';
import type { Refusal } from '../state/refusal.ts';
import { Words } from '../state/words.ts';
import { type ChangeEntry, entriesIn } from './entries.ts';
import { type Header, logIn, refusalOf, shortfallOf } from './header.ts';
import {
  type PlanProviders,
  type PlanVariables,
  providerRegion,
  providersIn,
  variablesIn,
} from './provider-regions.ts';

/** What a plan says of key resources, as it stands there. */
export interface PlanDocument {
  readonly kind: 'plan';
  readonly changes: readonly ChangeEntry[];
  readonly drift: readonly ChangeEntry[];
  /** Why the plan is not all of what an apply would do; undefined when it is. */
  readonly shortfall: string | undefined;
  /** It says that it is complete, which plans before Terraform 1.8 do not, and names a resource: one that only refreshes names none. */
  readonly isWhole: boolean;
  /** Entries that may be keys and could not be read. */
  readonly gaps: readonly string[];
  /** The Region of the provider of an entry, as far as the plan tells it. */
  readonly providerRegion: (entry: ChangeEntry) => PlannedRegion | undefined;
}

const MEMBERS = new Words([
  'format_version',
  'complete',
  'errored',
  'planned_values',
  'values',
  'provider_schemas',
  'encryption_version',
  'version',
  'lineage',
  'resources',
  '@level',
  'resource_changes',
  'resource_drift',
  'configuration',
  'variables',
]);

const TELLING: ReadonlySet<string> = new Set([
  'format_version',
  'complete',
  'errored',
  'encryption_version',
  'version',
]);

/**
 * Reads what `terraform show -json PLAN` prints, in one walk over its bytes, field order not fixed. Never throws on any
 * input. Of `prior_state`, outputs and resources that are no keys not a value is made; of `configuration` and `variables`, of what
 * decides the Regions of keys alone.
 */
export function readDocument(bytes: Uint8Array): PlanDocument | Refusal {
  const header: Header = {};
  const gaps: string[] = [];
  const lists: Record<'resource_changes' | 'resource_drift', readonly ChangeEntry[]> = {
    resource_changes: [],
    resource_drift: [],
  };
  let isEmpty = true;
  let providers: PlanProviders = { ofResources: new Map(), regions: new Map() };
  let names: PlanVariables = new Map();
  let textOf: (span: Span) => unknown = () => undefined;
  const fault = readJson(
    bytes,
    (walk) => {
      textOf = (span) => walk.parse(span);
      walk.members(() => {
        const name = walk.name(MEMBERS);
        if (name === 'resource_changes' || name === 'resource_drift') {
          const found = entriesIn(walk, name);
          lists[name] = found.entries;
          gaps.push(...found.gaps);
          if (name === 'resource_changes') isEmpty = found.isEmpty;
        } else if (name === 'configuration') providers = providersIn(walk);
        else if (name === 'variables') names = variablesIn(walk);
        else if (name !== undefined) header[name] = TELLING.has(name) ? parsed(walk) : true;
      });
    },
    'plan',
  );
  const refusal = logIn(header) ?? fault ?? refusalOf(header);
  if (refusal !== undefined) return refusal;
  return {
    kind: 'plan',
    changes: lists.resource_changes,
    drift: lists.resource_drift,
    shortfall: shortfallOf(header),
    isWhole: header['complete'] === true && !isEmpty,
    gaps,
    providerRegion: ({ module_address: module, type, name }) => {
      const path = module == null ? '' : `${blockPath(module)}.`;
      return providerRegion(`${path}${type}.${name}`, providers, { names, textOf });
    },
  };
}

const parsed = (walk: JsonWalk): unknown => walk.parse(walk.take());
