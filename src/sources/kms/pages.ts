import type { Answer, Failure } from '../aws/failure.ts';

/** How KMS pages: `NextMarker` goes into the next call for as long as `Truncated` is true. */
interface Page {
  readonly NextMarker?: string | undefined;
  readonly Truncated?: boolean | undefined;
}

const noWayOn: Answer<never> = {
  kind: 'failed',
  failure: { kind: 'unreadable', reason: 'KMS said that there is more and gave no new marker to ask for it' },
};

/** Asks page after page; ends with the last page or with the first failure. */
export async function* pages<P extends Page>(
  ask: (marker: string | undefined) => Promise<Answer<P>>,
): AsyncGenerator<Answer<P>> {
  const seen = new Set<string>();
  for (let marker: string | undefined; ; ) {
    const answer = await ask(marker);
    yield answer;
    if (answer.kind === 'failed' || !(answer.value.Truncated ?? answer.value.NextMarker !== undefined)) return;
    marker = answer.value.NextMarker;
    if (marker === undefined || marker === '' || seen.has(marker)) return yield noWayOn;
    seen.add(marker);
  }
}

/** All pages at once: what came, and the failure that cut it short. */
export async function allPages<P extends Page>(
  ask: (marker: string | undefined) => Promise<Answer<P>>,
): Promise<{ readonly pages: readonly P[]; readonly failure?: Failure }> {
  const got: P[] = [];
  for await (const answer of pages(ask)) {
    if (answer.kind === 'failed') return { pages: got, failure: answer.failure };
    got.push(answer.value);
  }
  return { pages: got };
}
