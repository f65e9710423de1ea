import { inPieces } from '../model/pieces.ts';
import { documentOf } from './markdown/document.ts';
import type { Reporter } from './reporter.ts';

/** Finds the comment again that is to be replaced; people do not see it. */
const MARKER = '<!-- keydrift: this comment is replaced by the next report -->';

/**
 * A comment takes 65,536 characters on GitHub (API: "body is too long (maximum is 65536 characters)") and 1,000,000 on
 * GitLab ("Note limits"). Reckoned in bytes, with some room for what the program that posts it adds.
 */
const COMMENT_BYTES = 65_000;

/**
 * A comment on a pull or merge request that is replaced by the next one: its first line is a marker to find it by.
 * Baselined and suppressed findings are counted, and listed with `--show-suppressed`.
 */
export const markdown: Reporter = (report, options) =>
  inPieces(documentOf(report, options, { bytes: COMMENT_BYTES, marker: MARKER }));
