import type { Call } from '../call.ts';
import { NO_PAGE_FAULTS, type PageFaults } from '../cloudtrail/lookup.ts';
import { AwsError } from '../errors.ts';
import { type Fault, faultSchema, type ScriptedFault } from './schema.ts';

/** What is to go wrong with one call. */
interface Verdict {
  /** Real milliseconds to wait before the answer. */
  readonly delayMs: number;
  readonly reset: boolean;
  readonly error: AwsError | undefined;
  readonly page: PageFaults;
}

export interface FaultScript {
  readonly judge: (call: Call, isFresh: (keyId: string) => boolean) => Verdict;
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
}

interface Running {
  readonly fault: ScriptedFault;
  seen: number;
  hits: number;
  beganAt: number | undefined;
  readonly hitsByKey: Map<string, number>;
}

/** The key a call asks about, as the caller spelt it. */
const keyOf = (call: Call): string | undefined => {
  const key = call.input['KeyId'] ?? call.input['TargetKeyId'];
  return typeof key === 'string' ? key : undefined;
};

const bareId = (key: string): string => key.split('/').at(-1) ?? key;

function fits({ service, api, account, region, key }: ScriptedFault, call: Call): boolean {
  const about = keyOf(call);
  return (
    (service === undefined || service === call.service) &&
    (api === undefined || api === call.api) &&
    (account === undefined || account === call.realm.account) &&
    (region === undefined || region === call.realm.region) &&
    (key === undefined || (about !== undefined && bareId(key) === bareId(about)))
  );
}

function strikes(running: Running, now: number): boolean {
  const { skip, times, every, forMs } = running.fault;
  running.beganAt ??= now;
  if (forMs !== undefined && now - running.beganAt >= forMs) return false;
  running.seen += 1;
  const turn = running.seen - skip;
  if (turn < 1 || turn % every !== 0) return false;
  if (times !== undefined && running.hits >= times) return false;
  running.hits += 1;
  return true;
}

function strikesFreshKey(running: Running, call: Call, isFresh: (keyId: string) => boolean): boolean {
  const about = keyOf(call);
  if (about === undefined || (running.fault.key === undefined && !isFresh(bareId(about)))) return false;
  const hits = running.hitsByKey.get(bareId(about)) ?? 0;
  running.hitsByKey.set(bareId(about), hits + 1);
  return hits < (running.fault.times ?? 0);
}

const deniedCode: Readonly<Record<Call['service'], string>> = {
  kms: 'AccessDeniedException',
  cloudtrail: 'AccessDeniedException',
  sts: 'AccessDenied',
  cloudformation: 'AccessDenied',
};

function errorOf(fault: ScriptedFault, call: Call): AwsError | undefined {
  switch (fault.fault) {
    case 'throttle':
      return new AwsError(
        call.service === 'sts' || call.service === 'cloudformation' ? 'Throttling' : 'ThrottlingException',
        'Rate exceeded',
      );
    case 'server-error':
      return new AwsError(
        call.service === 'kms' ? 'KMSInternalException' : 'InternalFailure',
        'Internal failure',
        fault.status,
      );
    case 'deny':
      return new AwsError(
        deniedCode[call.service],
        `User: ${call.principal} is not authorized to perform: ${call.service}:${call.api} on resource: ${keyOf(call) ?? '*'} because no identity-based policy allows the ${call.service}:${call.api} action`,
        call.service === 'sts' ? 403 : 400,
      );
    case 'error':
      return new AwsError(fault.code, fault.message, fault.status);
    case 'not-yet-visible':
      return new AwsError('NotFoundException', `Key '${keyOf(call) ?? ''}' does not exist`);
    default:
      return undefined;
  }
}

/** Spreads answers over [ms, toMs] without chance: the golden ratio's multiples fill a range evenly. */
function delayOf(fault: ScriptedFault, hit: number): number {
  if (fault.fault !== 'slow') return 0;
  const part = (hit * 0.618033988749895) % 1;
  return fault.ms + ((fault.toMs ?? fault.ms) - fault.ms) * part;
}

function pageFaults(faults: readonly ScriptedFault[]): PageFaults {
  const has = (name: ScriptedFault['fault']): boolean => faults.some(({ fault }) => fault === name);
  const late = faults.map((fault) => (fault.fault === 'late-records' ? fault.records : 0));
  if (faults.length === 0) return NO_PAGE_FAULTS;
  return {
    emptyPage: has('empty-page'),
    expireToken: has('expire-token'),
    duplicate: has('duplicate-records'),
    malformed: has('malformed-record'),
    late: Math.max(0, ...late),
  };
}

const PAGE_FAULTS: ReadonlySet<ScriptedFault['fault']> = new Set([
  'empty-page',
  'expire-token',
  'duplicate-records',
  'malformed-record',
  'late-records',
]);

const isAbout = (fault: ScriptedFault, call: Call): boolean =>
  (!PAGE_FAULTS.has(fault.fault) || call.api === 'LookupEvents') &&
  (fault.fault !== 'expire-token' || call.input['NextToken'] !== undefined) &&
  fits(fault, call);

/** Runs a script of faults. `slowScale` shrinks or stretches every slow answer. */
export function faultScript(faults: readonly ScriptedFault[], slowScale: number, now: () => number): FaultScript {
  const start = (fault: ScriptedFault): Running => ({
    fault,
    seen: 0,
    hits: 0,
    beganAt: undefined,
    hitsByKey: new Map(),
  });
  const script = faults.map(start);
  return {
    judge: (call, isFresh) => {
      const struck = script.filter(
        (running) =>
          isAbout(running.fault, call) &&
          (running.fault.fault === 'not-yet-visible'
            ? strikesFreshKey(running, call, isFresh)
            : strikes(running, now())),
      );
      const hit = struck.map((running) => running.fault);
      const delays = struck.map((running) => delayOf(running.fault, running.hits));
      return {
        delayMs: Math.max(0, ...delays) * slowScale,
        reset: hit.some(({ fault }) => fault === 'reset'),
        error: hit.map((fault) => errorOf(fault, call)).find((error) => error !== undefined),
        page: pageFaults(hit),
      };
    },
    add: (fault) => {
      script.push(start(faultSchema.parse(fault)));
    },
    clear: () => {
      script.length = 0;
    },
  };
}
