import type { Change, Unjudged } from '../../model/change.ts';
import type { Coverage } from '../../model/coverage.ts';
import type { Fact, RootFact } from '../../model/facts.ts';
import { grouped } from '../../model/grouped.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import { isExpected } from '../../model/not-asked.ts';
import type { FindingMarking } from '../acceptance/marking.ts';
import type { CompiledRule } from '../compile.ts';
import { judge } from '../evaluate.ts';
import { stateHolders } from '../state-holders.ts';
import type { JudgingContext } from '../verdict.ts';
import { touching } from './outside.ts';

/** Whether a rule guards keys against the worst that a change can do. */
export const guards = ({ about, severity }: { readonly about: string; readonly severity: string }): boolean =>
  about === 'change' && severity === 'critical';

/** Where keys stand and who holds them. */
interface Held {
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
}

/** Keys in states that a change touches, all where none is given, and that a rule which guards them cannot judge, by id. */
export function unjudgedKeys(
  rules: readonly CompiledRule[],
  keys: Iterable<KeyRecord>,
  context: JudgingContext,
  { change, facts, coverage }: Held & { readonly change?: Change },
): ReadonlyMap<string, Unjudged> {
  const touches = change === undefined ? () => true : touching(change, { facts, coverage });
  const holders = stateHolders(
    facts.filter((fact): fact is RootFact => fact.kind === 'root'),
    coverage,
  );
  const found = new Map<string, Unjudged>();
  const marking: FindingMarking = {
    ofKey: (record) => ({
      marked: (finding) => finding,
      unjudged: (_, reason) => {
        const [instance] = record.state;
        if (instance === undefined || isExpected(reason) || !touches(record)) return;
        const [root = instance.source] = holders(instance);
        found.set(record.id, { key: record.id, root, address: instance.address, reason });
      },
      close: () => {},
    }),
    result: () => ({ diagnostics: [] }),
  };
  judge(
    rules.filter(({ rule }) => guards(rule)),
    keys,
    context,
    marking,
  );
  return found;
}

/** Gaps for what nobody can tell of a change since it was made: a plan can. What a plan has lost, a rule finds. */
export const unjudgedCoverage = (unjudged: readonly Unjudged[]): readonly Coverage[] =>
  [
    ...grouped(
      unjudged.filter(({ isLost }) => isLost !== true),
      ({ root, reason, isAltered, isEnded }) => `${root}
${isAltered}
${isEnded}
${reason}`,
    ).values(),
  ].map(([first, ...others]) => ({
    source: 'configuration',
    operation: 'change',
    locator: first.root,
    status: 'partial',
    reason: `${said(first, others.length === 0 ? '' : ` and ${others.length} more`)}; give its plan with --plan`,
  }));

function said({ address, reason, isAltered, isEnded }: Unjudged, others: string): string {
  if (isEnded)
    return `by the change an apply here destroys or replaces ${address}${others}, where it is of this state: ${reason}`;
  return isAltered
    ? `the change alters what decides ${reason} ${address}${others}, and that is not known without a plan`
    : `the change makes unknown what becomes of ${address}${others}, which could be told before: ${reason}`;
}
