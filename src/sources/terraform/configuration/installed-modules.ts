import { isAbsolute, join, normalize, resolve, sep } from 'node:path';
import { z } from 'zod';
import { DATA_DIR } from '../file-names.ts';
import type { ReadFile } from './repository-file.ts';

/** A module that `terraform init` installed, by its address within the root without indices: `a.b` for `module.a.module.b`. */
interface InstalledModule {
  readonly source: string;
  readonly version: string | null;
  /** Absolute. */
  readonly dir: string;
}
/** By the address that the manifest has as `Key`. */
export interface InstalledModules {
  readonly modules: ReadonlyMap<string, InstalledModule>;
  /** Why the list of them could not be read; null where it was, or where there is none. */
  readonly unreadable: string | null;
}

/** No list of installed modules: `init` was not run, or there are none. */
export const NOTHING_INSTALLED: InstalledModules = { modules: new Map(), unreadable: null };

/** `.terraform/modules/modules.json` (hashicorp/terraform, internal/modsdir/manifest.go). */
const manifestSchema = z.object({
  Modules: z.array(
    z.object({ Key: z.string(), Source: z.string().default(''), Version: z.string().default(''), Dir: z.string() }),
  ),
});

/** Where a root keeps what `init` fetched: TF_DATA_DIR moves it (Terraform documentation, "Environment Variables"). */
export const dataDirOf = (rootDir: string, env: Readonly<Record<string, string | undefined>>): string =>
  resolve(rootDir, env['TF_DATA_DIR'] || DATA_DIR);

/**
 * Whether a directory, absolute, holds a module that was installed, of whichever root: it lies where TF_DATA_DIR says that
 * modules are, or where they are without.
 */
export function isInstalled(dir: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const moved = env['TF_DATA_DIR'] || '.terraform';
  const path = `${dir}${sep}`;
  return [moved, '.terraform'].some((dataDir) => {
    const modules = `${join(normalize(dataDir), 'modules')}${sep}`;
    // From each root another one: what is left without the steps up, wherever that lies.
    return isAbsolute(dataDir) ? path.startsWith(modules) : path.includes(sep + modules.replace(STEPS_UP, ''));
  });
}

const STEPS_UP = /^(?:\.\.[/\\])+/;

/** What is installed in a root. The list is data: it is only ever looked up in. */
export async function installedModules(rootDir: string, dataDir: string, read: ReadFile): Promise<InstalledModules> {
  const text = await read(join(dataDir, 'modules', 'modules.json'));
  if (typeof text !== 'string') return text.isMissing ? NOTHING_INSTALLED : { ...NOTHING_INSTALLED, ...text };
  const manifest = manifestSchema.safeParse(parsed(text));
  if (!manifest.success) return { ...NOTHING_INSTALLED, unreadable: 'it is not what terraform init leaves there' };
  const modules = manifest.data.Modules.map(({ Key, Source, Version, Dir }): [string, InstalledModule] => [
    Key,
    { source: Source, version: Version === '' ? null : Version, dir: resolve(rootDir, Dir) },
  ]);
  return { modules: new Map(modules), unreadable: null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
