import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InterruptedError, UserError } from '../../../src/errors.ts';
import { DEFAULT_GRACE_MS, type Inventory } from '../../../src/model/inventory.ts';
import { NO_OWNERSHIP } from '../../../src/model/ownership.ts';
import { INCOMPLETE, readInventory } from '../../../src/sources/inventory/read.ts';
import { inventoryLines, writeInventory } from '../../../src/sources/inventory/write.ts';
import fc from '../../support/fast-check.ts';
import { FACT_KINDS, inventories, oneOfEachFact } from './arbitrary-inventory.ts';

const quiet = new AbortController().signal;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keydrift-inventory-'));
});
afterAll(() => rm(directory, { recursive: true }));

const inDirectory = (name: string) => join(directory, name);

async function readText(text: string | Uint8Array): Promise<Inventory> {
  const path = inDirectory('read.ndjson');
  await writeFile(path, text);
  return readInventory(path, quiet);
}

const READ_STATE = { lineage: 'a', serial: 4, digest: 'd1', errored: false, terraformVersion: '1.11.4' };
const small: Inventory = {
  header: {
    kind: 'header',
    inventoryVersion: '1',
    tool: { name: 'keydrift', version: '0.1.0' },
    startedAt: '2026-11-23T05:51:26.000Z',
    finishedAt: '2026-11-23T05:52:26.000Z',
    asOf: '2026-11-23T05:51:26.000Z',
    window: null,
    estate: 'partial',
    graceMs: 300_000,
    scope: [{ partition: 'aws', account: '111122223333', region: 'eu-west-1' }],
    ownership: NO_OWNERSHIP,
    requested: ['kms', 'cloudtrail', 'state'],
  },
  facts: oneOfEachFact,
  coverage: [
    { source: 'kms', operation: 'ListKeys', account: '111122223333', region: 'eu-west-1', status: 'complete' },
    { source: 'state', locator: 'broken.tfstate', status: 'failed', reason: 'encrypted' },
    { source: 'state', locator: 'prod.tfstate', status: 'complete', state: READ_STATE },
  ],
  diagnostics: [{ level: 'info', source: 'kms', message: 'a line \u2028 that is still one line\u001b[31m' }],
};
const lines = [...inventoryLines(small)];

describe('an inventory file', () => {
  it.each(['inventory.ndjson', 'inventory.ndjson.gz'])('%s reads back as it was written', async (name) => {
    await writeInventory(inDirectory(name), small, quiet);
    expect(await readInventory(inDirectory(name), quiet)).toEqual(small);
    expect((await stat(inDirectory(name))).mode & 0o777).toBe(0o600);
  });

  it('holds one fact of every kind in the test above', () => {
    expect(small.facts.map((fact) => fact.kind).sort()).toEqual([...FACT_KINDS].sort());
  });

  it('is one JSON object a line, gzip only under a .gz name', async () => {
    await writeInventory(inDirectory('plain'), small, quiet);
    await writeInventory(inDirectory('packed.gz'), small, quiet);
    const text = await readFile(inDirectory('plain'), 'utf8');
    expect(text).toBe(lines.join(''));
    expect(gunzipSync(await readFile(inDirectory('packed.gz'))).toString()).toBe(text);
    expect(JSON.parse(text.split('\n').at(-2) ?? '')).toEqual({
      kind: 'footer',
      facts: small.facts.length,
      coverage: 3,
      diagnostics: 1,
    });
  });

  it('has the usual grace where its header names none', async () => {
    const text = lines.join('').replace(',"graceMs":300000', '');
    expect(text).not.toContain('graceMs');
    expect((await readText(text)).header).toEqual({ ...small.header, graceMs: DEFAULT_GRACE_MS });
  });

  it('gives back any inventory', async () => {
    const path = inDirectory('any.ndjson.gz');
    await fc.assert(
      fc.asyncProperty(inventories, async (inventory) => {
        await writeInventory(path, inventory, quiet);
        expect(await readInventory(path, quiet)).toEqual(inventory);
      }),
      { numRuns: 60 },
    );
  });

  it('spans chunks: a line longer than one read survives', async () => {
    const message = 'é'.repeat(200_000);
    const long = { ...small, diagnostics: [{ level: 'info' as const, source: 'kms', message }] };
    expect(await readText([...inventoryLines(long)].join(''))).toEqual(long);
  });
});

describe('an inventory file that was cut short', () => {
  it('proves nothing: no requested source is covered completely, what failed stays failed', async () => {
    const { coverage, diagnostics, facts } = await readText(lines.slice(0, -1).join(''));
    expect(facts).toEqual(small.facts);
    expect(coverage).toEqual([
      { ...small.coverage[0], status: 'partial', reason: INCOMPLETE },
      small.coverage[1],
      { ...small.coverage[2], status: 'partial', reason: INCOMPLETE, state: { ...READ_STATE, inDoubt: true } },
      { source: 'cloudtrail', status: 'partial', reason: INCOMPLETE },
    ]);
    const told = { level: 'warning', source: 'inventory', message: `${INCOMPLETE}; collect it again` };
    expect(diagnostics).toEqual([...small.diagnostics, told]);
  });

  it.each([
    ['a lost fact', () => [...lines.slice(0, 3), ...lines.slice(4)]],
    ['a lost coverage line', () => lines.filter((line) => !line.includes('"ListKeys"'))],
    ['a lost newline at the end', () => [lines.join('').slice(0, -1)]],
  ])('is known by %s', async (_, kept) => {
    const { coverage } = await readText(kept().join(''));
    expect(coverage.filter((entry) => entry.status === 'complete')).toEqual([]);
  });

  it('packed, still gives the facts before the cut', async () => {
    const packed = gzipSync(lines.join(''));
    const { facts, coverage } = await readText(packed.subarray(0, packed.length - 1));
    expect(facts).toEqual(small.facts);
    expect(coverage.filter((entry) => entry.status === 'complete')).toEqual([]);
  });

  it.each([
    ['plain', Buffer.from(lines.join(''))],
    ['packed', gzipSync(lines.join(''))],
  ])('anywhere, %s: no header, or nothing is covered completely', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        const outcome = await readText(bytes.subarray(0, length)).catch((error: unknown) => error);
        if (outcome instanceof UserError) return expect(outcome.message).toContain('no header');
        expect(outcome).toMatchObject({ header: small.header });
        expect((outcome as Inventory).coverage.map((entry) => entry.status)).not.toContain('complete');
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is no inventory of this version', () => {
  const [header = '', fact = ''] = lines;
  it.each([
    ['nothing', '', /read\.ndjson: no inventory: it has no header/],
    ['text', 'hello\n', /read\.ndjson:1: not JSON/],
    ['a fact before the header', fact + header, /read\.ndjson:1: an inventory has one header/],
    ['two headers', header + header, /read\.ndjson:2: an inventory has one header/],
    ['another version', header.replace('"1"', '"2"'), /read\.ndjson:1: inventory version 2, this keydrift reads 1/],
    ['an unknown kind', `${header}{"kind":"rumour"}\n`, /read\.ndjson:2: no line of an inventory, version 1 \(kind/],
    ['an unknown field', `${header}${fact.replace('{', '{"colour":"red",')}`, /read\.ndjson:2: .*colour/],
    [
      'a line after the footer',
      [...lines, fact].join(''),
      new RegExp(`read\\.ndjson:${lines.length + 1}: a line after`),
    ],
    ['bytes that are no UTF-8', Buffer.from(`${header}{"kind":"\xff"}\n`, 'latin1'), /read\.ndjson:2: not JSON/],
  ])('%s', async (_, text, message) => {
    const error = await readText(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('\n');
  });

  it('damaged gzip', async () => {
    const packed = gzipSync(lines.join(''));
    packed.fill(0xff, 40, 60);
    await expect(readText(packed)).rejects.toThrow(/gzip data is damaged/);
  });

  it('any text at all is an inventory or a UserError', async () => {
    const hostile = fc.oneof(fc.string(), fc.json(), fc.constant('{"__proto__":{"kind":"header"}}'));
    await fc.assert(
      fc.asyncProperty(fc.array(hostile), fc.boolean(), async (texts, withHeader) => {
        const outcome = await readText([...(withHeader ? [header.trim()] : []), ...texts].join('\n')).catch((e) => e);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UserError);
        else expect(outcome.header).toEqual(small.header);
      }),
      { numRuns: 60 },
    );
  });

  it('a file that is not there', async () => {
    const error = await readInventory(inDirectory('none.ndjson'), quiet).catch((thrown: unknown) => thrown);
    expect(error).toEqual(new UserError(`cannot read ${inDirectory('none.ndjson')}: no such file or directory`));
  });
});

describe('an interrupted scan', () => {
  const interrupted = AbortSignal.abort(new InterruptedError('SIGINT'));

  it.each(['left.ndjson', 'left.ndjson.gz'])('leaves %s as it was and no other file', async (name) => {
    await writeFile(inDirectory(name), 'before');
    const names = await readdir(directory);
    await expect(writeInventory(inDirectory(name), small, interrupted)).rejects.toBeInstanceOf(InterruptedError);
    expect(await readFile(inDirectory(name), 'utf8')).toBe('before');
    expect(await readdir(directory)).toEqual(names);
  });

  it('stops reading', async () => {
    await writeFile(inDirectory('whole.ndjson'), lines.join(''));
    await expect(readInventory(inDirectory('whole.ndjson'), interrupted)).rejects.toBeInstanceOf(InterruptedError);
  });
});
