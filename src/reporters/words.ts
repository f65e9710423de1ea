import type { ReportKey } from '../model/report.ts';
import type { Instant } from '../model/time.ts';
import { plainText } from './plain-text.ts';

/** `2026-11-23`, in UTC. */
export const day = (instant: Instant): string => instant.slice(0, 10);

/** `2026-11-23 05:51 UTC`. */
export const minute = (instant: Instant): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** `12,345`. */
export const digits = (number: number): string => number.toLocaleString('en-US');

/** `1 key`, `2 keys`. */
export const count = (number: number, noun: string): string => `${digits(number)} ${noun}${number === 1 ? '' : 's'}`;

/** What people call the key: its alias, else its address, else the start of its id. Plain text. */
export function nameOf(key: ReportKey): string {
  if (key.name !== undefined) return plainText(key.name === key.keyId ? shortId(key.keyId) : key.name);
  const address = key.configuration[0]?.address ?? key.state[0]?.address ?? key.planned?.[0]?.address;
  return plainText(
    key.declaredAliases?.[0] ?? key.aliases[0] ?? address ?? (key.keyId === null ? key.id : shortId(key.keyId)),
  );
}

/** Region and the start of the id, to find the key by; the id only where the name is not that already. Plain text. */
export function identityOf(key: ReportKey): string[] {
  const id = key.keyId === null ? null : plainText(shortId(key.keyId));
  return [...(key.region === null ? [] : [plainText(key.region)]), ...(id === null || id === nameOf(key) ? [] : [id])];
}

const shortId = (keyId: string): string => keyId.slice(0, keyId.startsWith('mrk-') ? 12 : 8);

interface Recorded {
  readonly principal: string | null;
  readonly via: string;
  readonly invokedBy: string | null;
}

/** `role/deployer/alice (terraform)`: who made a call, and with what where that is known. Plain text. */
export function actorText({ principal, via, invokedBy }: Recorded): string {
  const who = principal === null ? (invokedBy ?? 'nobody named') : resourceOf(principal);
  return plainText(via === 'unknown' ? who : `${who} (${via})`);
}

/** An ARN's last part, `assumed-role/` said shorter: arn:aws:sts::111122223333:assumed-role/deployer/alice. */
const resourceOf = (arn: string): string =>
  arn.startsWith('arn:')
    ? arn
        .split(':')
        .slice(5)
        .join(':')
        .replace(/^assumed-role\//, 'role/')
    : arn;

/** `infra/kms.tf:12`, plain. */
export const placeText = ({ path, line }: { readonly path: string; readonly line: number }): string =>
  `${plainText(path)}:${line}`;
