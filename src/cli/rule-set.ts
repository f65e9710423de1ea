import { join, relative, resolve } from 'node:path';
import { type RulePath, readRuleFiles, rulePathsAt } from '../config/rule-files.ts';
import type { RuleFile } from '../model/rule.ts';
import { compileRules } from '../policy/compile.ts';
import { type RuleSet, switchRules } from '../policy/switches.ts';
import type { Host } from './host.ts';
import { type HeldSettings, heldSettings } from './settings.ts';

/** Every rule that there is: the built-in ones and those of the settings, as the settings have them. */
export interface HeldRules extends RuleSet {
  /** Ids of those that ship with keydrift. */
  readonly builtIn: ReadonlySet<string>;
}

/** Which settings say what rules there are. */
export interface RulesFlags {
  /** A settings file in place of the keydrift.yaml that would be found. */
  readonly config?: string;
}

/** How messages call the directory of the built-in rules, wherever it is installed. */
const BUILT_IN = 'keydrift:rules';

const shownIn = ({ cwd }: Pick<Host, 'cwd'>, dir: string): string => relative(cwd, dir) || '.';

/** The rules that ship with keydrift. */
const builtInFiles = ({ package: { root } }: Host): Promise<readonly RuleFile[]> =>
  readRuleFiles(join(root, 'rules'), { shown: BUILT_IN });

/** Rules of directories that the settings name. None of them leads out of what bounds the settings. */
async function ownFiles({ settings }: HeldSettings, { cwd }: Host): Promise<readonly RuleFile[]> {
  const { ruleDirectories, places, within } = settings;
  const read = await Promise.all(
    ruleDirectories.map((dir, index) =>
      readRuleFiles(dir, { shown: shownIn({ cwd }, dir), namedAt: places.get(`rules.directories.${index}`), within }),
    ),
  );
  return read.flat();
}

/**
 * All rules, checked. Throws UserError with its place for what is wrong in a rule, for an id that is taken, and for
 * settings that name a rule or a parameter that there is not.
 */
export async function heldRules(held: HeldSettings, host: Host): Promise<HeldRules> {
  const builtIn = await builtInFiles(host);
  const own = await ownFiles(held, host);
  return {
    ...switchRules(compileRules([...builtIn, ...own]), held.settings.rules),
    builtIn: new Set(builtIn.map(({ rule }) => rule.id)),
  };
}

/** A rule file, and what bounds it where the settings name it. */
export interface FoundRule extends RulePath {
  readonly within?: string | undefined;
}

/** The rule files that a command line names, or all that there are where it names none. */
export async function findRules(
  where: readonly string[],
  flags: RulesFlags,
  host: Host,
): Promise<readonly FoundRule[]> {
  if (where.length > 0) {
    const named = await Promise.all(where.map((one) => rulePathsAt(resolve(host.cwd, one), one)));
    return named.flat();
  }
  const held = await heldSettings(flags, host);
  const builtIn = await rulePathsAt(join(host.package.root, 'rules'), BUILT_IN);
  const { within } = held.settings;
  return [...builtIn, ...(await ownPaths(held, host)).map((path) => ({ ...path, within }))];
}

/** The files of the rules that settings name, absolute; nothing is read of them. */
export const ownRulePaths = async (held: HeldSettings, host: Pick<Host, 'cwd'>): Promise<readonly string[]> =>
  (await ownPaths(held, host)).map(({ path }) => resolve(host.cwd, path));

async function ownPaths({ settings }: HeldSettings, host: Pick<Host, 'cwd'>): Promise<readonly RulePath[]> {
  const { ruleDirectories, places } = settings;
  const paths = await Promise.all(
    ruleDirectories.map((dir, index) => rulePathsAt(dir, shownIn(host, dir), places.get(`rules.directories.${index}`))),
  );
  return paths.flat();
}
