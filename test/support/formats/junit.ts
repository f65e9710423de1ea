import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const SCHEMA = readFileSync(new URL('../../fixtures/junit/junit.xsd', import.meta.url), 'utf8');

/** What an XML parser and the schema have against a text; empty where nothing. */
export async function junitProblems(text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: text }], schema: [SCHEMA] });
  return errors.map(({ message }) => message);
}

/** Of a text that is valid: the numbers that a suite, or all, claim. */
export function claimed(start: string): Readonly<Record<string, number>> {
  const names = ['tests', 'failures', 'errors', 'skipped'];
  return Object.fromEntries(names.map((name) => [name, Number(new RegExp(` ${name}="(\\d+)"`).exec(start)?.[1] ?? 0)]));
}

/** The numbers that cases of a text add up to. */
export const counted = (text: string): Readonly<Record<string, number>> => ({
  tests: text.match(/<testcase /g)?.length ?? 0,
  failures: text.match(/<failure /g)?.length ?? 0,
  errors: text.match(/<error /g)?.length ?? 0,
  skipped: text.match(/<skipped /g)?.length ?? 0,
});
