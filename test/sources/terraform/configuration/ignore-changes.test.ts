import { describe, expect, it } from '@jest/globals';
import { cutBlocks } from '../../../../src/sources/terraform/configuration/blocks.ts';
import { ignoredChanges } from '../../../../src/sources/terraform/configuration/ignore-changes.ts';
import { mergedOf, overridden } from '../../../../src/sources/terraform/configuration/override.ts';

const fail = (reason: string): never => {
  throw new Error(reason);
};

function ignoredIn(text: string, override?: string): unknown {
  const [base, over] = [text, override ?? ''].map((body) => {
    const blocks = cutBlocks(`resource "aws_kms_key" "this" {\n${body}\n}\n`);
    return { block: blocks.ok ? blocks.value[0]! : fail(blocks.reason), path: 'main.tf' };
  });
  const merged = mergedOf(base!);
  const whole = override === undefined || !merged.ok ? merged : overridden(merged.value, over!);
  return whole.ok ? ignoredChanges(whole.value) : whole;
}

describe('ignoredChanges', () => {
  it.each([
    ['', []],
    ['lifecycle {}', []],
    ['lifecycle { prevent_destroy = true }', []],
    ['lifecycle { ignore_changes = [] }', []],
    ['lifecycle { ignore_changes = [policy] }', ['policy']],
    ['lifecycle { ignore_changes = ["policy", tags] }', ['policy', 'tags']],
    [
      'lifecycle {\n ignore_changes = [ # all\n  tags["a, policy"], // all\n  description,\n ]\n}',
      ['tags', 'description'],
    ],
    ['lifecycle { ignore_changes = [tags["a"]["b"].c, is_enabled] }', ['tags', 'is_enabled']],
    ['lifecycle {\n ignore_changes = [a[<<E\n", [\nE\n], policy]\n}', ['a', 'policy']],
    ['timeouts { ignore_changes = [policy] }', []],
  ])('reads %j', (text, names) => {
    expect(ignoredIn(text)).toEqual(new Set(names));
  });

  it.each(['all', '"all"'])('reads %s as everything', (list) => {
    expect(ignoredIn(`lifecycle {\n ignore_changes = ${list}\n}`)).toBe('all');
  });

  it.each([
    '["*"]',
    'var.ignored',
    '[policy, "*"]',
    '[1]',
    '[" tags"]',
    '["\\u0074ags"]',
    '["tag\\u0073"]',
    '["/* x */ tags"]',
    '["tags-x y"]',
    '(all)',
  ])('does not read %s', (list) => {
    expect(ignoredIn(`lifecycle {\n ignore_changes = ${list}\n}`)).toBe('unread');
  });

  it('takes all in a list for the name of an argument, as Terraform does', () => {
    expect(ignoredIn('lifecycle {\n ignore_changes = [all]\n}')).toEqual(new Set(['all']));
  });

  it.each([
    ['lifecycle { ignore_changes = [policy] }', new Set(['policy'])],
    ['lifecycle { prevent_destroy = true }', new Set(['tags'])],
    ['lifecycle { ignore_changes = [] }', new Set(['tags'])],
    ['lifecycle { ignore_changes = all }', 'all'],
    ['lifecycle { ignore_changes = var.x }', 'unread'],
  ])('takes the list of an override file: %j', (override, ignored) => {
    expect(ignoredIn('lifecycle { ignore_changes = [tags] }', override)).toEqual(ignored);
  });

  it('takes nothing from one that ignores everything', () => {
    expect(ignoredIn('lifecycle { ignore_changes = all }', 'lifecycle { ignore_changes = [tags] }')).toBe('all');
  });
});
