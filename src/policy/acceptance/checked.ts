import { UserError } from '../../errors.ts';
import type { HeldBaseline, Suppression } from '../../model/acceptance.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { fingerprint } from '../fingerprint.ts';
import { needsEnd } from './suppressions.ts';

/**
 * Throws UserError, with the place, for a suppression in settings of a rule that there is not, and for one without an
 * end of a rule whose findings are high or critical. `rules` are all there are, also those that are switched off.
 */
export function checkSuppressions(
  suppressions: readonly Suppression[],
  rules: readonly Pick<Rule, 'id' | 'severity'>[],
): void {
  const severities = new Map(rules.map(({ id, severity }) => [id, severity]));
  for (const { rule, acceptance, ruleAt } of suppressions) {
    const severity = severities.get(rule);
    if (severity === undefined) {
      throw new UserError(`${ruleAt}: no rule is named ${rule}${didYouMean(rule, severities.keys())}`);
    }
    if (acceptance.expires === undefined && needsEnd(severity)) {
      throw new UserError(
        `${ruleAt}: findings of ${rule} are ${severity}: nobody accepts these for ever; give expires`,
      );
    }
  }
}

/**
 * Throws UserError, with the place, for an entry whose fingerprint is that of another finding than the one that a
 * review reads there.
 */
export function checkBaseline({ path, entries }: HeldBaseline): void {
  const wrong = entries.find((entry) => fingerprint(entry.rule, entry.key, entry.attribute) !== entry.fingerprint);
  if (wrong === undefined) return;
  throw new UserError(
    `${path}:${wrong.line}: this fingerprint is not that of the rule, key and attribute beside it; take the line out, and let keydrift baseline update write it`,
  );
}
