import { readJson } from '../state/json.ts';
import type { JsonWalk } from '../state/json-walk.ts';
import type { Refusal } from '../state/refusal.ts';
import { Words } from '../state/words.ts';
import { type ChangeEntry, entriesIn } from './entries.ts';
import { type Header, logIn, refusalOf, shortfallOf } from './header.ts';

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
 * input. Of `variables`, `configuration`, `prior_state`, outputs and resources that are no keys not a value is made.
 */
export function readDocument(bytes: Uint8Array): PlanDocument | Refusal {
  const header: Header = {};
  const gaps: string[] = [];
  const lists: Record<'resource_changes' | 'resource_drift', readonly ChangeEntry[]> = {
    resource_changes: [],
    resource_drift: [],
  };
  let isEmpty = true;
  const fault = readJson(
    bytes,
    (walk) => {
      walk.members(() => {
        const name = walk.name(MEMBERS);
        if (name === 'resource_changes' || name === 'resource_drift') {
          const found = entriesIn(walk, name);
          lists[name] = found.entries;
          gaps.push(...found.gaps);
          if (name === 'resource_changes') isEmpty = found.isEmpty;
        } else if (name !== undefined) header[name] = TELLING.has(name) ? parsed(walk) : true;
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
  };
}

const parsed = (walk: JsonWalk): unknown => walk.parse(walk.take());
