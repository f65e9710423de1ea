/**
 * keydrift as a library: look, save, judge, tell. The report's shape is the contract (schemaVersion); what is not
 * exported here may change with any version.
 */
export { assess } from './assess.ts';
export { readRuleFiles } from './config/rule-files.ts';
export { InterruptedError, UserError } from './errors.ts';
export type { Coverage, Diagnostic } from './model/coverage.ts';
export type { Fact } from './model/facts.ts';
export type { Estate, Inventory } from './model/inventory.ts';
export type { NamedRoot, PulumiFile } from './model/named.ts';
export type { Finding, Report, ReportKey, RuleResult } from './model/report.ts';
export type { FailOn, Need, Rule, RuleFile, RuleSwitches, Severity } from './model/rule.ts';
export { type CompiledRule, compileRules, neededFacets } from './policy/compile.ts';
export { type ExitCode, exitCode, type GateOptions } from './policy/gate.ts';
export { type RuleSet, type SwitchedRule, switchRules } from './policy/switches.ts';
export { type Format, loadReporter } from './reporters/index.ts';
export type { Reporter, ReporterOptions } from './reporters/reporter.ts';
export { type CollectRequest, collect, type ScanPorts } from './scan.ts';
export { readInventory } from './sources/inventory/read.ts';
export { writeInventory } from './sources/inventory/write.ts';
export type { GivenWhere } from './sources/terraform/state/where.ts';
