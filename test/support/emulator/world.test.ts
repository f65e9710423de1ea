import { afterEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator, type World } from './emulator.ts';
import { readWorld } from './world/read.ts';
import { parseWorldTime } from './world/times.ts';

const started: Emulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((emulator) => emulator.stop()));
});

const NOW = Date.parse('2026-11-23T06:00:00Z');

describe('times', () => {
  it.each([
    ['now', '2026-11-23T06:00:00.000Z'],
    ['-3d', '2026-11-20T06:00:00.000Z'],
    ['+12d', '2026-12-05T06:00:00.000Z'],
    ['-90m', '2026-11-23T04:30:00.000Z'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(parseWorldTime(text)?.(NOW) ?? 0).toISOString()).toBe(expected);
  });

  it.each(['3d', '-3', 'yesterday', ''])('"%s" is none', (text) => {
    expect(parseWorldTime(text)).toBeUndefined();
  });
});

describe('a world that is not valid', () => {
  it.each<[World, RegExp]>([
    [{ keys: [{ region: 'eu-west-1', created: 'soon' }] }, /keys\.0\.created: "soon" is no time/],
    [{ keys: [{ region: 'eu-west-1', aliases: ['orders'] }] }, /keys\.0\.aliases\.0: an alias begins with alias\//],
    [{ accounts: [{ id: '1' }] }, /accounts\.0\.id: an account id is 12 digits/],
    [{ records: [{ event: 'CreateKey', region: 'eu-west-1', at: 'soon' }] }, /records\.0\.at: "soon" is no time/],
  ])('%j is refused by path', (world, message) => {
    expect(() => readWorld(world)).toThrow(message);
  });

  it('a misspelt field is refused by name', () => {
    const world: World = JSON.parse('{"keys": [{"region": "eu-west-1", "creater": "cli"}]}');
    expect(() => readWorld(world)).toThrow(/keys\.0: Unrecognized key: "creater"/);
  });

  it.each<[World, RegExp]>([
    [{ keys: [{ region: 'eu-west-1', account: '444455556666' }] }, /no account 444455556666/],
    [{ keys: [{ region: 'eu-west-1', keyStore: 'cks-1' }] }, /key 0: the world has no key store cks-1 in eu-west-1/],
    [
      {
        keys: [
          { id: 1, region: 'eu-west-1' },
          { id: 1, region: 'eu-west-1' },
        ],
      },
      /key 1: .* stands twice/,
    ],
    [{ keys: [{ id: 'not/an/id', region: 'eu-west-1' }] }, /key 0: .* is no key ARN/],
    [{ records: [{ record: { eventName: 'CreateKey' } }] }, /record 0: a whole record needs/],
  ])('%j contradicts itself', async (world, message) => {
    await expect(startEmulator(world)).rejects.toThrow(message);
  });
});

describe('the same world', () => {
  it('is the same cloud each time', async () => {
    const world: World = { now: '2026-11-23T06:00:00Z', keys: [{ region: 'eu-west-1', createdBy: 'terraform' }] };
    const realm = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
    const [first, second] = await Promise.all([startEmulator(world), startEmulator(world)]);
    started.push(first, second);
    expect(second.contents(realm)).toEqual(first.contents(realm));
  });

  it('deletes at the start what was due by then', async () => {
    const deletion = { windowDays: 7, by: { via: 'cli' as const, at: '-8d' } };
    const emulator = await startEmulator({ keys: [{ id: 1, region: 'eu-west-1', deletion }] });
    started.push(emulator);
    const { keys, trail } = emulator.contents({ partition: 'aws', account: '111122223333', region: 'eu-west-1' });
    expect(keys.size).toBe(0);
    expect(trail.map((entry) => entry.eventName)).toEqual(['DeleteKey', 'ScheduleKeyDeletion']);
  });
});
