import { type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateKeyCommand, type CreateKeyCommandInput, DescribeKeyCommand } from '@aws-sdk/client-kms';
import { clientsOf } from './clients.ts';
import { type Emulator, startEmulator, type World } from './emulator.ts';

/** The id in a key's ARN. */
export const idOf = (arn: string): string => arn.split('/')[1] ?? '';

/** Short ways to ask one Region what a test of writes wants to know. */
export function sessionIn(emulator: Emulator, region: string) {
  const { kms, cloudtrail } = clientsOf(emulator, region);
  const metadataOf = async (KeyId: string) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
  return {
    kms,
    metadataOf,
    stateOf: async (keyId: string) => (await metadataOf(keyId))?.KeyState,
    /** ARN of a new key. */
    created: async (input: CreateKeyCommandInput = {}) =>
      (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.Arn ?? '',
    /** CloudTrail's records, newest first. */
    records: async () => {
      const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
      return Events.map((event: Event) => JSON.parse(event.CloudTrailEvent ?? ''));
    },
  };
}

/** A frozen world at 2026-11-23T06:00:00Z without a limit on look-ups. */
export const frozenEmulator = (world: World = {}): Promise<Emulator> =>
  startEmulator({ now: '2026-11-23T06:00:00Z', ...world }, { clock: 'frozen', lookupEventsPerSecond: null });
