import { attributes, xmlLines } from './xml.ts';

/** `error`: nobody could tell. `skipped` is neither good nor bad. */
type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** A test as JUnit has it. Texts are made when they are written: cases are gone through twice. */
export interface TestCase {
  readonly outcome: Outcome;
  /** What is tested: where pages fold, with `.` between. */
  readonly classname: string;
  readonly name: () => string;
  /** Why it did not pass, in one line. */
  readonly message?: () => string;
  /** More of it. */
  readonly lines?: () => readonly string[];
}

/** One case; a passed one has nothing to say but what it could not judge. */
export function caseText({ outcome, classname, name, message, lines }: TestCase): string {
  const start = `<testcase${attributes({ classname, name: name() })}`;
  const body = xmlLines(lines?.() ?? []);
  if (outcome === 'passed')
    return body === '' ? `${start}/>\n` : `${start}><system-out>${body}</system-out></testcase>\n`;
  const inner = `<${outcome}${attributes({ message: message?.() })}`;
  return body === '' ? `${start}>${inner}/></testcase>\n` : `${start}>${inner}>${body}</${outcome}></testcase>\n`;
}

/** How many cases end how. */
export type Counts = Readonly<Record<Outcome | 'tests', number>>;

export function countsOf(cases: Iterable<TestCase>): Counts {
  const counts = { tests: 0, passed: 0, failure: 0, error: 0, skipped: 0 };
  for (const { outcome } of cases) {
    counts.tests += 1;
    counts[outcome] += 1;
  }
  return counts;
}
