import type { Report } from '../model/report.ts';

/** What a change alters of what it is judged by, or has out of sight: its reviewer is to look at it. */
export const changeWarnings = ({ diagnostics }: Pick<Report, 'diagnostics'>): Report['diagnostics'] =>
  diagnostics.filter(({ level, source }) => level === 'warning' && source === 'change');
