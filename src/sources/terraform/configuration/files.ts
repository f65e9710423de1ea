/** What the files of a root module are, by name (Terraform language, "Files and Directories" and "Override Files"). */
export interface RootFiles {
  /** `*.tf` that are read, sorted. */
  readonly read: readonly string[];
  /** Files that Terraform or OpenTofu would read too, sorted. */
  readonly unread: readonly string[];
  /** Those among the unread that may override any block of the read ones. */
  readonly overriding: readonly string[];
}

const EXTENSION = /\.(tf|tofu)(\.json)?$/;
const OVERRIDE = /^(.*_)?override$/;

/** Terraform passes over hidden files and those that editors leave behind. */
const isPassedOver = (name: string): boolean =>
  name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));

/** Whether Terraform or OpenTofu may read a file of this name as configuration. */
export const isConfiguration = (name: string): boolean => EXTENSION.test(name) && !isPassedOver(name);

/** Takes the names of one directory; other files than configuration are left out. */
export function sortFiles(names: readonly string[]): RootFiles {
  const files = names.filter(isConfiguration).sort();
  const overriding = files.filter((name) => OVERRIDE.test(stemOf(name)));
  const read = files.filter((name) => name.endsWith('.tf') && !overriding.includes(name));
  return { read, unread: files.filter((name) => !read.includes(name)), overriding };
}

/** OpenTofu takes `main.tofu` in place of `main.tf` (OpenTofu documentation, "Files and Directories"). */
export const tofuTwin = (name: string, files: RootFiles): string | undefined =>
  files.unread.find((other) => other === `${stemOf(name)}.tofu`);

const stemOf = (name: string): string => name.replace(EXTENSION, '');
