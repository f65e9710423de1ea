import type { z } from 'zod';
import { UserError } from '../../errors.ts';
import { INVENTORY_VERSION } from '../../model/inventory.ts';
import { type InventoryLine, inventoryLineSchema } from './line.ts';

const AGAIN = 'collect the inventory again, or restore the file';

/** One line as data. Throws a UserError that begins with `place` (path:line) when it is no line of this version. */
export function parseLine(bytes: Uint8Array, place: string): InventoryLine {
  const value = jsonOf(bytes, place);
  const parsed = inventoryLineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = versionOf(value);
  if (version !== undefined && version !== INVENTORY_VERSION) {
    throw new UserError(`${place}: inventory version ${version}, this keydrift reads ${INVENTORY_VERSION}; ${AGAIN}`);
  }
  const what = `no line of an inventory, version ${INVENTORY_VERSION} (${firstIssue(parsed.error)})`;
  throw new UserError(`${place}: ${what}; ${AGAIN}`);
}

/** The first thing wrong with a value, on one line: `coverage.0.status: Invalid option…`. */
export function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue === undefined
    ? 'invalid'
    : [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': ');
}

/** Whether a file's first line is an inventory header, of whatever version. */
export function looksLikeHeader(bytes: Uint8Array): boolean {
  try {
    return versionOf(JSON.parse(decode(bytes))) !== undefined;
  } catch {
    return false;
  }
}

function jsonOf(bytes: Uint8Array, place: string): unknown {
  try {
    return JSON.parse(decode(bytes));
  } catch (error) {
    throw new UserError(`${place}: not JSON; ${AGAIN}`, { cause: error });
  }
}

/** Fails on bytes that are no UTF-8: a description must not change on its way through a file. */
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

function versionOf(value: unknown): string | undefined {
  const isHeader = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'header';
  return isHeader && 'inventoryVersion' in value
    ? JSON.stringify(value.inventoryVersion).replaceAll('"', '')
    : undefined;
}
