/** Longest text from AWS that a reason carries, in code points. */
const LONGEST = 300;

/** Control and format characters (escapes, bidi overrides), lone surrogates and every kind of white space. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** Foreign text as one printable line of at most so many code points; longer text ends in an ellipsis. */
export function oneLine(text: string, longest = LONGEST): string {
  const line = text.replace(UNPRINTABLE, ' ').trim();
  const points = [...line];
  return points.length <= longest ? line : `${points.slice(0, longest - 1).join('')}…`;
}

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
