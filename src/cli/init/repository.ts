import { isAbsolute, posix } from 'node:path';
import { isRegionName } from '../../sources/aws/region.ts';
import type { WrittenPlan } from '../../sources/code-host.ts';
import type { Survey, SurveyedRoot } from '../../sources/terraform/survey.ts';

/** What keydrift found in a repository, for the files that it writes. */
export interface Repository {
  readonly survey: Survey;
  readonly plans: readonly WrittenPlan[];
  /** From the root of the repository to the directory of keydrift.yaml; `.` where they are the same. */
  readonly directory: string;
}

/** Regions that providers name, sorted. */
export const regionsOf = (roots: readonly SurveyedRoot[]): readonly string[] =>
  distinct(roots.flatMap(({ reach }) => reach.regions ?? [])).filter(isRegionName);

/** Roots of AWS of which not every Region can be told: an expression decides it, the environment, or what was not read. */
export const openRegions = (roots: readonly SurveyedRoot[]): readonly string[] =>
  roots.flatMap(({ path, reach, isOfAws }) => (reach.regions === null && isOfAws ? [path] : []));

/** Accounts that providers allow or assume roles in, sorted. */
export const accountsOf = (roots: readonly SurveyedRoot[]): readonly string[] =>
  distinct(roots.flatMap(({ reach }) => reach.accounts ?? [])).filter((account) => /^\d{12}$/.test(account));

/** Roots whose states are not all files here: without a plan a check has nothing to lay what they declare beside. */
export const remoteRoots = (roots: readonly SurveyedRoot[]): readonly SurveyedRoot[] =>
  roots.filter(({ states, gaps }) => gaps.length > 0 || states.some((where) => !isAbsolute(where)));

/** Roots whose states a server of its own gives out, which takes credentials that only people can say. */
export const servedRoots = (roots: readonly SurveyedRoot[]): readonly SurveyedRoot[] =>
  roots.filter(({ states }) => states.some((where) => /^https?:/.test(where)));

/** Roots with modules that `terraform init` fetches: without those a check does not know what they declare. */
export const fetchingRoots = (roots: readonly SurveyedRoot[]): readonly SurveyedRoot[] =>
  roots.filter((root) => root.callsRemote);

/** The command that fetches them, in a shell, from the root of the repository. */
export const fetchCommand = ({ survey, directory }: Repository): string => {
  const dirs = fetchingRoots(survey.roots).map(({ path }) => quoted(posix.join(directory, path)));
  return `for root in ${dirs.join(' ')}; do terraform -chdir="$root" init -backend=false -input=false || exit; done`;
};

/** One word of a shell. */
export const quoted = (text: string): string =>
  /^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
