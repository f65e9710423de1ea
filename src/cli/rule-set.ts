import { join, resolve } from 'node:path';
import { readRuleFiles } from '../config/rule-files.ts';
import type { RuleFile } from '../model/rule.ts';
import { type CompiledRule, compileRules } from '../policy/compile.ts';
import type { Host } from './host.ts';

/** The rules that ship with keydrift, or those of a directory of the user's. */
export const ruleFiles = ({ cwd, package: { root } }: Host, dir?: string): Promise<readonly RuleFile[]> =>
  readRuleFiles(dir === undefined ? join(root, 'rules') : resolve(cwd, dir));

/** The built-in rules, checked. */
export const builtInRules = async (host: Host): Promise<readonly CompiledRule[]> => compileRules(await ruleFiles(host));
