import type { AddressInfo } from 'node:net';
import { type Realm, realmKey } from '../../../src/model/key-arn.ts';
import type { Call } from './call.ts';
import { type Clock, type ClockMode, startClock } from './clock.ts';
import { type Cloud, contentsOf, type RealmContents } from './cloud.ts';
import { rateLimit } from './cloudtrail/rate.ts';
import { dispatch } from './dispatch.ts';
import { AwsError } from './errors.ts';
import type { Fault } from './faults/schema.ts';
import { type FaultScript, faultScript } from './faults/script.ts';
import { settle } from './kms/settle.ts';
import { type Answering, awsServer, type LoggedRequest, type Outcome } from './server.ts';
import { loadWorld } from './world/load.ts';
import { readWorld } from './world/read.ts';
import type { ReadWorld, World } from './world/schema.ts';

export type { Fault } from './faults/schema.ts';
export type { World } from './world/schema.ts';

export interface EmulatorOptions {
  /** Any free port when absent. */
  readonly port?: number;
  /** Does the world's time go on by itself? `running` when absent. */
  readonly clock?: ClockMode;
  /** Added to the world's own. */
  readonly faults?: readonly Fault[];
  /** LookupEvents a second for each account and Region, over the world's own limit; null: no limit. */
  readonly lookupEventsPerSecond?: number | null;
  /** Milliseconds that the LookupEvents limit and the faults' `forMs` go by; the machine's when absent. */
  readonly rateClock?: () => number;
  /** Stretches (2) or shrinks (0.01) every slow answer; 1 when absent. */
  readonly slowScale?: number;
}

/** A running emulator: one port for every service and Region. */
export interface Emulator {
  /** For AWS_ENDPOINT_URL or a client's `endpoint`. */
  readonly url: string;
  /** Every request so far, in the order of their answers. */
  readonly requests: readonly LoggedRequest[];
  /** The world's time in epoch milliseconds. */
  readonly now: () => number;
  /** Moves the world's time on: deletions and expiries that come due happen. */
  readonly advance: (ms: number) => void;
  /** Keys, aliases, key stores and trail of one account and Region, as they are now. */
  readonly contents: (realm: Realm) => RealmContents;
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  readonly stop: () => Promise<void>;
}

function isFresh(cloud: Cloud, call: Call): (keyId: string) => boolean {
  const { keys } = contentsOf(cloud, call.realm);
  return (keyId) => keys.get(keyId)?.fresh === true;
}

function outcomeOf(produce: () => string): Outcome {
  try {
    return { kind: 'answer', body: produce() };
  } catch (error) {
    if (error instanceof AwsError) return { kind: 'error', error };
    throw error;
  }
}

function answering(cloud: Cloud, script: FaultScript, passes: (realm: string) => boolean): Answering {
  return (call) => {
    const verdict = script.judge(call, isFresh(cloud, call));
    if (verdict.reset) return { delayMs: verdict.delayMs, outcome: () => ({ kind: 'reset' }) };
    const throttled = call.api === 'LookupEvents' && !passes(realmKey(call.realm));
    const refusal = throttled ? new AwsError('ThrottlingException', 'Rate exceeded') : verdict.error;
    return {
      delayMs: throttled ? 0 : verdict.delayMs,
      outcome: () =>
        outcomeOf(() => {
          settle(cloud);
          return dispatch(cloud, call, refusal, verdict.page);
        }),
    };
  };
}

function listen(server: ReturnType<typeof awsServer>, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function cloudOf(world: ReadWorld, options: EmulatorOptions): Cloud {
  const startMs = world.now === undefined ? Date.now() : Date.parse(world.now);
  const clock: Clock = startClock(startMs, options.clock ?? 'running');
  const cloud = loadWorld(world, startMs, clock);
  settle(cloud);
  return cloud;
}

/** Starts an AWS emulator that holds `world`. Throws when the world is not valid, naming each field that is wrong. */
export async function startEmulator(world: World, options: EmulatorOptions = {}): Promise<Emulator> {
  const read = readWorld(world);
  const cloud = cloudOf(read, options);
  const rateClock = options.rateClock ?? (() => performance.now());
  const script = faultScript(read.faults, options.slowScale ?? 1, rateClock);
  for (const fault of options.faults ?? []) script.add(fault);
  const perSecond =
    options.lookupEventsPerSecond === undefined ? read.limits.lookupEventsPerSecond : options.lookupEventsPerSecond;
  const passes = rateLimit(perSecond, rateClock);
  const requests: LoggedRequest[] = [];
  const server = awsServer(cloud, answering(cloud, script, passes), (request) => requests.push(request));
  const url = await listen(server, options.port ?? 0);
  return {
    url,
    requests,
    now: cloud.clock.now,
    advance: (ms) => {
      cloud.clock.advance(ms);
      settle(cloud);
    },
    contents: (realm) => contentsOf(cloud, realm),
    addFault: script.add,
    clearFaults: script.clear,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
