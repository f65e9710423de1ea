import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UserError } from '../../../src/errors.ts';
import { readSaved } from '../../../src/sources/inventory/saved.ts';
import { inventoryLines } from '../../../src/sources/inventory/write.ts';
import { reportOf } from '../../fixtures/report.ts';
import { inventory } from '../../support/facts.ts';

const quiet = new AbortController().signal;

let path: string;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keydrift-saved-'));
  path = join(directory, 'saved');
});
afterAll(() => rm(directory, { recursive: true }));

const seen = inventory([]);
const report = reportOf();
const inventoryText = [...inventoryLines(seen)].join('');

describe('what a scan left behind is told by its content', () => {
  it.each([
    ['an inventory', inventoryText, { kind: 'inventory', inventory: seen }],
    ['a packed inventory', gzipSync(inventoryText), { kind: 'inventory', inventory: seen }],
    ['a report', JSON.stringify(report), { kind: 'report', report }],
    ['an indented report', `${JSON.stringify(report, null, 2)}\n`, { kind: 'report', report }],
    ['a packed report', gzipSync(JSON.stringify(report)), { kind: 'report', report }],
  ])('%s', async (_, content, saved) => {
    await writeFile(path, content);
    expect(await readSaved(path, quiet)).toEqual(saved);
  });

  it.each([
    ['nothing', '', /: empty or cut short; name a saved inventory or a JSON report$/],
    ['nothing, packed', gzipSync('').subarray(0, 12), /: empty or cut short; name/],
    ['a state', '{"version":4,"lineage":"x"}', /neither a saved inventory nor a JSON report \(schemaVersion/],
    ['text', 'keydrift 0.1.0\n44 keys\n', /neither a saved inventory nor a JSON report$/],
    ['a report of a later version', '{"schemaVersion":"2"}', /report version "2", this keydrift reads "1"/],
    ['half a packed report', gzipSync(JSON.stringify(report)).subarray(0, 90), /: empty or cut short; name/],
    ['an inventory of another version', inventoryText.replace('"1"', '"7"'), /:1: inventory version 7/],
  ])('%s is refused on one line', async (_, content, message) => {
    await writeFile(path, content);
    const error = await readSaved(path, quiet).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('\n');
  });
});
