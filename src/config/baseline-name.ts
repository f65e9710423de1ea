/** Where a baseline is that nobody gave another name. */
export const BASELINE_NAME = '.keydrift.baseline.json';
