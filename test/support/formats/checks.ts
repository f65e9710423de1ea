import { expect } from '@jest/globals';
import { asffBatches } from './asff.ts';
import { csvRecords, isFormula } from './csv.ts';
import { ocsfEvents } from './ocsf.ts';
import { openMetrics } from './open-metrics.ts';

/** What holds of a format's text whatever the report says; `plain` are those of reports without anything hostile. */
export type Check = (text: string, plain: readonly string[]) => void;

/** What a terminal obeys or hides, but for line ends. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Of every format: text may end on a terminal or in a step's log. */
export function harmless(text: string, isCommanding: boolean): void {
  expect(text.replaceAll('\r\n', '\n').replaceAll('\n', '').match(OBEYED) ?? []).toEqual([]);
  expect(text.match(/##(?:vso)?\[/gi) ?? []).toEqual([]);
  if (!isCommanding) expect(text.split('\n').filter((line) => /^\s*::/.test(line))).toEqual([]);
}

const parsesAsJson: Check = (text) => {
  expect(() => JSON.parse(text)).not.toThrow();
};

const tagsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/<\/?([a-z!?][^\s/>]*)/gi)].map(([, name = '']) => name.toLowerCase()));

/** Neither elements nor handlers that the text has not without hostile texts. */
const noNewMarkup: Check = (text, plain) => {
  const known = tagsOf(plain.join(''));
  expect([...tagsOf(text)].filter((tag) => !known.has(tag))).toEqual([]);
  expect(text.match(/<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*\son(?:error|load)\s*=/gi) ?? []).toEqual([]);
};

const SCRIPTS = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi;

/** As many scripts and styles as otherwise, and outside of them no markup that the text has not otherwise. */
const staysHtml: Check = (text, plain) => {
  expect(text.match(SCRIPTS)?.length).toBe(plain[0]?.match(SCRIPTS)?.length);
  noNewMarkup(text.replaceAll(SCRIPTS, ''), plain);
  expect(text.match(/(?:href|src)\s*=\s*["']?javascript:/gi) ?? []).toEqual([]);
};

/** Characters of XML 1.0 (section 2.2), markup that is whole, and no markup that the text has not otherwise. */
const staysXml: Check = (text, plain) => {
  expect(text.match(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu) ?? []).toEqual([]);
  const bare = text.replaceAll(/<\?xml [^<>]*\?>|<\/?[a-z-]+(?:\s+[a-z-]+="[^<"]*")*\s*\/?>/g, '');
  expect(bare.match(/</g) ?? []).toEqual([]);
  expect(text.match(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/gi) ?? []).toEqual([]);
  noNewMarkup(text, plain);
};

/** Links, images, HTML and headings that are not in code and not escaped. */
const staysMarkdown: Check = (text, plain) => {
  const shown = text.replaceAll(/(`{3,})[^\n]*\n[\s\S]*?\n\s*\1|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)/g, '');
  expect(shown.match(/(?<!\\)\]\(https:\/\/evil/g) ?? []).toEqual([]);
  expect(shown.match(/^\s{0,3}# Forged/gm) ?? []).toEqual([]);
  noNewMarkup(shown, plain);
  expect(text.split('<!--').length).toBe(plain[0]?.split('<!--').length);
};

const COMMAND =
  /^::(?:error|warning|notice|group|endgroup|debug)(?: (?:[a-zA-Z]+=[^:,\r\n]*)(?:,[a-zA-Z]+=[^:,\r\n]*)*)?::/;

const commandsAlone: Check = (text) => {
  expect(text.split('\n').filter((line) => /^\s*::/.test(line) && !COMMAND.test(line))).toEqual([]);
  expect(text.split('\n').filter((line) => /^::(?:add-mask|stop-commands|set-output|set-env)/.test(line))).toEqual([]);
};

/** By format; one that is new has to be added here before its tests pass. */
export const CHECKS: Readonly<Record<string, Check>> = {
  table: (text) => expect(text).toMatch(/\n$/),
  json: parsesAsJson,
  sarif: parsesAsJson,
  codequality: parsesAsJson,
  junit: staysXml,
  github: commandsAlone,
  markdown: staysMarkdown,
  html: staysHtml,
  csv: (text) => {
    const records = csvRecords(text);
    expect(new Set(records.map(({ length }) => length)).size).toBe(1);
    expect(records.flat().filter(isFormula)).toEqual([]);
  },
  metrics: (text) => expect(openMetrics(text).size).toBeGreaterThan(15),
  asff: (text) => expect(asffBatches(text).length).toBeGreaterThan(0),
  ocsf: (text) => expect(ocsfEvents(text).length).toBeGreaterThan(0),
};

/** The formats that speak to a runner by commands. */
export const COMMANDING: readonly string[] = ['github'];
