import type { AskPage, Page, PageEvent, PageQuery } from '../../../src/sources/cloudtrail/lookup-page.ts';

/** An event of a trail kept as plain objects. `at`: epoch seconds, also with a fraction. */
export interface PlainEvent {
  readonly eventId: string;
  readonly at: number;
}

export interface PlainTrail {
  readonly askPage: AskPage;
  /** Every request that was made, in order. */
  readonly asked: readonly PageQuery[];
}

/** What may be done to a request's answer; `call` counts from 1. */
export type Meddle = (call: number, query: PageQuery, answer: () => Page, signal: AbortSignal) => Page | Promise<Page>;

const pageEvent = ({ eventId, at }: PlainEvent): PageEvent => ({
  eventId,
  at: Math.floor(at),
  parsed: { kind: 'unreadable', reason: 'plain', eventId },
});

const PAGE = 50;

/** LookupEvents' contract: both ends included, newest first, 50 a page, a token good for its own request alone. */
export function plainTrail(
  events: readonly PlainEvent[],
  meddle: Meddle = (_call, _query, answer) => answer(),
): PlainTrail {
  const sorted = [...events].sort((a, b) => b.at - a.at || (a.eventId < b.eventId ? -1 : 1));
  const asked: PageQuery[] = [];
  const answer = ({ operation, start, end, token }: PageQuery): Page => {
    const found = sorted.filter(({ at }) => at >= start && at <= end);
    const parameters = `${operation} ${start} ${end} `;
    if (token !== undefined && !token.startsWith(parameters)) throw named('InvalidNextTokenException');
    const from = token === undefined ? 0 : Number(token.slice(parameters.length));
    const more = found.length > from + PAGE;
    return {
      events: found.slice(from, from + PAGE).map(pageEvent),
      token: more ? `${parameters}${from + PAGE}` : undefined,
    };
  };
  return {
    asked,
    askPage: async (query, signal) => {
      signal.throwIfAborted();
      asked.push(query);
      return meddle(asked.length, query, () => answer(query), signal);
    },
  };
}

/** An error as the SDK throws it. */
export function named(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(`the service said ${name}`), { name, $metadata: { httpStatusCode } });
}
