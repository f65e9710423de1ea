import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../src/model/facts.ts';
import {
  configurationCovered,
  declared,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  root,
  STATE,
  stateCovered,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

function successors(facts: readonly Fact[]) {
  const coverage = [kmsCovered(), stateCovered(), configurationCovered()];
  const { keys } = reconciled(inventory([root('.', [STATE]), ...facts], { coverage }));
  return keys.flatMap((key) => key.planned.map(({ successor }) => successor && `${successor.from} -> ${successor.to}`));
}

const at = (n: number, address: string): Fact[] => [held(keyArn(n), { address }), live(keyArn(n))];
const call = (address: string): Fact => ({
  kind: 'anchor',
  block: 'module',
  address,
  region: null,
  accounts: [],
  root: '.',
  path: 'main.tf',
  line: 1,
});
const OLD = [...at(1, 'module.kms.aws_kms_key.this["a"]'), ...at(2, 'module.kms.aws_kms_key.this["b"]')];
const [A, B] = ['a', 'b'].map((key) => declared({ address: `module.keys.aws_kms_key.this["${key}"]` }));
const NEW = [A ?? declared(), B ?? declared(), call('module.keys')];

describe('where a key that no block declares may have gone', () => {
  it.each<[string, readonly Fact[], (string | undefined)[]]>([
    [
      'the only one that is made',
      [...at(1, 'aws_kms_key.old'), declared({ address: 'module.m.aws_kms_key.new' })],
      ['aws_kms_key.old -> module.m.aws_kms_key.new'],
    ],
    [
      'another key of for_each',
      [
        ...[...at(1, 'aws_kms_key.this["logs"]'), ...at(2, 'aws_kms_key.this["x"]')],
        declared({ address: 'aws_kms_key.this["logging"]' }),
        declared({ address: 'aws_kms_key.this["x"]' }),
      ],
      ['aws_kms_key.this["logs"] -> aws_kms_key.this["logging"]'],
    ],
    ['a module by another name', [...OLD, ...NEW], Array(2).fill('module.kms -> module.keys')],
    ['nowhere', [...at(1, 'aws_kms_key.old'), call('module.keys')], [undefined]],
    [
      'one of two',
      [...at(1, 'aws_kms_key.old'), declared({ address: 'aws_kms_key.a' }), declared({ address: 'aws_kms_key.b' })],
      [undefined],
    ],
    [
      'where another may have gone',
      [...at(1, 'aws_kms_key.a'), ...at(2, 'aws_kms_key.b'), declared({ address: 'aws_kms_key.c' })],
      [undefined, undefined],
    ],
    [
      'one, and perhaps others',
      [
        ...[...at(1, 'aws_kms_key.old'), declared({ address: 'aws_kms_key.a' })],
        declared({ address: 'aws_kms_key.b[*]', instances: 'unknown' }),
      ],
      [undefined],
    ],
    [
      'where it would be replaced',
      [
        ...[
          held(keyArn(1), { address: 'aws_kms_key.old', attributes: { keySpec: 'SYMMETRIC_DEFAULT' } }),
          live(keyArn(1)),
        ],
        declared({ address: 'aws_kms_key.new', attributes: { keySpec: 'RSA_2048' } }),
      ],
      [undefined],
    ],
    [
      'where it may be replaced',
      [...at(1, 'aws_kms_key.old'), declared({ address: 'aws_kms_key.new', unknown: { multiRegion: 'var.m' } })],
      [undefined],
    ],
    [
      'in another Region',
      [...at(1, 'aws_kms_key.old'), declared({ address: 'aws_kms_key.new', region: 'us-east-1' })],
      [undefined],
    ],
    [
      'of another type',
      [
        ...at(1, 'aws_kms_key.old'),
        declared({ address: 'aws_kms_external_key.new', resourceType: 'aws_kms_external_key' }),
      ],
      [undefined],
    ],
    [
      'a module beside its own, whose call is still there',
      [...OLD, ...NEW, call('module.kms')],
      [undefined, undefined],
    ],
    [
      'a module that makes more',
      [...OLD, ...NEW, declared({ address: 'module.keys.aws_kms_key.new' })],
      [undefined, undefined],
    ],
    [
      'one of two modules',
      [
        ...[...OLD, ...NEW],
        declared({ address: 'module.more.aws_kms_key.this["a"]' }),
        declared({ address: 'module.more.aws_kms_key.this["b"]' }),
      ],
      [undefined, undefined],
    ],
  ])('is %s', (_, facts, expected) => {
    expect(successors(facts)).toEqual(expected);
  });
});
