import { join, resolve } from 'node:path';
import { z } from 'zod';
import { leavesRepository } from './bounds.ts';
import { readText } from './module-reader.ts';

/** A module that `terraform init` installed, by its address within the root without indices: `a.b` for `module.a.module.b`. */
interface InstalledModule {
  readonly source: string;
  readonly version: string | null;
  /** Absolute. */
  readonly dir: string;
}
/** By the address that the manifest has as `Key`. */
export type InstalledModules = ReadonlyMap<string, InstalledModule>;

/** `.terraform/modules/modules.json` (hashicorp/terraform, internal/modsdir/manifest.go). */
const manifestSchema = z.object({
  Modules: z.array(
    z.object({ Key: z.string(), Source: z.string().default(''), Version: z.string().default(''), Dir: z.string() }),
  ),
});

/** Where a root keeps what `init` fetched: TF_DATA_DIR moves it (Terraform documentation, "Environment Variables"). */
export const dataDirOf = (rootDir: string, env: Readonly<Record<string, string | undefined>>): string =>
  resolve(rootDir, env['TF_DATA_DIR'] || '.terraform');

/** What is installed in a root; nothing where no list of it can be read. The list is data: it is only ever looked up in. */
export async function installedModules(rootDir: string, dataDir: string): Promise<InstalledModules> {
  const file = join(dataDir, 'modules', 'modules.json');
  if ((await leavesRepository(file, rootDir)) !== undefined) return new Map();
  const text = await readText(file);
  if (typeof text !== 'string') return new Map();
  const manifest = manifestSchema.safeParse(parsed(text));
  return new Map(
    manifest.data?.Modules.map(({ Key, Source, Version, Dir }) => [
      Key,
      { source: Source, version: Version === '' ? null : Version, dir: resolve(rootDir, Dir) },
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
