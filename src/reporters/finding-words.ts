import type { Finding } from '../model/report.ts';
import { acceptanceText } from './subjects.ts';

/** Why a finding does not count although it was found; undefined of one that does. Not plain text. */
export function setAside({ status, acceptance, justification, outsideChange }: Finding): string | undefined {
  if (status === 'open') return outsideChange ? 'no part of the change' : undefined;
  const why = acceptance === undefined ? justification : acceptanceText(acceptance);
  return why === undefined ? status : `${status}: ${why}`;
}

/** Why nobody answers for it any more; undefined where nobody did. Not plain text. */
export const lapsedText = ({ lapsed }: Pick<Finding, 'lapsed'>): string | undefined =>
  lapsed && `accepted before, ${lapsed.because}: ${acceptanceText(lapsed)}`;
