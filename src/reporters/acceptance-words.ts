import type { Acceptance, Lapsed } from '../model/acceptance.ts';
import type { Finding } from '../model/report.ts';

/** Why, whose, until when, and where that is written, as one text. Not plain text. */
export const acceptanceText = ({ by, reason, owner, expires, place }: Acceptance): string =>
  [
    reason,
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
    `${by}, ${place.path}:${place.line}`,
  ].join('; ');

/** That somebody answers for it. Not plain text. */
export const acceptedText = (acceptance: Acceptance): string => `accepted: ${acceptanceText(acceptance)}`;

/** That somebody did, and why that no longer holds. Not plain text. */
export const lapsedText = (lapsed: Lapsed): string => `accepted before, ${lapsed.because}: ${acceptanceText(lapsed)}`;

/** The same of a finding; nothing of one that nobody answered for. Not plain text. */
export const lapsedTexts = ({ lapsed }: Pick<Finding, 'lapsed'>): readonly string[] =>
  lapsed === undefined ? [] : [lapsedText(lapsed)];

/** Why somebody answers for a finding; undefined where nobody does, or nobody says. Not plain text. */
export const whyAccepted = ({ acceptance, justification }: Finding): string | undefined =>
  acceptance === undefined ? justification : acceptanceText(acceptance);

/** Why a finding does not count although it was found; undefined of one that does. Not plain text. */
export function setAside(finding: Finding): string | undefined {
  const { status, outsideChange } = finding;
  if (status === 'open') return outsideChange ? 'no part of the change' : undefined;
  const why = whyAccepted(finding);
  return why === undefined ? status : `${status}: ${why}`;
}
