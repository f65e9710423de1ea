import type { Diagnostic } from '../model/coverage.ts';
import type { StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import type { KeyRecord } from '../model/key-record.ts';
import { by } from '../model/order.ts';
import type { Gathered } from './gather.ts';
import { lay } from './lay.ts';
import { type Context, joinedRecord, looseRecord, namelessRecord } from './records.ts';
import type { StandingOptions } from './standing.ts';

/** What an inventory comes to. */
export interface Reconciled {
  /**
   * Sorted by id. Each record is made when it is asked for, so that whoever lets go of one before taking the next
   * never holds all: a large estate's records together outweigh its facts.
   */
  readonly keys: Iterable<KeyRecord>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays all witnesses of an inventory side by side, key by key. Pure: the clock is in the inventory. */
export function reconcile(inventory: Inventory, options: StandingOptions): Reconciled {
  const { gathering, declarations, context, diagnostics } = lay(inventory, options);
  const named = [...gathering.keys.values()].sort(by(({ key }) => key.arn));
  const others = [
    ...[...grouped(gathering.nameless, instanceId).values()].map((instances) => namelessRecord(instances, context)),
    ...declarations.loose.map((key) => looseRecord(key, context)),
  ].sort(by(({ id }) => id));
  return { keys: { [Symbol.iterator]: () => merged(named, others, context) }, diagnostics };
}

/** Both in order of their ids, the records of keys with an ARN made on the way. */
function* merged(named: readonly Gathered[], others: readonly KeyRecord[], context: Context): Generator<KeyRecord> {
  let next = 0;
  for (const gathered of named) {
    for (let other = others[next]; other !== undefined && other.id < gathered.key.arn; other = others[next]) {
      yield other;
      next += 1;
    }
    yield joinedRecord(gathered, context);
  }
  yield* others.slice(next);
}

const instanceId = ({ source, address }: StateFact): string => `${source}#${address}`;
