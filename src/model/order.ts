/** Order by code units: the same on every machine, whatever its locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Orders by one text that each value has. */
export const by =
  <T>(text: (value: T) => string) =>
  (a: T, b: T): number =>
    byText(text(a), text(b));

/** Orders by the first comparison that tells two values apart. */
export const inTurn =
  <T>(...comparisons: readonly ((a: T, b: T) => number)[]) =>
  (a: T, b: T): number => {
    for (const compare of comparisons) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };

/** Sorted by all that the values hold, each once. Values must list their fields in one order. */
export function sortedDistinct<T>(values: readonly T[]): T[] {
  const byContent = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byContent].sort(by(([content]) => content)).map(([, value]) => value);
}
