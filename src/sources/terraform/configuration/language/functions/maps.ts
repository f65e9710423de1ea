import { convertTo } from '../convert-to.ts';
import type { Doubts } from '../doubts.ts';
import { DYNAMIC, isCertain, STRING, sameType, typeOf, UNDETERMINED } from '../type.ts';
import type { Value } from '../value.ts';
import { list, map, object, text, tuple } from '../values.ts';
import { ANY, type Functions, OPEN, orderedOf, refuse, TEXT, TEXTS, textOf } from './function.ts';

/** The functions of maps and objects (zclconf/go-cty v1.16, cty/function/stdlib/collection.go). */
export const MAP_FUNCTIONS: Functions = {
  keys: {
    parameters: [OPEN],
    run: ([value]) => {
      const names = [...entriesOf(value).keys()].map(text);
      return value?.kind === 'map' ? list(names, STRING) : tuple(names);
    },
  },
  values: {
    parameters: [OPEN],
    run: ([value]) => {
      const inner = [...entriesOf(value).values()];
      return value?.kind === 'map' ? list(inner, elementTypeOf(value)) : tuple(inner);
    },
  },
  lookup: {
    parameters: [OPEN, TEXT],
    rest: { ...ANY, isNullable: true, open: 'whole' },
    run: ([value, key, ...defaults], doubts) => lookup(value, textOf(key), defaults, doubts),
  },
  merge: { parameters: [], rest: { ...OPEN, isNullable: true }, run: merge },
  zipmap: {
    parameters: [TEXTS, OPEN],
    run: ([keys, values]) => {
      const names = orderedOf(keys).map((key) => (key.kind === 'null' ? refuse('a key is null') : textOf(key)));
      const inner = orderedOf(values);
      if (names.length !== inner.length) refuse('there are not as many keys as values');
      const entries = names.map((name, at) => [name, inner[at] ?? refuse('a value is missing')] as const);
      return values?.kind === 'list' ? map(entries, elementTypeOf(values)) : object(entries);
    },
  },
};

function entriesOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return value?.kind === 'map' || value?.kind === 'object' ? value.entries : refuse('a map is needed');
}

function elementTypeOf(value: Value): ReturnType<typeof typeOf> {
  const type = typeOf(value);
  return 'of' in type ? type.of : UNDETERMINED;
}

/** The default of a map is converted to the type of its elements, also when it is not used (funcs/collection.go). */
function lookup(value: Value | undefined, key: string, defaults: readonly Value[], doubts: Doubts): Value {
  if (defaults.length > 1) refuse('lookup takes two or three arguments');
  const [byDefault] = defaults;
  const found = entriesOf(value).get(key);
  if (value?.kind !== 'map') return found ?? byDefault ?? refuse('an object has no such attribute');
  const converted = byDefault === undefined ? undefined : convertTo(byDefault, elementTypeOf(value), doubts);
  return found ?? converted ?? refuse('a map has no such key');
}

const isMapLike = ({ kind }: Value): boolean => kind === 'map' || kind === 'object' || kind === 'null';

/**
 * Maps of one type make a map; anything else makes an object. Of the same key the last counts. Behind a null without a
 * type Terraform does not look at types any more.
 */
function merge(values: readonly Value[], doubts: Doubts): Value {
  const bareNull = values.findIndex((value) => value.kind === 'null' && value.type === undefined);
  if (bareNull !== -1 && values.some((value, at) => at > bareNull && !isMapLike(value))) {
    return doubts.unsure('what follows a null is no map');
  }
  const entries = values.flatMap((value) => (value.kind === 'null' ? [] : [...entriesOf(value)]));
  doubts.budget.spend(entries.length);
  const types = values.map(typeOf);
  const [first] = types;
  if (values.some((value) => value.kind === 'null' && value.type !== undefined)) {
    return doubts.unsure('a null stands among maps');
  }
  if (first === undefined || types.some(({ kind }) => kind === 'object' || kind === 'dynamic')) return object(entries);
  if (types.every((type) => sameType(type, first))) return map(entries, 'of' in first ? first.of : DYNAMIC);
  if (types.every(isCertain)) return object(entries);
  return doubts.unsure('the types of maps are not all known');
}
