import { byCodePoint } from './configuration/language/text-order.ts';

/** Which of the two reads the configuration: their files differ. */
export type Program = 'terraform' | 'opentofu';

/** The files of a module in the order in which they are merged (Terraform language, "Files and Directories" and "Override Files"). */
export interface ModuleFiles {
  readonly primary: readonly string[];
  readonly overriding: readonly string[];
}

/** A state where nothing names another file, and what `init` leaves of a backend in the data directory ("Backend Type: local"). */
export const STATE_FILE = 'terraform.tfstate';

/** The directory of the states of all workspaces but the default one ("Backend Type: local"). */
export const WORKSPACES_DIR = 'terraform.tfstate.d';

/** What a crashed apply leaves beside the configuration (Terraform CLI documentation, "State: Recovery"). */
export const ERRORED_STATE_FILE = 'errored.tfstate';

/** Where Terraform keeps what `init` found out, below each root. */
export const DATA_DIR = '.terraform';

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
  const read = [...all]
    .filter((name) => (program === 'terraform' ? !isTofu(name) : !all.has(tofuTwin(name))))
    .sort(byCodePoint);
  return { primary: read.filter((name) => !isOverriding(name)), overriding: read.filter(isOverriding) };
}

const isOverriding = (name: string): boolean => OVERRIDE.test(name.replace(EXTENSION, ''));

/** OpenTofu takes `main.tofu` in place of `main.tf`, and so of JSON (OpenTofu documentation, "Files and Directories"). */
const tofuTwin = (name: string): string => (isTofu(name) ? '' : name.replace(/\.tf(\.json)?$/, '.tofu$1'));

/** Whether a file of this name holds values of variables ("Input Variables": variable definitions files). */
export const isValues = (name: string): boolean => /\.tfvars(?:\.json)?$/.test(name);

/** Of sorted names those that Terraform reads values from by itself, in the order in which later ones win ("Input Variables"). */
export const automaticValues = (names: readonly string[]): readonly string[] => [
  ...['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name)),
  ...names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)),
];

/** Whether a file is called as states are; some file systems keep no difference of case. */
export const isState = (name: string): boolean => /\.tfstate$/i.test(name);

/** Backups too: `terraform state` writes `terraform.tfstate.1700000000.backup` ("Backend Type: local"). */
export const isStateOrBackup = (name: string): boolean => /\.tfstate(?:(?:\.\d+)?\.backup)?$/i.test(name);

/** Whether Terraform goes by a file: configuration, values, states, and what `init` leaves. */
export const isReadByTerraform = (path: string): boolean =>
  EXTENSION.test(path) || isValues(path) || isState(path) || /\.terraform\.lock\.hcl$|\/modules\.json$/.test(path);

/** Whether a path is called as what people keep: states, their backups, configuration of Terraform and of what runs it. */
export const isKeptByPeople = (path: string): boolean =>
  isStateOrBackup(path) || /\.(?:hcl|(?:tf|tofu|tfvars)(?:\.json)?)$/i.test(path);
