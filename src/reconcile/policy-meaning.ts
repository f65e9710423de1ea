import type { KeyAttributes } from '../model/attributes.ts';
import { by, sortedDistinct } from '../model/order.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * Two key policies with the same meaning give the same text: a scalar is a list of one, lists and statements have no
 * order, an account id is its root ARN (IAM user guide, "AWS JSON policy elements: Principal").
 * undefined when the text is no JSON object, or nested deeper than any policy: that cannot be compared.
 */
export function policyMeaning(policy: KeyAttributes['policy']): string | undefined {
  const parsed = parseJson(policy);
  return isObject(parsed) && isWithin(DEEPEST, parsed) ? JSON.stringify(canonical(parsed, '')) : undefined;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Statements, conditions and lists of values nest half as deep (IAM user guide, "Grammar of the IAM JSON policy language"). */
const DEEPEST = 20;

const isWithin = (levels: number, value: Json): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((item: Json) => isWithin(levels - 1, item)));

const SINGLE = new Set(['Version', 'Id', 'Sid', 'Effect']);

function canonical(value: Json, name: string): Json {
  if (Array.isArray(value)) return sortedDistinct(value.map((item) => canonicalItem(item, name)));
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, canonical(item, key)]);
    return Object.fromEntries(entries.sort(by(([key]) => key)));
  }
  return SINGLE.has(name) ? value : [canonicalItem(value, name)];
}

const canonicalItem = (value: Json, name: string): Json =>
  isObject(value) ? canonical(value, name) : name === 'AWS' ? principal(value) : scalar(value);

/** Condition values may be written as booleans or numbers; IAM reads them as text. */
const scalar = (value: Json): Json => (typeof value === 'boolean' || typeof value === 'number' ? String(value) : value);

const principal = (value: Json): Json =>
  typeof value === 'string' ? (/^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(value)?.[1] ?? value) : value;
