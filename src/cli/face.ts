import type { Host } from './host.ts';

/** Cells a line may take where no terminal says how wide it is. */
export const WIDTH = 100;

/** Narrower terminals wrap: columns would leave no room for words. */
const NARROWEST = 60;

/** How text on stdout may look: colour only where someone looks, unless NO_COLOR is set (no-color.org) or it has none. */
export const faceOf = ({ stdout, env }: Host): { readonly width: number; readonly color: boolean } => ({
  color: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  width: Math.max(NARROWEST, stdout.columns ?? WIDTH),
});
