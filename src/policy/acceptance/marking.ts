import type { Acceptances, Lapsed } from '../../model/acceptance.ts';
import type { Diagnostic } from '../../model/coverage.ts';
import type { Fact, RootFact } from '../../model/facts.ts';
import type { InventoryHeader } from '../../model/inventory.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import type { Finding, Report } from '../../model/report.ts';
import type { Rule } from '../../model/rule.ts';
import type { Instant } from '../../model/time.ts';
import { pairingOf } from '../state-holders.ts';
import { type AbsenceProof, absenceProof, isHalfKnown } from './absence.ts';
import { baselined, baselineNotes, baselineResult, type KnownFindings, knownFindings, noteJudged } from './baseline.ts';
import type { Covered } from './gaps.ts';
import {
  isIdle,
  noteUnjudged,
  noteUnseen,
  type Suppressions,
  suppressed,
  suppressionNotes,
  suppressionsOf,
} from './suppressions.ts';

/** Marks the findings of one key while its record is at hand. */
interface KeyMarking {
  /** The finding with who answers for it. */
  readonly marked: (finding: Finding) => Finding;
  /** A rule could not judge the key, and why. */
  readonly unjudged: (rule: string, reason: string) => void;
  /** All rules judged it, or none is to. */
  readonly close: () => void;
}

/** Marks findings, key by key, by who answers for them and whether they are of the change. */
export interface FindingMarking {
  readonly ofKey: (record: KeyRecord) => KeyMarking;
  /** What came of it; to be asked for once, when all keys are judged. */
  readonly result: () => { readonly diagnostics: readonly Diagnostic[]; readonly baseline?: Report['baseline'] };
}

/** What the marks rest on beside what is accepted. */
export interface MarkingContext {
  readonly header: Pick<InventoryHeader, 'scope' | 'requested'>;
  readonly facts: readonly Fact[];
  readonly covered: Covered;
  /** Those that judge. */
  readonly rules: readonly Rule[];
  /** Ids of all that there are. */
  readonly known: ReadonlySet<string>;
  readonly asOf: Instant;
}

const IDLE: KeyMarking = { marked: (finding) => finding, unjudged: () => {}, close: () => {} };

/** Where nobody answers for anything. */
export const NOTHING_MARKED: FindingMarking = { ofKey: () => IDLE, result: () => ({ diagnostics: [] }) };

/** A marking of its own for each time that keys are judged: it remembers what fitted. */
export function findingMarking(acceptances: Acceptances, context: MarkingContext): FindingMarking {
  const { header, facts, covered, rules, known, asOf } = context;
  const roots = facts.filter((fact): fact is RootFact => fact.kind === 'root');
  const pairing = pairingOf(roots, covered.coverage);
  const suppressions = suppressionsOf(acceptances.suppressions, { asOf, scope: header.scope, pairing, facts });
  const baseline = acceptances.baseline === null ? undefined : knownFindings(acceptances.baseline);
  if (isIdle(suppressions) && baseline === undefined) return NOTHING_MARKED;
  const proof = absenceProof(header, covered, rules);
  return {
    ofKey: (record) => keyMarking(record, suppressions, baseline, proof),
    result: () => {
      const after = { isWhole: covered.isWhole, judging: proof.judging, known };
      const notes = suppressionNotes(suppressions, after);
      if (baseline === undefined) return { diagnostics: notes };
      const result = baselineResult(baseline, proof);
      return { diagnostics: [...notes, ...baselineNotes(result)], baseline: result };
    },
  };
}

function keyMarking(
  record: KeyRecord,
  suppressions: Suppressions,
  baseline: KnownFindings | undefined,
  proof: AbsenceProof,
): KeyMarking {
  const entries = baseline?.byKey.get(record.id);
  const unjudged = new Set<string>();
  const found = new Set<string>();
  if (isHalfKnown(record) || record.standing === 'out-of-scope') noteUnseen(suppressions, record);
  return {
    marked: (finding) => {
      found.add(finding.rule);
      return mark(finding, record, suppressions, baseline);
    },
    unjudged: (rule) => {
      unjudged.add(rule);
      noteUnjudged(suppressions, rule, record);
    },
    close: () => {
      if (entries !== undefined) noteJudged(entries, record, { unjudged, found }, proof);
    },
  };
}

/** Whoever suppresses says why, so that comes before the baseline; both have seen the finding. */
function mark(
  finding: Finding,
  record: KeyRecord,
  suppressions: Suppressions,
  baseline: KnownFindings | undefined,
): Finding {
  const { by: suppression, ended } = suppressed(suppressions, finding, record);
  const known = baseline === undefined ? {} : baselined(baseline, finding);
  if (suppression !== undefined) return withMarks(finding, { status: 'suppressed', ...answer(suppression.acceptance) });
  if (known.by !== undefined) return withMarks(finding, { status: 'baselined', ...answer(known.by) });
  const lapsed: Lapsed | undefined =
    ended === undefined ? known.outgrown : { ...ended.acceptance, because: `it ended on ${ended.acceptance.expires}` };
  return lapsed === undefined ? finding : withMarks(finding, { status: 'open', lapsed });
}

const answer = (acceptance: NonNullable<Finding['acceptance']>) => ({ justification: acceptance.reason, acceptance });

type Marks = Pick<Finding, 'status'> & Partial<Pick<Finding, 'justification' | 'acceptance' | 'lapsed'>>;

function withMarks({ rule, severity, status: _, ...rest }: Finding, marks: Marks): Finding {
  return { rule, severity, ...marks, ...rest };
}
