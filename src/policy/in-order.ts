/** The named fields of an object that are there, in the order of the names. A loop: it runs some five times for each key. */
export function inOrder<T extends object>(names: readonly (keyof T & string)[], value: T): Present<T> {
  const present: Partial<T> = {};
  for (const name of names) if (value[name] !== undefined) present[name] = value[name];
  return present as Present<T>;
}

/** The same fields, none of them present and undefined. */
export type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
