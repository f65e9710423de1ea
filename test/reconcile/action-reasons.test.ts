import { expect, it } from '@jest/globals';
import { reasonInWords } from '../../src/reconcile/action-reasons.ts';

it.each([
  ['replace_because_tainted', 'the instance is tainted'],
  ['delete_because_count_index', 'its count no longer reaches this index'],
  ['delete_because_no_module', 'the module instance that it is in is no longer declared'],
  ['replace_because_cannot_update', null],
  ['replace_because_of_tomorrow', 'replace_because_of_tomorrow'],
  ['constructor', 'constructor'],
  [null, null],
])('%s is %j', (reason, words) => {
  expect(reasonInWords(reason)).toBe(words);
});
