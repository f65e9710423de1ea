import { setTimeout as pause } from 'node:timers/promises';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Diagnostic } from '../../model/coverage.ts';
import type { AbsentFact, LiveFact } from '../../model/facts.ts';
import type { Look } from '../../model/inventory.ts';
import { isKeyIn, type KeyArn, keyIdOf, type Realm } from '../../model/key-arn.ts';
import { asking } from '../aws/ask.ts';
import type { Looking } from '../source.ts';
import { type Aliases, listAliases, withAliases } from './aliases.ts';
import { describeCoverage, facetCoverage, realmCoverage } from './coverage.ts';
import { type Described, describing, type Sleep, type Undescribed } from './describe.ts';
import type { Facet } from './facets.ts';
import { withUnknownFacets } from './key-facets.ts';
import { undescribedKey } from './key-metadata.ts';
import { describeKeyStores, livesInStore } from './key-stores.ts';
import { describeListed } from './listing.ts';
import { type KmsQuestions, kmsQuestions } from './questions.ts';

/** What to ask of KMS in one realm, through a client of that account and Region. */
export interface KeysAsk {
  readonly client: KMSClient;
  readonly realm: Realm;
  readonly facets: ReadonlySet<Facet>;
  /** For tests; a real pause by default. */
  readonly sleep?: Sleep;
}

const sleep: Sleep = async (ms, signal) => {
  try {
    await pause(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};

const isLive = (it: Described) => it.kind === 'live';
const isUndescribed = (it: Described): it is Undescribed => it.kind === 'failed';

/**
 * Every key of a realm: ListKeys makes it live, DescribeKey (once for each) says what it is, ListAliases names it.
 * A key that cannot be described stays live with its attributes Unknown. Throws the signal's reason when interrupted.
 */
export async function lookAtKeys(ask: KeysAsk, looking: Looking): Promise<Look> {
  const { realm, facets } = ask;
  const readAt = looking.now();
  const questions = kmsQuestions(ask.client, asking(looking.signal));
  const keys = describing(questions, { sleep: looking.timer?.sleep ?? sleep, ...ask }, looking);
  const [listing, aliases] = await Promise.all([describeListed(questions, keys, realm), listAliases(questions)]);
  looking.signal.throwIfAborted();
  const described = await keys.again(listing.described);
  const live = described.map((it) => named(it.kind === 'live' ? it.fact : listedOnly(it, facets), aliases));
  const stores = await lookAtStores(questions, ask, live, looking);
  return {
    facts: [...live, ...stores.facts],
    coverage: [
      realmCoverage(realm, 'ListKeys', readAt, listing.trouble?.failure, listing.trouble?.status),
      realmCoverage(realm, 'ListAliases', readAt, aliases.trouble?.failure, aliases.trouble?.status),
      ...describeCoverage(realm, described.filter(isUndescribed), described.length),
      ...facetCoverage(realm, described, readAt),
      ...stores.coverage,
    ],
    diagnostics: [],
  };
}

/**
 * Asks KMS about these very keys: a live fact without aliases, an absent one for NotFound said twice, and coverage
 * alone for what was not answered. ARNs of another realm are not asked and counted in a diagnostic.
 */
export async function describeKeys(
  ask: KeysAsk & {
    readonly arns: Iterable<KeyArn>;
    /** Asks for the aliases of each, too: one more call a key. */
    readonly aliases?: boolean;
  },
  looking: Looking,
): Promise<Look> {
  const { realm } = ask;
  const readAt = looking.now();
  const questions = kmsQuestions(ask.client, asking(looking.signal));
  const keys = describing(questions, { sleep: looking.timer?.sleep ?? sleep, ...ask }, looking);
  const all = [...new Set(ask.arns)];
  const here = all.filter((arn) => isKeyIn(realm, arn));
  const first = await Promise.all(here.map(keys.describe));
  looking.signal.throwIfAborted();
  const described = await keys.again(first);
  const facts = described.filter(isLive).map(({ fact }) => fact);
  const { live, failures } = ask.aliases === true ? await withAliases(questions, facts) : { live: facts, failures: [] };
  const undescribed = described.filter(isUndescribed);
  const stores = await lookAtStores(questions, ask, live, looking);
  return {
    facts: [...live, ...undescribed.filter(isNotFound).map(absent), ...stores.facts],
    coverage: [
      ...describeCoverage(
        realm,
        undescribed.filter((it) => !isNotFound(it)),
        described.length,
      ),
      ...facetCoverage(realm, described, readAt),
      ...failures.map((failure) => realmCoverage(realm, 'ListAliases', readAt, failure)),
      ...stores.coverage,
    ],
    diagnostics: elsewhere(all.length - here.length, realm),
  };
}

function listedOnly({ asked, failure }: Undescribed, facets: ReadonlySet<Facet>): LiveFact {
  return withUnknownFacets(undescribedKey(asked, failure.reason), facets, failure.reason);
}

const named = (fact: LiveFact, aliases: Aliases): LiveFact => ({
  ...fact,
  aliases: aliases.of(keyIdOf(fact.arn)),
});

/** All custom key stores of a realm, whether or not a key lives in one. */
export async function lookAtKeyStores(
  { client, realm }: Pick<KeysAsk, 'client' | 'realm'>,
  looking: Looking,
): Promise<Look> {
  return listedStores(kmsQuestions(client, asking(looking.signal)), realm, looking);
}

async function listedStores(questions: KmsQuestions, realm: Realm, looking: Looking): Promise<Look> {
  const readAt = looking.now();
  const { facts, failure } = await describeKeyStores(questions, realm, readAt);
  looking.signal.throwIfAborted();
  return { facts, coverage: [realmCoverage(realm, 'DescribeCustomKeyStores', readAt, failure)], diagnostics: [] };
}

async function lookAtStores(
  questions: KmsQuestions,
  { realm, facets }: KeysAsk,
  live: readonly LiveFact[],
  looking: Looking,
): Promise<Look> {
  looking.signal.throwIfAborted();
  if (!facets.has('keyStore') || !live.some(livesInStore)) return { facts: [], coverage: [], diagnostics: [] };
  return listedStores(questions, realm, looking);
}

const isNotFound = ({ failure }: Undescribed): boolean => failure.kind === 'not-found';

const absent = ({ asked }: Undescribed): AbsentFact => ({ kind: 'absent', arn: asked.arn, readAt: asked.readAt });

const elsewhere = (count: number, { account, region }: Realm): Diagnostic[] =>
  count === 0
    ? []
    : [
        {
          level: 'warning',
          source: 'kms',
          message: `${count} keys of other accounts or Regions were not asked about in ${account} ${region}`,
        },
      ];
