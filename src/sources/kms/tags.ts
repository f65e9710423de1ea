import type { KeyArn } from '../../model/key-arn.ts';
import type { Answer } from '../aws/failure.ts';
import { known } from '../readings.ts';
import { facetReading, type KeyFacet } from './facet-reading.ts';
import { allPages } from './pages.ts';
import type { KmsQuestions, TagsPage } from './questions.ts';

const attributes = ['tags'] as const;

async function allTags(questions: KmsQuestions, arn: KeyArn): Promise<Answer<readonly TagsPage[]>> {
  const { pages, failure } = await allPages((marker) => questions.listResourceTags(arn, marker));
  return failure === undefined ? { kind: 'answered', value: pages } : { kind: 'failed', failure };
}

/** Built with fromEntries, which keeps a tag named `__proto__` a tag. AWS alone sets `aws:` tags; they are left out. */
const tagsOf = (pages: readonly TagsPage[]): Record<string, string> =>
  Object.fromEntries(
    pages
      .flatMap(({ Tags }) => Tags)
      .filter(({ TagKey }) => !TagKey.startsWith('aws:'))
      .map(({ TagKey, TagValue }) => [TagKey, TagValue]),
  );

/** A key's tags, all pages or none: half the tags would make the other half look removed. */
export const tags: KeyFacet = {
  operation: 'ListResourceTags',
  attributes,
  read: async (questions, { arn }) =>
    facetReading(attributes, await allTags(questions, arn), (pages) => ({ tags: known(tagsOf(pages)) })),
};
