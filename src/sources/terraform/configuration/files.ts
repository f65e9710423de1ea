/** Which of the two reads the configuration: their files differ. */
export type Program = 'terraform' | 'opentofu';

/** The files of a module in the order in which they are merged (Terraform language, "Files and Directories" and "Override Files"). */
export interface ModuleFiles {
  readonly primary: readonly string[];
  readonly overriding: readonly string[];
}

const EXTENSION = /\.(tf|tofu)(\.json)?$/;
const OVERRIDE = /^(.*_)?override$/;

/** Terraform passes over hidden files and those that editors leave behind. */
const isPassedOver = (name: string): boolean =>
  name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));

/** Whether Terraform or OpenTofu may read a file of this name as configuration. */
export const isConfiguration = (name: string): boolean => EXTENSION.test(name) && !isPassedOver(name);

/** OpenTofu alone reads it. */
export const isTofu = (name: string): boolean => EXTENSION.exec(name)?.[1] === 'tofu';

/** Whether a file has the JSON syntax (Terraform language, "JSON Configuration Syntax"). */
export const isJson = (name: string): boolean => name.endsWith('.json');

/** What one of the two reads among the files of a directory, sorted; the rest of its names are left out. */
export function filesOf(program: Program, names: readonly string[]): ModuleFiles {
  const all = new Set(names.filter(isConfiguration));
  const read = [...all].filter((name) => (program === 'terraform' ? !isTofu(name) : !all.has(tofuTwin(name)))).sort();
  return { primary: read.filter((name) => !isOverriding(name)), overriding: read.filter(isOverriding) };
}

const isOverriding = (name: string): boolean => OVERRIDE.test(name.replace(EXTENSION, ''));

/** OpenTofu takes `main.tofu` in place of `main.tf`, and so of JSON (OpenTofu documentation, "Files and Directories"). */
const tofuTwin = (name: string): string => (isTofu(name) ? '' : name.replace(/\.tf(\.json)?$/, '.tofu$1'));
