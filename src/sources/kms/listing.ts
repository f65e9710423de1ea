import { isKeyIn, type KeyArn, keyArnIn, type Realm } from '../../model/key-arn.ts';
import type { Failure } from '../aws/failure.ts';
import type { Described, Describing } from './describe.ts';
import { pages } from './pages.ts';
import type { KeysPage, KmsQuestions } from './questions.ts';

/** The keys that ListKeys lists, each described or not. */
export interface Listing {
  readonly described: readonly Described[];
  /** What kept the list from being whole; `failed` when nothing at all was listed. */
  readonly trouble?: { readonly failure: Failure; readonly status: 'partial' | 'failed' };
}

/** The key that a list entry names; undefined when it names none of this account and Region. */
function listedKey(entry: KeysPage['Keys'][number], realm: Realm): KeyArn | undefined {
  if (entry.KeyArn === undefined) return entry.KeyId === undefined ? undefined : keyArnIn(realm, entry.KeyId);
  return isKeyIn(realm, entry.KeyArn) ? entry.KeyArn : undefined;
}

const strange = (entries: number): Failure => ({
  kind: 'unreadable',
  reason: `ListKeys gave entries that name no key of this account and Region: ${entries}`,
});

/** Lists all keys and describes each once; describing begins with the first page while the next are asked for. */
export async function describeListed(questions: KmsQuestions, describing: Describing, realm: Realm): Promise<Listing> {
  const outcomes = new Map<KeyArn, Promise<Described>>();
  let listedPages = 0;
  let strangers = 0;
  let failure: Failure | undefined;
  for await (const page of pages(questions.listKeys)) {
    if (page.kind === 'failed') {
      failure = page.failure;
      break;
    }
    listedPages += 1;
    for (const entry of page.value.Keys) {
      const arn = listedKey(entry, realm);
      if (arn === undefined) strangers += 1;
      else if (!outcomes.has(arn)) outcomes.set(arn, describing.describe(arn));
    }
  }
  const described = await Promise.all(outcomes.values());
  const trouble = failure ?? (strangers > 0 ? strange(strangers) : undefined);
  if (trouble === undefined) return { described };
  return { described, trouble: { failure: trouble, status: listedPages === 0 ? 'failed' : 'partial' } };
}
