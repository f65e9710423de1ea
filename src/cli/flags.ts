import { InvalidArgumentError, Option } from 'commander';
import { ESTATES, type Estate } from '../model/inventory.ts';
import { nearestRegion } from '../model/regions.ts';
import { FAIL_ON, type FailOn } from '../model/rule.ts';
import { DAY, type Instant, parseDuration, parseInstant } from '../model/time.ts';
import { FORMATS } from '../reporters/index.ts';
import { isRegionName } from '../sources/aws/region.ts';
import { parseStateHeader, type StateHeader } from '../sources/terraform/backends/http/headers.ts';
import { parseWhere } from '../sources/terraform/state/where.ts';
import { notBuilt } from './not-built.ts';
import { type Output, parseOutput } from './outputs.ts';

/** Where to look. Durations in milliseconds. */
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
  readonly events: 'lookup' | 'off';
  readonly since: number;
}

/** How to judge. A saved inventory has its own answers where one is undefined. */
export interface JudgingFlags {
  readonly estate?: Estate;
  readonly grace?: number;
  readonly asOf?: Instant;
}

/** What to say, and what to answer. */
export interface ReportFlags {
  readonly output: readonly Output[];
  readonly failOn: FailOn;
  readonly allowPartial: boolean;
  readonly detailedExitcode: boolean;
  readonly all: boolean;
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
  allowPartial: false,
  detailedExitcode: false,
  all: false,
} as const satisfies Partial<SourceFlags & ReportFlags>;

/** The options behind SourceFlags. Made anew for each command: commander keeps state in them. */
export const sourceOptions = (): readonly Option[] => [
  repeatable('--region <region>', "a Region to scan (default: the profile's)", regionIn),
  new Option('--profile <name>', 'the AWS profile to use'),
  repeatable('--state <where>', STATE_WORDS, stateIn),
  repeatable('--state-header <host=name: value>', STATE_HEADER_WORDS, (text) => parseStateHeader(text)),
  repeatable('--config-dir <dir>', CONFIG_DIR_WORDS, (dir) => dir),
  repeatable(
    '--var-file <file>',
    'values of variables, for every root, as terraform -var-file takes them',
    (file) => file,
  ),
  repeatable('--plan <file>', 'a plan, as terraform show -json prints it', (file) => file),
  repeatable('--pulumi <file>', 'what pulumi stack export prints: its keys are managed elsewhere', (file) => file),
  new Option('--config <file>', 'settings (default: the nearest keydrift.yaml, up to the root of the repository)'),
  new Option('--events <how>', 'creation records: lookup (CloudTrail event history) or off')
    .default('lookup', 'lookup')
    .argParser(eventsIn),
  new Option('--since <duration>', 'how far back to look for creation records')
    .default(90 * DAY, '90d')
    .argParser((text) => durationIn(text, 1)),
];

const CONFIG_DIR_WORDS =
  'a directory with Terraform configuration: it and the roots below it, with their states where no --state is given';
const STATE_WORDS =
  "Terraform state: a file; a directory (its *.tfstate and terraform.tfstate.d, nothing deeper); a glob, such as 'states/**/*.tfstate', which reads deeper; - for standard input; s3://bucket/key (globs; a / at the end: every state below); https://…; tfc://org/workspace (or *; tfc://host/org/workspace); exec:DIR, which runs state pull there";
const STATE_HEADER_WORDS =
  'a header for states at this host, such as gitlab.example.com=PRIVATE-TOKEN: …; KEYDRIFT_STATE_HEADERS takes the same, one a line, and is seen by nobody else';

/** The options behind JudgingFlags; help tells the default of each. */
export const judgingOptions = (): readonly Option[] => [
  new Option('--estate <extent>', 'complete: these states are all that manage keys there').choices(ESTATES),
  new Option(
    '--grace <duration>',
    'how long a new key may be in no state before that counts (default: 1h, or what the inventory was made with)',
  ).argParser((text) => durationIn(text, 0)),
  new Option('--as-of <time>', 'reckon ages and deadlines from this time (ISO 8601)').argParser(instantIn),
];

/** The options behind ReportFlags. */
export const reportOptions = (): readonly Option[] => [
  repeatable(
    '-o, --output <format[=path]>',
    `${FORMATS.join(' or ')}; to stdout, or to a file (default: table)`,
    parseOutput,
  ),
  new Option('--fail-on <severity>', 'exit 1 when a finding is at or above this').choices(FAIL_ON).default('high'),
  allowPartialOption(),
  detailedExitcodeOption(),
  new Option('--all', 'show every finding and list in full'),
];

/** `--allow-partial`: coverage that is not complete no longer makes the exit code 3. */
export const allowPartialOption = (): Option =>
  new Option('--allow-partial', 'exit 0 although a source was not covered completely');

/** `--detailed-exitcode`, as `terraform plan` has it. */
export const detailedExitcodeOption = (): Option =>
  new Option('--detailed-exitcode', "Terraform's exit codes: 0 clean, 1 error or incomplete, 2 findings");

/** `--save-inventory FILE`, of every command that looks. */
export const saveOption = (): Option =>
  new Option('--save-inventory <file>', 'save what was seen, to judge again later (gzip if named .gz)').argParser(
    savedIn,
  );

function repeatable<T>(flags: string, description: string, parse: (text: string) => T): Option {
  return new Option(flags, `${description}; repeatable`).argParser((text: string, before: readonly T[] = []) => [
    ...before,
    parse(text),
  ]);
}

function regionIn(text: string): string {
  if (text === 'all') throw notBuilt('--region all', 'name each Region with a --region of its own');
  if (!isRegionName(text)) throw new InvalidArgumentError(`A Region is named like eu-west-1${nearestRegion(text)}.`);
  return text;
}

function stateIn(where: string): string {
  parseWhere(where);
  return where;
}

function savedIn(file: string): string {
  if (file !== '-' && file !== '') return file;
  throw new InvalidArgumentError('An inventory goes to a file, not to stdout: name one.');
}

function eventsIn(text: string): 'lookup' | 'off' {
  if (text === 'lookup' || text === 'off') return text;
  throw notBuilt('--events WHERE (records from anywhere but the event history)', 'give lookup or off');
}

function durationIn(text: string, least: number): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms < least)
    throw new InvalidArgumentError('A duration is written like 90d, 12h, 30m or 45s.');
  return ms;
}

function instantIn(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new InvalidArgumentError('A time is written like 2026-11-23T05:51:26Z.');
  return instant;
}
