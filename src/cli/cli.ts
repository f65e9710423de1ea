import type { Inventory } from '../model/inventory.ts';
import type { CollectRequest, ScanPorts } from '../scan.ts';
import type { Host } from './host.ts';

/** Gathers an inventory: scan.ts, or what a test puts in its place. */
export type Collect = (request: CollectRequest, ports: ScanPorts) => Promise<Inventory>;

/** What every command is given beside its flags. */
export interface Cli {
  readonly host: Host;
  readonly collect: Collect;
}
