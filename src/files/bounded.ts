import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** The text of a file, or why it is none to read. */
export type BoundedText = { readonly text: string } | { readonly refused: 'no-file' | 'too-large' };

/**
 * The text of a regular file of at most so many bytes, links followed. A pipe is opened without waiting for somebody to
 * write to it (fifo(7)), and neither it nor a device is read: that may take for ever. Throws system errors.
 */
export async function boundedText(path: string, mostBytes: number): Promise<BoundedText> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) return { refused: 'no-file' };
    if (found.size > mostBytes) return { refused: 'too-large' };
    return { text: await file.readFile('utf8') };
  } finally {
    await file.close();
  }
}
