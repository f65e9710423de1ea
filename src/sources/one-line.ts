/** Longest text of others that a reason carries, in code points. */
const LONGEST = 300;

/** Control and format characters (escapes, bidi overrides), lone surrogates and every kind of white space. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** Foreign text as one printable line of at most so many code points; longer text ends in an ellipsis. */
export function oneLine(text: string, longest = LONGEST): string {
  const line = text.replace(UNPRINTABLE, ' ').trim();
  const points = [...line];
  return points.length <= longest ? line : `${points.slice(0, longest - 1).join('')}…`;
}
