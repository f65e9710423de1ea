const PRINTABLE_ASCII = /^[ -~]*$/;

/** Two cells wide: East Asian Wide and Fullwidth (Unicode 16, EastAsianWidth.txt) and what is drawn as emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1aff0}-\u{1b2fb}\u{20000}-\u{3fffd}\p{Emoji_Presentation}\p{Regional_Indicator}]/u;
const MARKS_ONLY = /^\p{M}+$/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const cellsOfGrapheme = (grapheme: string): number => (MARKS_ONLY.test(grapheme) ? 0 : WIDE.test(grapheme) ? 2 : 1);

/** Our own colours: outside text has lost its escape characters by the time it is laid out. */
const COLOR = /\p{Cc}\[\d+m/gu;

/** Terminal cells that plain or coloured text takes. */
export function cells(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text.replace(COLOR, ''))) width += cellsOfGrapheme(segment);
  return width;
}

/** Plain text in at most `width` cells, cut between characters with `…`. Only for what stands in full elsewhere. */
export function cut(text: string, width: number): string {
  if (text.length <= width && PRINTABLE_ASCII.test(text)) return text;
  let used = 0;
  let kept = '';
  let keptWithRoom = '';
  for (const { segment } of segmenter.segment(text)) {
    used += cellsOfGrapheme(segment);
    if (used > width) return `${keptWithRoom}…`;
    kept += segment;
    if (used < width) keptWithRoom = kept;
  }
  return kept;
}

/** Filled with spaces to `width` cells; longer text stays as it is. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)));

/** Lines of at most `width` cells, broken at spaces. A longer word stays whole: it may be an ARN to copy. */
export function wrap(text: string, width: number): string[] {
  return flow(
    text.split(' ').filter((word) => word !== ''),
    ' ',
    width,
  );
}

/** Parts joined by a separator, a new line begun where the next part would not fit. */
export function flow(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  for (const part of parts) {
    const needed = cells(part) + (line.length === 0 ? 0 : cells(separator));
    if (line.length > 0 && used + needed > width) {
      lines.push(line.join(separator));
      line = [part];
      used = cells(part);
    } else {
      line.push(part);
      used += needed;
    }
  }
  return line.length === 0 ? lines : [...lines, line.join(separator)];
}

/** The largest of any number of widths; 0 of none. (Math.max takes some 100,000 arguments at most.) */
export const widest = (widths: readonly number[]): number => widths.reduce((most, width) => Math.max(most, width), 0);
