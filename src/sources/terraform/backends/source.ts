/** A state's bytes, and what its store says of them. */
export interface Content {
  readonly kind: 'content';
  readonly bytes: Uint8Array;
  /** As StateDigest makes it, where it was made on the way. */
  readonly digest?: string;
  /** Of an object in a bucket that keeps versions. */
  readonly versionId?: string;
  /** Told when nobody reads the bytes any more: something else may stand there after. */
  readonly letGo?: () => void;
  /** What the store calls this very content, to ask later whether it is still the same. */
  readonly mark?: string;
}

/** Why there are no bytes, in one line. */
export type NoContent =
  /** `permission` as IAM spells it, where one is missing. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly permission?: string }
  /** The store knows the place and holds no state there yet: whoever manages it manages nothing. */
  | { readonly kind: 'none'; readonly reason: string }
  /** Nothing is there, and whoever named it said that this may be. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** Nobody named it, and it is no state. */
  | { readonly kind: 'foreign'; readonly reason: string };

/** What asking for a state came to. */
export type Outcome = Content | NoContent;

/** A state that can be asked for, wherever it is. Aborted, its functions throw the signal's reason, and nothing else. */
export interface StateSource {
  /** How reports call it; it holds no secret. */
  readonly locator: string;
  /** False when a directory, a prefix or a pattern led here: what turns out to be a lock is then passed over. */
  readonly named: boolean;
  readonly read: (signal: AbortSignal) => Promise<Outcome>;
  /** Whether it is known, without reading it, that the content is what was read; undefined: it cannot be read twice. */
  readonly isStill: (first: FirstContent, signal: AbortSignal) => Promise<boolean | undefined>;
}

/** What is remembered of content that was read. */
interface FirstContent {
  /** sha256. */
  readonly digest: string;
  readonly mark?: string;
}

/** A place that could hold states and could not be looked into, or only in part. */
export interface Gap {
  readonly locator: string;
  readonly status: 'partial' | 'failed';
  readonly reason: string;
  readonly permission?: string;
}

/** The states that one WHERE leads to, and what it may lead to beside them. */
export interface Resolved {
  readonly sources: readonly StateSource[];
  readonly gaps: readonly Gap[];
  /** Worth saying: what was passed over. */
  readonly notes: readonly string[];
}

/** A reason why there is no content. */
export const unreadableFor = (reason: string, permission?: string): NoContent => ({
  kind: 'unreadable',
  reason,
  ...(permission === undefined ? {} : { permission }),
});

/** A place of which nothing is known but why. */
export const failedAt = (locator: string, reason: string, permission?: string): Resolved => ({
  sources: [],
  gaps: [{ locator, status: 'failed', reason, ...(permission === undefined ? {} : { permission }) }],
  notes: [],
});

/** States of one kind of place, with nothing missing. */
export const foundAll = (sources: readonly StateSource[]): Resolved => ({ sources, gaps: [], notes: [] });
