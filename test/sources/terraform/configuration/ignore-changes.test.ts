import { describe, expect, it } from '@jest/globals';
import { cutBlocks, cutBody } from '../../../../src/sources/terraform/configuration/blocks.ts';
import { ignoredChanges } from '../../../../src/sources/terraform/configuration/ignore-changes.ts';

const ignoredIn = (text: string): unknown => {
  const blocks = cutBlocks(`resource "aws_kms_key" "this" {\n${text}\n}\n`);
  const body = blocks.ok && blocks.value[0] !== undefined ? cutBody(blocks.value[0]) : blocks;
  return body.ok && 'blocks' in body.value ? ignoredChanges(body.value) : body;
};

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

  it.each(['all', '[all]', '["*"]', 'var.ignored', '[policy, "*"]', '[1]'])('reads %s as everything', (list) => {
    expect(ignoredIn(`lifecycle {\n ignore_changes = ${list}\n}`)).toBe('all');
  });
});
