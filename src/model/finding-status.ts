/** Nobody answers for what is open. */
export const FINDING_STATUSES = ['open', 'baselined', 'suppressed'] as const;
type FindingStatus = (typeof FINDING_STATUSES)[number];

/** How a finding stands to the gate, which counts `open` alone: `outside-change` is open, and no part of the change. */
export const COUNTED_AS = ['open', 'outside-change', 'baselined', 'suppressed'] as const;
export type CountedAs = (typeof COUNTED_AS)[number];

interface Counting {
  readonly status: FindingStatus;
  readonly outsideChange?: true | undefined;
}

/** How a finding stands to the gate. */
export const countedAs = ({ status, outsideChange }: Counting): CountedAs =>
  status === 'open' && outsideChange === true ? 'outside-change' : status;

/** Whether a finding is open, and no part of the change that the gate is about. */
export const isOutside = (finding: Counting): boolean => countedAs(finding) === 'outside-change';
