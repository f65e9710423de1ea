/** What no version of Unicode changes by normalising, whatever stands beside it: everything before combining marks. */
const PLAIN = /^[\0-\u02ff]*$/;

/** Characters that this Node's Unicode does not know; the one of Terraform may. */
const UNASSIGNED = /\p{Cn}/u;

/**
 * Blocks that Unicode 13 has assigned throughout, by its DerivedAge.txt: Latin, marks, Cyrillic, Arabic, Devanagari, kana,
 * Hangul, ideographs, punctuation, symbols and emoji.
 */
const KNOWN_TO_ALL =
  /^[\0-\u036f\u0400-\u052f\u0591-\u05c7\u05d0-\u05ea\u0620-\u06ff\u0900-\u097f\u0e01-\u0e3a\u0386\u0388-\u038a\u038e-\u03a1\u03a3-\u03ff\u1100-\u11ff\u1e00-\u1eff\u200b-\u200f\u2010-\u2064\u2190-\u23ff\u2500-\u27bf\u3000-\u303f\u3041-\u3096\u3099-\u30ff\u4e00-\u9fef\uac00-\ud7a3\uf900-\ufa6d\uff01-\uffbe\u{1f300}-\u{1f64f}]*$/u;

/**
 * A text in NFC; undefined where that depends on the version of Unicode, of which Terraform has that of its Go (13 to 15
 * in Terraform 1.0 to 1.11) and Node its own. What is in NFC with all its characters assigned is so in every version,
 * older and newer; what normalising changes is certain only of characters that all versions have
 * (unicode.org/reports/tr15, 3 Versioning and Stability).
 */
export function normalized(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const normal = text.normalize('NFC');
  if (normal === text) return UNASSIGNED.test(text) ? undefined : text;
  return KNOWN_TO_ALL.test(text) ? normal : undefined;
}

/** Why such a text is Unknown. */
export const NORMAL_FORM_OPEN = 'the normal form of a text depends on the version of Unicode';
