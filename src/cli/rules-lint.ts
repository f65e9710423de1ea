import { faultsInRuleFile, readRuleFile } from '../config/rule-files.ts';
import { UserError } from '../errors.ts';
import { plural } from '../model/plural.ts';
import type { RuleFile } from '../model/rule.ts';
import { assertNoTwins, faultsIn } from '../policy/compile.ts';
import { lintRule, type Remark } from '../policy/lint.ts';
import { plainText } from '../reporters/plain-text.ts';
import type { Host } from './host.ts';
import { type FoundRule, findRules, type RulesFlags } from './rule-set.ts';

/**
 * `keydrift rules lint [WHERE…]`: what is wrong with all rules that there are, or with those of directories and files,
 * and what they would be better without; a line each, as compilers print them. 1 when there is one.
 */
export async function lintRules(where: readonly string[], flags: RulesFlags, host: Host): Promise<number> {
  const paths = await findRules(where, flags, host);
  const linted = await Promise.all(paths.map(lintOne));
  const remarks = [...linted.flatMap((one) => one.remarks), ...twins(linted.flatMap(({ file }) => file ?? []))];
  await host.stdout.write(lintLines(remarks, paths.length));
  return remarks.length === 0 ? 0 : 1;
}

interface Linted {
  /** undefined: it cannot be loaded. */
  readonly file: RuleFile | undefined;
  readonly remarks: readonly Remark[];
}

async function lintOne({ path, ...reading }: FoundRule): Promise<Linted> {
  try {
    const faults = await faultsInRuleFile(path, reading);
    if (faults.length > 0) return { file: undefined, remarks: faults.map((fault) => remarkOf(fault, reading.shown)) };
    const file = await readRuleFile(path, reading);
    const unready = faultsIn(file);
    if (unready.length > 0) return { file: undefined, remarks: unready.map((fault) => remarkOf(fault, reading.shown)) };
    return { file, remarks: lintRule(file) };
  } catch (error) {
    return { file: undefined, remarks: [remarkOf(error, reading.shown)] };
  }
}

function twins(files: readonly RuleFile[]): readonly Remark[] {
  try {
    assertNoTwins(files);
    return [];
  } catch (error) {
    return [remarkOf(error, '')];
  }
}

/** What loading says is `path:line:column: what`, the column left out where it is not known. Bugs are thrown on. */
function remarkOf(error: unknown, shown: string): Remark {
  if (!(error instanceof UserError)) throw error;
  const [, file = shown, line = '1', column = '1', message = error.message] =
    /^(.+?):(\d+)(?::(\d+))?: (.*)$/s.exec(error.message) ?? [];
  return { place: `${file}:${line}:${column}`, level: 'error', message };
}

function* lintLines(remarks: readonly Remark[], rules: number): Generator<string, void> {
  for (const { place, level, message } of remarks) yield `${plainText(`${place}: ${level}: ${message}`)}\n`;
  const errors = remarks.filter(({ level }) => level === 'error').length;
  yield `${plural(rules, 'rule')}: ${plural(errors, 'error')}, ${plural(remarks.length - errors, 'warning')}\n`;
}
