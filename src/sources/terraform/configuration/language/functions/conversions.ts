import { convertTo } from '../convert-to.ts';
import { BOOL, DYNAMIC, NUMBER, STRING } from '../type.ts';
import type { Type } from '../value.ts';
import { NULL } from '../values.ts';
import { ANY, type Fn, type Functions } from './function.ts';

const to = (type: Type): Fn => ({
  parameters: [{ ...ANY, isNullable: true, open: 'whole' }],
  run: ([value = NULL], doubts) => convertTo(value, type, doubts),
});

/** The conversions that are asked for (terraform, internal/lang/funcs/conversion.go). */
export const CONVERSIONS: Functions = {
  tostring: to(STRING),
  tonumber: to(NUMBER),
  tobool: to(BOOL),
  tolist: to({ kind: 'list', of: DYNAMIC }),
  toset: to({ kind: 'set', of: DYNAMIC }),
  tomap: to({ kind: 'map', of: DYNAMIC }),
};
