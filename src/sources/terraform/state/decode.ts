import { type Refusal, unreadable } from './refusal.ts';

/** What a text was meant to be, for what is said of one that is something else. */
export type Meant = 'state' | 'plan';

const BINARY: readonly (readonly [signature: readonly number[], reason: (meant: Meant) => string])[] = [
  [[0x1f, 0x8b], (meant) => `gzip-compressed, not a ${meant}: unpack it first`],
  [[0x50, 0x4b], (meant) => `a zip archive (perhaps a saved plan), not a ${meant}`],
  [[0x28, 0xb5, 0x2f, 0xfd], (meant) => `zstd-compressed, not a ${meant}: unpack it first`],
];

const NOTHING_TO_SAY: Readonly<Record<Meant, string>> = { state: 'manages nothing', plan: 'changes nothing' };

/**
 * The bytes of a state or plan as text. UTF-8 with or without a byte order mark, or UTF-16 with one, as `terraform state pull >
 * file` leaves it in Windows PowerShell 5. Malformed UTF-8 becomes U+FFFD, as it does for Terraform.
 */
export function decode(bytes: Uint8Array, meant: Meant = 'state'): { readonly content: string } | Refusal {
  const binary = BINARY.find(([signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (binary !== undefined) return unreadable(binary[1](meant));
  const content = new TextDecoder(encodingOf(bytes)).decode(bytes);
  return content.trim() === ''
    ? unreadable(`empty: a ${meant} that ${NOTHING_TO_SAY[meant]} is still JSON, so this is none`)
    : { content };
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
