import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Host } from './host.ts';

/** The inventory in the file of `--inventory`. Throws UserError for a report, and for what is neither. */
export async function savedInventory(file: string, { cwd, signal }: Pick<Host, 'cwd' | 'signal'>): Promise<Inventory> {
  const { readSaved } = await import('../sources/inventory/saved.ts');
  const saved = await readSaved(resolve(cwd, file), signal);
  if (saved.kind === 'inventory') return saved.inventory;
  throw new UserError(`--inventory ${file}: that is a report, judged already: keydrift report FILE shows it`);
}
