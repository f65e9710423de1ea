import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Directory {
  readonly path: string;
  /** Text as it is, anything else as JSON. */
  write(name: string, content: string | object): Promise<void>;
  remove(): Promise<void>;
}

/** A new directory outside the checkout. */
export async function newDirectory(): Promise<Directory> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'keydrift-state-')));
  return {
    path,
    async write(name, content) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** The user id that Linux and macOS give to nobody's files where there is no other; any but root's serves. */
const NOBODY = 65_534;

/**
 * Does `act` while `path` may be listed by no one. Root may list everything, so its rights are laid down meanwhile:
 * an effective user other than root has none of them (Linux manual, capabilities(7)).
 */
export async function whileClosed<T>(
  directory: Pick<Directory, 'path'>,
  path: string,
  act: () => Promise<T>,
): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  const closed = join(directory.path, path);
  if (isRoot) await chmod(directory.path, 0o755);
  await mkdir(closed, { mode: 0 });
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    await chmod(closed, 0o700);
  }
}
