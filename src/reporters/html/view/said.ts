/** What a witness says of an attribute. */
export type Saying =
  | { readonly kind: 'known'; readonly text: string }
  | { readonly kind: 'unset' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'silent' };

const SILENT: Saying = { kind: 'silent' };

/** Of a witness as the report has it: values beside `unknown`; null is a known "none". */
export function saidOf(fact: Readonly<Record<string, unknown>> | null, attribute: string): Saying {
  if (fact === null) return SILENT;
  const value = fact[attribute];
  if (value === undefined) return unknownOf(fact['unknown'], attribute);
  if (value === null || value === '') return { kind: 'unset' };
  return { kind: 'known', text: typeof value === 'string' ? value : JSON.stringify(value) };
}

function unknownOf(unknown: unknown, attribute: string): Saying {
  if (typeof unknown !== 'object' || unknown === null) return SILENT;
  const reason: unknown = Object.entries(unknown).find(([name]) => name === attribute)?.[1];
  return typeof reason === 'string' ? { kind: 'unknown', reason } : SILENT;
}
