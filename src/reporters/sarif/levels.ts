import type { Severity } from '../../model/rule.ts';

export type Level = 'error' | 'warning' | 'note';

export const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/**
 * GitHub reads above 9.0 as critical, from 7.0 as high, from 4.0 as medium, above 0.0 as low, and nothing else as a
 * security severity (GitHub Docs, "SARIF support for code scanning", reportingDescriptor).
 */
export const SECURITY_SEVERITIES: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: undefined,
};
