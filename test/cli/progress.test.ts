import { describe, expect, it } from '@jest/globals';
import type { Collect } from '../../src/cli/cli.ts';
import { progressLine } from '../../src/cli/progress.ts';
import { run } from '../../src/cli/run.ts';
import { UserError } from '../../src/errors.ts';
import { toInstant } from '../../src/model/time.ts';
import { memoryHost } from './memory-host.ts';
import { clean } from './seen.ts';

const FRESH = '\r\u001b[K';

/** A clock that goes on by so many milliseconds with every look. */
function ticking(stepMs: number): () => string {
  let ms = 0;
  return () => {
    ms += stepMs;
    return toInstant(ms);
  };
}

describe('the progress line', () => {
  it('says how far each source is, one line rewritten, and goes away', () => {
    const host = memoryHost({ columns: 80 });
    const line = progressLine(host.stderr, ticking(1000));
    line.show({ source: 'kms', text: '120 of 1000 keys' });
    line.show({ source: 'cloudtrail', text: 'page 3' });
    line.clear();
    const first = 'kms 120 of 1000 keys';
    expect(host.said.stderr).toBe(`${FRESH}${first}${FRESH}${first}  cloudtrail page 3${FRESH}`);
  });

  it('never wraps, and obeys no control characters', () => {
    const host = memoryHost({ columns: 20 });
    progressLine(host.stderr, ticking(1000)).show({ source: 'state', text: 'reading \u001b[31mlong-name.tfstate' });
    expect(host.said.stderr).toBe(`${FRESH}state reading \\u00…`);
  });

  it('is not redrawn more often than someone can read', () => {
    const host = memoryHost({ columns: 80 });
    const line = progressLine(host.stderr, ticking(10));
    for (let key = 1; key <= 25; key++) line.show({ source: 'kms', text: `${key} keys` });
    expect(host.said.stderr.split(FRESH)).toEqual(['', 'kms 1 keys', 'kms 11 keys', 'kms 21 keys']);
  });

  it('that nobody saw needs no clearing', () => {
    const host = memoryHost({ columns: 80 });
    progressLine(host.stderr, ticking(1000)).clear();
    expect(host.said.stderr).toBe('');
  });

  it.each([
    ['a report', async () => clean, 0, ''],
    ['an error', () => Promise.reject(new UserError('no credentials')), 2, 'keydrift: no credentials\n'],
  ])('is gone before %s', async (_, end: () => ReturnType<Collect>, code, said) => {
    const host = memoryHost({ columns: 80 });
    const collect: Collect = (_request, { onProgress }) => {
      onProgress({ source: 'kms', text: '1 key' });
      return end();
    };
    expect(await run(['scan'], host, collect)).toBe(code);
    expect(host.said.stderr).toBe(`${FRESH}kms 1 key${FRESH}${said}`);
  });

  it('is silent where stderr is no terminal', async () => {
    const host = memoryHost();
    const collect: Collect = async (_request, { onProgress }) => {
      onProgress({ source: 'kms', text: '1 key' });
      return clean;
    };
    expect(await run(['scan'], host, collect)).toBe(0);
    expect(host.said.stderr).toBe('');
  });
});
