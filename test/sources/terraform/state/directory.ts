import { chmod, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
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

/** Whether this user may list a directory that nobody may: root, as a rule. */
async function readsEverything(): Promise<boolean> {
  const closed = await newDirectory();
  await chmod(closed.path, 0);
  const listing = await readdir(closed.path).then(
    () => true,
    () => false,
  );
  await closed.remove();
  return listing;
}
export const hasEveryRight = await readsEverything();
