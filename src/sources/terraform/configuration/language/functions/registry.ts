import { CONVERSIONS } from './conversions.ts';
import { ENCODINGS } from './encodings.ts';
import { FORMATS } from './format.ts';
import type { Fn } from './function.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { MAP_FUNCTIONS } from './maps.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { SET_FUNCTIONS } from './sets.ts';
import { TEXT_FUNCTIONS } from './text.ts';

/**
 * The functions that are evaluated here. All others are Unknown: those that read files or the clock, make something up,
 * mark values as sensitive, come from providers, or are not proved equal to Terraform's.
 */
export const FUNCTIONS: ReadonlyMap<string, Fn> = new Map(
  [
    CONVERSIONS,
    ENCODINGS,
    FORMATS,
    LIST_FUNCTIONS,
    MAP_FUNCTIONS,
    NUMBER_FUNCTIONS,
    SET_FUNCTIONS,
    TEXT_FUNCTIONS,
  ].flatMap((functions) => Object.entries(functions)),
);
