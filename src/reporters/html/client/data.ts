/// <reference lib="dom" />
import type { Finding, ReportKey } from '../../../model/report.ts';
import { BLOCK, blockId, type Contents, type FindingRow, type KeyRow } from '../rows.ts';
import { type Items, itemsOf } from './items.ts';

/** The report as it stands in the page. */
export interface Data {
  readonly contents: Contents;
  readonly items: Items;
  readonly keyAt: (at: number) => ReportKey;
  readonly findingAt: (at: number) => Finding;
}

/** Reads the rows; whole keys and findings are read a block at a time, when the first of it is wanted. */
export function readData(): Data {
  const contents = parsed<Contents>('contents');
  const items = itemsOf(parsed<KeyRow[]>('key-rows'), parsed<FindingRow[]>('finding-rows'), contents);
  return { contents, items, keyAt: reader<ReportKey>('keys'), findingAt: reader<Finding>('findings') };
}

function reader<T>(kind: 'keys' | 'findings'): (at: number) => T {
  const read = new Map<string, readonly T[]>();
  return (at) => {
    const id = blockId(kind, at);
    const block = read.get(id) ?? parsed<readonly T[]>(id);
    read.set(id, block);
    const value = block[at % BLOCK];
    if (value === undefined) throw new Error(`no ${kind} ${at}`);
    return value;
  };
}

/** The reporter wrote it with these types. */
const parsed = <T>(id: string): T => JSON.parse(element(id).textContent ?? '');

/** An element of the page, which has it. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** A control of the page. */
export function control(id: string): HTMLInputElement | HTMLSelectElement {
  const found = element(id);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement) return found;
  throw new Error(`#${id} is no control`);
}
