import { describe, expect, it } from '@jest/globals';
import { compare } from '../../../../interop/expressions/compare.ts';
import { recordedAnswers, tables } from '../../../../interop/expressions/tables.ts';

const recorded = recordedAnswers();

// What Terraform 1.11.4 said is in test/fixtures/expressions/answers.json; test/interop asks it again.
describe.each(tables())('the expressions of $group', ({ expressions }) => {
  it.each(expressions)('are as Terraform has them: %s', (expression) => {
    const answer = recorded.get(expression);
    expect(answer).toBeDefined();
    expect(answer && compare(expression, answer.there)).toBe(answer?.here);
  });
});

it('leaves little open of what Terraform knows', () => {
  const known = [...recorded.values()].filter(({ there }) => there.kind === 'known');
  expect(known.filter(({ here }) => here === 'same').length).toBeGreaterThan(0.85 * known.length);
});
