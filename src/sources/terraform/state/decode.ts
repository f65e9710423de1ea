import { type Refusal, unreadable } from './refusal.ts';

const BINARY: readonly (readonly [signature: readonly number[], reason: string])[] = [
  [[0x1f, 0x8b], 'gzip-compressed, not a state: unpack it first'],
  [[0x50, 0x4b], 'a zip archive (perhaps a saved plan), not a state'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd-compressed, not a state: unpack it first'],
];

/**
 * A state's bytes as text. UTF-8 with or without a byte order mark, or UTF-16 with one, as `terraform state pull >
 * file` leaves it in Windows PowerShell 5. Malformed UTF-8 becomes U+FFFD, as it does for Terraform.
 */
export function decode(bytes: Uint8Array): { readonly content: string } | Refusal {
  const binary = BINARY.find(([signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (binary !== undefined) return unreadable(binary[1]);
  const content = new TextDecoder(encodingOf(bytes)).decode(bytes);
  return content.trim() === ''
    ? unreadable('empty: a state that manages nothing is still JSON, so this is none')
    : { content };
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
