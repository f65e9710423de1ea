import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a value of each kind is called, as the yaml file has it. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
};

/** How it is written. */
const FORMS: Readonly<Record<string, string>> = {
  'a list': 'write [a, b], or each entry on a line of its own behind "- "',
  'a mapping': 'write entries of a name and a value',
  'a text': 'put it in quotes',
  'a number': 'write digits without quotes',
  'a whole number': 'write digits without quotes',
  'true or false': 'write true or false without quotes',
};

/**
 * What an issue means to whoever wrote the file: what is wrong and what to do about it. A schema's own words stay; zod's
 * are for those who write schemas. No value is quoted: it may be a secret.
 */
export function plainWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isByZod(issue) ? wrongKind([issue.expected], receivedIn(issue.message)) : issue.message;
    case 'invalid_value':
      return isByZod(issue) ? `must be ${oneOf(issue.values.map(String))}` : issue.message;
    case 'too_small':
      return isByZod(issue) ? tooSmall(issue) : issue.message;
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

/** The same for a value that may be of several kinds, and is of none of them. */
export function wrongKind(expected: readonly string[], received: string | undefined): string {
  const names = [...new Set(expected.map(kindOf))];
  const found = received === undefined ? '' : `, and is ${kindOf(received)}`;
  const [only, another] = names;
  const form = another === undefined && only !== undefined ? FORMS[only] : undefined;
  return `must be ${names.join(' or ')}${found}${form === undefined ? '' : `: ${form}`}`;
}

/** The kind of the value that stands there, of which zod says no more than this. */
export const receivedIn = (message: string): string | undefined => /received (\w+)$/.exec(message)?.[1];

const isByZod = ({ message }: Issue): boolean => /^(?:Invalid (?:input|option)|Too small)/.test(message);

const kindOf = (kind: string): string => KINDS[kind] ?? kind;

const oneOf = (values: readonly string[]): string => {
  const last = values.at(-1) ?? '';
  return values.length === 1 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
};

function tooSmall({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  if (origin === 'array' || origin === 'string') return 'is empty: write something there, or leave the field out';
  return `must be at least ${minimum}`;
}
