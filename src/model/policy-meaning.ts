import type { KeyAttributes } from './attributes.ts';
import type { Realm } from './key-arn.ts';
import { by, sortedDistinct } from './order.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * Two key policies with the same meaning give the same text: a scalar is a list of one, lists and statements have no
 * order, an account id is its root ARN, everybody is `*` with or without `AWS`, and actions have no case (IAM user guide,
 * "AWS JSON policy elements": Principal, Action).
 * undefined when the text is no JSON object, has no statement (KMS takes no such policy), or is nested deeper than any
 * policy: that cannot be compared.
 */
export function policyMeaning(policy: KeyAttributes['policy']): string | undefined {
  const parsed = parsedPolicy(policy);
  return parsed !== undefined && 'Statement' in parsed.policy
    ? JSON.stringify(canonical(parsed.policy, ''))
    : undefined;
}

/** A policy with its statements, of which the only one may stand without a list; undefined when it cannot be compared. */
function parsedPolicy(policy: KeyAttributes['policy']): Parsed | undefined {
  const parsed = parseJson(policy);
  if (!isObject(parsed) || !isWithin(DEEPEST, parsed)) return undefined;
  const { Statement: statement = [] } = parsed;
  return { policy: parsed, statements: Array.isArray(statement) ? statement : [statement] };
}

interface Parsed {
  readonly policy: { readonly [name: string]: Json };
  readonly statements: readonly Json[];
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
  if (value === '*' && (name === 'Principal' || name === 'NotPrincipal')) return { AWS: ['*'] };
  if (Array.isArray(value)) return sortedDistinct(value.map((item) => canonicalItem(item, name)));
  // A policy may have its only statement without a list.
  if (isObject(value) && name === 'Statement') return [canonical(value, '')];
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, canonical(item, key)]);
    return Object.fromEntries(entries.sort(by(([key]) => key)));
  }
  return SINGLE.has(name) ? value : [canonicalItem(value, name)];
}

/** One statement of a policy: what people call it, and what it means. */
export interface StatementMeaning {
  /** Its Sid, or its place: `statement 2`. */
  readonly name: string;
  readonly meaning: string;
  /** Principals that are no more: their unique ids stand for them. */
  readonly deletedPrincipals: readonly string[];
}

/** The statements of a policy; undefined when the text cannot be compared. */
export function statementsOf(policy: KeyAttributes['policy']): readonly StatementMeaning[] | undefined {
  return parsedPolicy(policy)?.statements.map((item, index) => ({
    name:
      isObject(item) && typeof item['Sid'] === 'string' && item['Sid'] !== '' ? item['Sid'] : `statement ${index + 1}`,
    meaning: JSON.stringify(canonical(item, '')),
    deletedPrincipals: isObject(item) ? deletedPrincipals(item['Principal'] ?? null) : [],
  }));
}

/** A user or role that was deleted stays in a key policy by its unique id (IAM user guide, "IAM identifiers"). */
const DELETED = /^A(?:IDA|ROA)[A-Z0-9]{8,}$/;

function deletedPrincipals(principals: Json): readonly string[] {
  if (typeof principals === 'string') return DELETED.test(principals) ? [principals] : [];
  return typeof principals === 'object' && principals !== null
    ? Object.values(principals).flatMap((item: Json) => deletedPrincipals(item))
    : [];
}

/**
 * Whether this is the policy that KMS gives a key which is made without one: all of KMS to the account, whatever its Id
 * and Sid (AWS KMS developer guide, "Default key policy").
 */
export function isDefaultKeyPolicy(policy: KeyAttributes['policy'], { partition, account }: Realm): boolean {
  const parsed = parsedPolicy(policy);
  if (parsed === undefined) return false;
  const { Id: _, ...rest } = parsed.policy;
  const unnamed = parsed.statements.map((item) => {
    if (!isObject(item)) return item;
    const { Sid: __, ...statement } = item;
    return statement;
  });
  const meaning = policyMeaning(JSON.stringify({ ...rest, Statement: unnamed }));
  return meaning !== undefined && meaning === defaultMeaning(partition, account);
}

const defaultMeaning = (partition: string, account: string): string | undefined =>
  policyMeaning(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    }),
  );

function canonicalItem(value: Json, name: string): Json {
  if (isObject(value)) return canonical(value, '');
  if (name === 'AWS') return principal(value);
  return ACTIONS.has(name) && typeof value === 'string' ? value.toLowerCase() : scalar(value);
}

const ACTIONS = new Set(['Action', 'NotAction']);

/** Condition values may be written as booleans or numbers; IAM reads them as text. */
const scalar = (value: Json): Json => (typeof value === 'boolean' || typeof value === 'number' ? String(value) : value);

const principal = (value: Json): Json =>
  typeof value === 'string' ? (/^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(value)?.[1] ?? value) : value;
