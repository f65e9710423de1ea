import type { Reading } from '../../../model/attributes.ts';
import { known, unknown } from '../../readings.ts';
import { isRecord, type Reader, Withheld } from './values.ts';

type Tags = Record<string, string>;

/**
 * The tags of an AWS provider resource: `tags_all`, which has the provider's default_tags too and is what the key
 * carries; `tags` alone in states older than provider 3.38. What is marked in `tags` stands unmarked in `tags_all`: the
 * provider computes that one, and marks follow what the configuration sets.
 */
export const mappedTags: Reader<Tags> = (values) => {
  const withheld = [values['tags'], values['tags_all']].find((tags) => tags instanceof Withheld);
  if (withheld !== undefined) return unknown(withheld.reason);
  const name = isUnset(values['tags_all']) ? 'tags' : 'tags_all';
  const tags = values[name];
  if (isUnset(tags)) return withoutAwsTags([]);
  return isRecord(tags) ? fromEntries(name, Object.entries(tags)) : wrongForm(name);
};

/** The tags of an awscc resource: a set of `{key, value}`, as in CloudFormation. */
export const listedTags: Reader<Tags> = ({ tags }) => {
  if (tags instanceof Withheld) return unknown(tags.reason);
  if (isUnset(tags)) return withoutAwsTags([]);
  if (!Array.isArray(tags) || !tags.every(isRecord)) return wrongForm('tags');
  return fromEntries(
    'tags',
    tags.map((tag) => [tag['key'], tag['value']]),
  );
};

const isUnset = (tags: unknown): boolean => tags === undefined || tags === null;

const wrongForm = (name: string): Reading<Tags> => unknown(`${name} is no set of tags in the state`);

function fromEntries(name: string, entries: readonly (readonly [unknown, unknown])[]): Reading<Tags> {
  const set = entries.filter(([, value]) => value !== null);
  return set.every(isTag) ? withoutAwsTags(set) : wrongForm(name);
}

const isTag = (entry: readonly [unknown, unknown]): entry is readonly [string, string] =>
  entry.every((part) => typeof part === 'string');

const withoutAwsTags = (tags: readonly (readonly [string, string])[]): Reading<Tags> =>
  known(Object.fromEntries(tags.filter(([key]) => !key.startsWith('aws:'))));
