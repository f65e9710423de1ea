import type { LastUsageFact, StateKeyStoreFact } from '../model/facts.ts';
import { type AliasDrift, OWNER_STATUSES, OWNER_STRENGTHS, OWNERS_BY, type Owner } from '../model/key-record.ts';
import { daysBetween, type Instant } from '../model/time.ts';
import { celValue } from './attribute-fields.ts';
import { defineView, int, oneOf, text } from './view.ts';
import { oneLine } from './words.ts';

/** Somebody outside of Terraform who has the key. */
export const ownerView = defineView<Owner>('Owner', {
  name: { shape: text, says: 'the stack, or the name in the settings', read: ({ name }) => oneLine(name) },
  by: { shape: oneOf(OWNERS_BY), says: 'who says so', read: ({ by }) => by },
  strength: {
    shape: oneOf(OWNER_STRENGTHS),
    says: '`weak` by tag or alias: whoever made the key wrote them',
    read: ({ strength }) => strength,
  },
  status: {
    shape: oneOf(OWNER_STATUSES),
    says: '`left`: the stack is deleted, or let go of the key',
    read: ({ status }) => status,
  },
});

/** An alias that a state binds to the key, and that KMS does not have there. */
export const aliasDriftView = defineView<AliasDrift>('AliasDrift', {
  name: { shape: text, says: 'the alias', read: ({ name }) => oneLine(name) },
  address: { shape: text, says: 'the alias resource', read: ({ address }) => address },
  source: { shape: text, says: 'the state that holds it', read: ({ source }) => source },
  target: {
    shape: text,
    says: 'ARN of the key that KMS has it on; left out when KMS has no such alias',
    read: ({ target }) => target ?? undefined,
  },
  outcome: {
    shape: text,
    says: 'where KMS has it and what that means, for messages',
    read: ({ target }) =>
      target === null
        ? 'no such alias: everything that uses it fails'
        : `it on ${target}: everything that uses it encrypts with that key`,
  },
});

/** A key's last use and the time that its age is reckoned from. */
export interface UsageSource {
  readonly usage: LastUsageFact;
  readonly asOf: Instant;
}

/** `last used 2026-11-20 (Decrypt)`, or since when it was not. */
export function usageText({ usedAt, operation, trackingStart }: LastUsageFact): string {
  if (usedAt === null) return `not used since ${trackingStart.slice(0, 10)}, when KMS began to track it`;
  return `last used ${usedAt.slice(0, 10)}${operation === null ? '' : ` (${oneLine(operation)})`}`;
}

/** A key's last use as rules see it. */
export const lastUsageView = defineView<UsageSource>('LastUsage', {
  usedAt: { shape: text, says: 'left out when not since tracking began', read: ({ usage }) => celValue(usage.usedAt) },
  operation: { shape: text, says: '`Decrypt`, …', read: ({ usage }) => celValue(usage.operation) },
  trackingStart: {
    shape: text,
    says: 'KMS knows of no use before: when tracking began, or the key was made',
    read: ({ usage }) => usage.trackingStart,
  },
  daysUnused: {
    shape: int,
    says: 'whole days since the last use, or since tracking began',
    read: ({ usage, asOf }) => BigInt(daysBetween(usage.usedAt ?? usage.trackingStart, asOf)),
  },
  text: { shape: text, says: '`last used 2026-11-20 (Decrypt)`, for messages', read: ({ usage }) => usageText(usage) },
});

/** An `aws_kms_custom_key_store` instance in a state. */
export const stateKeyStoreView = defineView<StateKeyStoreFact>('StateKeyStore', {
  id: { shape: text, says: 'id of the custom key store', read: ({ id }) => id },
  name: { shape: text, says: 'its name', read: ({ name }) => celValue(name) },
  address: { shape: text, says: 'address of the instance', read: ({ address }) => address },
  source: { shape: text, says: 'where the state was read', read: ({ source }) => source },
});
