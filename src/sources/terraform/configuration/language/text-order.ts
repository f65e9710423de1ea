/**
 * Order by code points, which is the order of UTF-8 bytes that Go's strings have. It differs from that of UTF-16 code
 * units where one text has a surrogate pair and the other a character from U+E000 on.
 */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points past U+FFFF, so they come last. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Whether Go and JavaScript change and count a text's characters alike: ASCII, without what joins the newline after it. */
export function isSimple(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f || unit === 0x0d) return false;
  }
  return true;
}
