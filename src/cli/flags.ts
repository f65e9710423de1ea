import { Option } from 'commander';
import { BASELINE_NAME } from '../config/baseline-name.ts';
import { ESTATES, type Estate } from '../model/inventory.ts';
import { FAIL_ON, type FailOn } from '../model/rule.ts';
import { type Instant, LONGEST_GRACE, LONGEST_SINCE } from '../model/time.ts';
import { FORMATS } from '../reporters/index.ts';
import { HEADERS_VARIABLE, parseStateHeader, type StateHeader } from '../sources/terraform/backends/http/headers.ts';
import { baselineIn, durationIn, eventsIn, instantIn, regionIn, savedIn, stateHereIn, stateIn } from './flag-values.ts';
import { type Output, parseOutput } from './outputs.ts';
import { SettingOption } from './setting-option.ts';

/** Where to look. Durations in milliseconds; what is undefined, or an empty list, the settings file may say. */
export interface SourceFlags {
  readonly region: readonly string[];
  readonly profile?: string;
  readonly state: readonly string[];
  readonly stateHeader: readonly StateHeader[];
  /** A settings file in place of the keydrift.yaml that would be found. */
  readonly config?: string;
  readonly configDir: readonly string[];
  readonly varFile: readonly string[];
  readonly plan: readonly string[];
  readonly pulumi: readonly string[];
  readonly events?: 'lookup' | 'off';
  readonly since?: number;
}

/** How to judge. Settings, or else a saved inventory, have answers where one is undefined. */
export interface JudgingFlags {
  readonly estate?: Estate;
  readonly grace?: number;
  readonly asOf?: Instant;
}

/** What decides the exit code, where the settings file is not to say it. */
export interface GateFlags {
  readonly failOn?: FailOn;
  readonly allowPartial?: boolean;
}

/** What to say, and what to answer. */
export interface ReportFlags extends GateFlags {
  readonly output: readonly Output[];
  readonly detailedExitcode: boolean;
  readonly all: boolean;
  readonly showSuppressed: boolean;
}

/** Findings known from before. */
export interface BaselineFlags {
  /** In place of the one that the settings name, or that stands beside them. */
  readonly baseline?: string;
}

/** What flags say that were not given and have no value of their own. */
export const NOT_GIVEN = {
  region: [],
  state: [],
  stateHeader: [],
  configDir: [],
  varFile: [],
  plan: [],
  pulumi: [],
  output: [],
  detailedExitcode: false,
  all: false,
  showSuppressed: false,
} as const satisfies Partial<SourceFlags & ReportFlags>;

/** The options behind SourceFlags. Made anew for each command: commander keeps state in them. */
export const sourceOptions = (): readonly Option[] => [
  repeatable('--region <region>', "a Region to scan (default: the profile's)", regionIn),
  new SettingOption('--profile <name>', 'the AWS profile to use'),
  repeatable('--state <where>', STATE_WORDS, stateIn),
  // No setting: its variable has a name of its own, and counts beside the flag.
  new Option('--state-header <host=name: value>', `${STATE_HEADER_WORDS}; repeatable`).argParser(
    eachTo((text) => parseStateHeader(text)),
  ),
  repeatable('--config-dir <dir>', CONFIG_DIR_WORDS, (dir) => dir),
  varFileOption(),
  planOption(),
  repeatable('--pulumi <file>', 'what pulumi stack export prints: its keys are managed elsewhere', (file) => file),
  configOption(),
  new SettingOption(
    '--events <how>',
    'creation records: lookup (CloudTrail event history) or off (default: lookup)',
  ).argParser(eventsIn),
  new SettingOption('--since <duration>', 'how far back to look for creation records (default: 90d)').argParser(
    (text) => durationIn(text, 1, LONGEST_SINCE),
  ),
];

/** The options of `keydrift check` for what it reads: nothing that anybody would have to be asked for. */
export const hereOptions = (): readonly Option[] => [
  repeatable('--config-dir <dir>', CONFIG_DIR_HERE_WORDS, (dir) => dir),
  varFileOption(),
  planOption(),
  // What is elsewhere is passed over in KEYDRIFT_STATE as in keydrift.yaml: both may be there for a scan.
  repeatable('--state <file>', STATE_HERE_WORDS, stateHereIn).variableArg(stateIn),
  configOption(),
];

const varFileOption = (): Option =>
  repeatable(
    '--var-file <file>',
    'values of variables, for every root, as terraform -var-file takes them',
    (file) => file,
  );

const planOption = (): Option =>
  repeatable('--plan <file>', 'a plan, as terraform show -json prints it', (file) => file);

const CONFIG_DIR_HERE_WORDS =
  'a directory with Terraform configuration: it and the roots below it (default: the roots of the settings, else .)';
const STATE_HERE_WORDS =
  "a snapshot of Terraform state: a file, a directory, a glob, or - for standard input, as in terraform state pull | keydrift check --state -; without it those that the roots' local backends have here";
const CONFIG_DIR_WORDS =
  'a directory with Terraform configuration: it and the roots below it, with their states where no --state is given';
const STATE_WORDS =
  "Terraform state: a file; a directory (its *.tfstate and terraform.tfstate.d, nothing deeper); a glob, such as 'states/**/*.tfstate', which reads deeper; - for standard input; s3://bucket/key (globs; a / at the end: every state below); https://…; tfc://org/workspace (or *; tfc://host/org/workspace); exec:DIR, which runs state pull there";
const STATE_HEADER_WORDS =
  'a header for states at this host, such as gitlab.example.com=PRIVATE-TOKEN: …; KEYDRIFT_STATE_HEADERS takes the same, one a line, and is seen by nobody else';

/** The options behind JudgingFlags; help tells the default of each. */
export const judgingOptions = (): readonly Option[] => [
  new SettingOption('--estate <extent>', 'complete: these states are all that manage keys there').choices(ESTATES),
  new SettingOption(
    '--grace <duration>',
    'how long a new key may be in no state before that counts (default: 1h, or what the inventory was made with)',
  ).argParser((text) => durationIn(text, 0, LONGEST_GRACE)),
  asOfOption(),
];

/** The options behind ReportFlags. */
export const reportOptions = (): readonly Option[] => [
  repeatable(
    '-o, --output <format[=path]>',
    `${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}; to stdout, or to a file (default: table)`,
    parseOutput,
  ),
  new SettingOption('--fail-on <severity>', 'exit 1 when a finding is at or above this (default: high)').choices(
    FAIL_ON,
  ),
  ...allowPartialOptions(),
  detailedExitcodeOption(),
  new Option('--all', 'show every finding and list in full'),
  new Option('--show-suppressed', 'list findings that are suppressed or baselined too (they are always counted)'),
];

export const baselineOption = (): Option =>
  new SettingOption(
    '--baseline <file>',
    `findings known from before, which do not count (default: ${BASELINE_NAME} beside the settings, or in the root of the repository)`,
  ).argParser(baselineIn);

export const configOption = (): Option =>
  new SettingOption(
    '--config <file>',
    'settings (default: the nearest keydrift.yaml, up to the root of the repository)',
  );

/** `-o table|json`, of commands that show something else than a report. */
export const showingOption = (): Option =>
  new Option('-o, --output <format>', 'table or json').choices(['table', 'json']).default('table');

/** `--changed-since REF`, of commands that answer a gate and read a work tree. */
export const changedSinceOption = (): Option =>
  new SettingOption(
    '--changed-since <ref>',
    'fail for what changed since the merge base with this commit alone; the rest is shown (needs git and its history)',
  );

/** `--as-of TIME`. */
export const asOfOption = (): Option =>
  new Option('--as-of <time>', 'reckon ages and deadlines from this time (ISO 8601)').argParser(instantIn);

/** `--allow-partial`: coverage that is not complete no longer makes the exit code 3. */
export const allowPartialOptions = (): readonly Option[] => [
  new SettingOption('--allow-partial', 'exit 0 although a source was not covered completely'),
  new Option('--no-allow-partial', 'exit 3 then, although settings allow it'),
];

/** `--detailed-exitcode`, as `terraform plan` has it. */
export const detailedExitcodeOption = (): Option =>
  new Option('--detailed-exitcode', "Terraform's exit codes: 0 clean, 1 error or incomplete, 2 findings");

/** `--save-inventory FILE`, of every command that looks. */
export const saveOption = (): Option =>
  new Option('--save-inventory <file>', 'save what was seen, to judge again later (gzip if named .gz)').argParser(
    savedIn,
  );

function repeatable<T>(flags: string, description: string, parse: (text: string) => T): SettingOption {
  return new SettingOption(flags, `${description}; repeatable`, 'list').argParser(eachTo(parse));
}

const eachTo =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] = []): readonly T[] => [...before, parse(text)];

/** Every flag that is a setting. */
export const settingOptions = (): readonly SettingOption[] =>
  [...sourceOptions(), ...judgingOptions(), ...reportOptions(), baselineOption(), changedSinceOption()].filter(
    (option) => option instanceof SettingOption,
  );

/** Every variable that says what a flag may say, and the one of headers. */
export const settingVariables = (): readonly string[] => [
  ...settingOptions().map(({ variable }) => variable),
  HEADERS_VARIABLE,
];
