import { oneLine } from '../one-line.ts';

const field = (error: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** The name that AWS or Node gave an error: `AccessDeniedException`, `ECONNREFUSED`, …; `Error` when it has none. */
export function errorName(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Error';
  const name = field(error, 'name');
  const generic = name === undefined || name === 'Error' || name === 'AggregateError';
  return generic ? (field(error, 'code') ?? name ?? 'Error') : name;
}

/** Whatever was thrown as one printable line, its name first where that says something. Never throws, never long. */
export function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return oneLine(String(error));
  const name = errorName(error);
  const message = field(error, 'message')?.replace(/^AWS SDK error wrapper for (Error: )?/, '');
  if (message === undefined) return oneLine(name);
  return oneLine(name === 'Error' || message.includes(name) ? message : `${name}: ${message}`);
}
