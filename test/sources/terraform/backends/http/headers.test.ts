import { describe, expect, it } from '@jest/globals';
import { parseStateHeader, stateHeadersIn } from '../../../../../src/sources/terraform/backends/http/headers.ts';
import { userErrorOf } from '../../../../support/user-error.ts';

const CANARY = 'glpat-canary-0123456789';

describe('a header for states', () => {
  it.each([
    ['gitlab.example.com=PRIVATE-TOKEN: x', { host: 'gitlab.example.com', name: 'PRIVATE-TOKEN', value: 'x' }],
    ['GitLab.Example.com=a:b', { host: 'gitlab.example.com', name: 'a', value: 'b' }],
    ['h:8443=A: b: c=d ', { host: 'h:8443', name: 'A', value: 'b: c=d' }],
    ['h:443=A:', { host: 'h', name: 'A', value: '' }],
  ])('%s', (text, expected) => {
    expect(parseStateHeader(text)).toEqual(expected);
  });

  it.each([
    `PRIVATE-TOKEN: ${CANARY}`,
    `https://gitlab.example.com=A: ${CANARY}`,
    `user:${CANARY}@host=A: b`,
    `host=A B: ${CANARY}`,
    `host=A: ${CANARY}\r\nEvil: yes`,
    `host=A: ${CANARY}é`,
    `=A: ${CANARY}`,
    `host/${CANARY}=A: b`,
    '',
  ])('%j is none, and is not repeated', (text) => {
    const message = userErrorOf(() => parseStateHeader(text));
    expect(message).toMatch(/^--state-header: write HOST=Name: value/);
    expect(message).not.toContain(CANARY);
  });

  it.each(['Host', 'content-length', 'Transfer-Encoding'])('%s is not for anybody to set', (name) => {
    expect(userErrorOf(() => parseStateHeader(`h=${name}: x`))).toMatch(/is not for anybody to set$/);
  });

  it('stands in the environment too, one a line, and the line is named', () => {
    const KEYDRIFT_STATE_HEADERS = 'a=B: c\r\n\n  d=E: f\n';
    expect(stateHeadersIn({ KEYDRIFT_STATE_HEADERS })).toEqual([
      { host: 'a', name: 'B', value: 'c' },
      { host: 'd', name: 'E', value: 'f' },
    ]);
    expect(stateHeadersIn({})).toEqual([]);
    expect(userErrorOf(() => stateHeadersIn({ KEYDRIFT_STATE_HEADERS: `a=B: c\n${CANARY}` }))).toMatch(
      /^KEYDRIFT_STATE_HEADERS, line 2: write HOST=Name: value, such as gitlab\.example\.com=PRIVATE-TOKEN: …$/,
    );
  });
});
