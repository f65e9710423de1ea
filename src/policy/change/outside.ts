import type { Change } from '../../model/change.ts';
import type { Coverage } from '../../model/coverage.ts';
import type { Fact, RootFact, StateFact } from '../../model/facts.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import type { Finding } from '../../model/report.ts';
import type { Rule } from '../../model/rule.ts';
import type { FindingMarking } from '../acceptance/marking.ts';
import { stateHolders } from '../state-holders.ts';
import { touchedRoots } from './touched.ts';

/** What there is to tell by which keys a change touches. */
export interface ChangeContext {
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
  readonly rules: readonly Rule[];
}

/**
 * Marks the findings that are no part of a change: what rules say of the estate, and what they say of keys that the change
 * does not touch. They are marked by who answers for them like all others before.
 */
export function markOutsideChange(marking: FindingMarking, change: Change, context: ChangeContext): FindingMarking {
  const ofChange = new Set(context.rules.flatMap(({ id, about }) => (about === 'change' ? [id] : [])));
  const touches = touching(change, context);
  const lost = new Set((change.unjudged ?? []).flatMap(({ key, isLost }) => (isLost === true ? [key] : [])));
  return {
    ofKey: (record) => {
      const inner = marking.ofKey(record);
      let isTouched: boolean | undefined;
      const isPart = ({ rule }: Finding): boolean => {
        if (rule === LOSING && lost.has(record.id)) return true;
        if (!ofChange.has(rule)) return false;
        isTouched ??= touches(record);
        return isTouched;
      };
      return {
        ...inner,
        marked: (finding) => {
          const marked = inner.marked(finding);
          return isPart(finding) ? marked : outside(marked);
        },
      };
    },
    result: marking.result,
  };
}

/** What says that a refresh no longer finds a key: of a change that alters in which Region that looks, this is what it does. */
const LOSING = 'key-pending-deletion';

const outside = ({ key, arn, ...rest }: Finding): Finding => {
  const { root, attribute, message, fingerprint, location, evidence, remediation, ...head } = rest;
  const tail = { message, fingerprint, location, evidence, remediation };
  const about = { ...(root === undefined ? {} : { root }), ...(attribute === undefined ? {} : { attribute }) };
  return { ...head, outsideChange: true, key, arn, ...about, ...tail };
};

/**
 * Whether a change touches a key: the file of one of its blocks, a root that declares, imports or holds it, or a plan that
 * says what becomes of it, for somebody made that of this very change. A state that no root is known to have may be
 * of any.
 */
export function touching(
  change: Change,
  { facts, coverage }: Pick<ChangeContext, 'facts' | 'coverage'>,
): (record: KeyRecord) => boolean {
  const roots = facts.filter((fact): fact is RootFact => fact.kind === 'root');
  const touched = touchedRoots(roots, change);
  const files = new Set(change.files);
  const rootsOf = stateHolders(roots, coverage);
  const isHolding = (instance: StateFact): boolean => {
    const holders = rootsOf(instance);
    return holders.length === 0 || holders.some((root) => touched.has(root));
  };
  const known = new Set(roots.map(({ root }) => root));
  const isOf = (root: string): boolean => touched.has(root) || !known.has(root);
  return (record) => {
    const { configuration, imports, state, errored, planned } = record;
    const applying = appliedBy(record);
    if (applying !== undefined) {
      return applying.some(isHolding) || planned.some(({ location }) => location !== null && files.has(location.path));
    }
    return (
      [...configuration, ...imports].some(({ root, path }) => files.has(path) || isOf(root)) ||
      planned.some(({ by, location }) => by === 'plan' || (location !== null && files.has(location.path))) ||
      [...state, ...errored].some(isHolding)
    );
  };
}

/** The instances that changes are of, where several roots have a key and that is known of each of them. */
function appliedBy({ planned, state }: Pick<KeyRecord, 'planned' | 'state'>): readonly StateFact[] | undefined {
  const sources = new Set(planned.map(({ source }) => source));
  return sources.size === 0 || sources.has(undefined) ? undefined : state.filter(({ source }) => sources.has(source));
}
