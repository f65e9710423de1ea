import { describe, expect, it } from '@jest/globals';
import { moveOf, placesOf, type RepetitionOf } from '../../src/reconcile/moves.ts';

type Moves = readonly (readonly [from: string, to: string])[];

const CIRCLE: Moves = [
  ['aws_kms_key.a', 'aws_kms_key.b'],
  ['aws_kms_key.b', 'aws_kms_key.a'],
];

const movesOf = (moves: Moves) =>
  moves.map(([from, to], at) => moveOf({ kind: 'moved', from, to, root: '.', path: 'main.tf', line: at + 1 }));

function places(addresses: readonly string[], moves: Moves, repetition: ReturnType<RepetitionOf> = undefined) {
  return [...placesOf(addresses, movesOf(moves), () => repetition)].map(([given, { address, blockedBy }]) => [
    given,
    ...(address === given ? [] : [address]),
    ...(blockedBy === null ? [] : [`blocked at ${blockedBy.line}`]),
  ]);
}

describe('moved blocks', () => {
  it.each<[string, Moves, string]>([
    ['aws_kms_key.a', [], 'aws_kms_key.a'],
    ['aws_kms_key.a', [['aws_kms_key.a', 'aws_kms_key.b']], 'aws_kms_key.b'],
    ['aws_kms_key.a["x"]', [['aws_kms_key.a', 'aws_kms_key.b']], 'aws_kms_key.b["x"]'],
    ['aws_kms_key.a["x"]', [['aws_kms_key.a', 'module.m.aws_kms_key.b']], 'module.m.aws_kms_key.b["x"]'],
    ['aws_kms_key.a', [['aws_kms_key.a', 'aws_kms_key.a["x"]']], 'aws_kms_key.a["x"]'],
    ['aws_kms_key.a[1]', [['aws_kms_key.a', 'aws_kms_key.a["x"]']], 'aws_kms_key.a[1]'],
    ['module.m["x"].aws_kms_key.a', [['module.m', 'module.n']], 'module.n["x"].aws_kms_key.a'],
    ['module.m.aws_kms_key.a', [['module.m', 'module.n["x"]']], 'module.n["x"].aws_kms_key.a'],
    ['module.m.aws_kms_key.a[3]', [['module.m', 'module.o.module.n']], 'module.o.module.n.aws_kms_key.a[3]'],
    [
      'module.m["x"].aws_kms_key.a[0]',
      [['module.m[*].aws_kms_key.a', 'module.m[*].aws_kms_key.b']],
      'module.m["x"].aws_kms_key.b[0]',
    ],
    ['aws_kms_key.ab', [['aws_kms_key.a', 'aws_kms_key.b']], 'aws_kms_key.ab'],
    ['aws_kms_key.a', CIRCLE, 'aws_kms_key.a'],
  ])('%s by %j: %s', (address, moves, moved) => {
    expect(placesOf([address], movesOf(moves), () => undefined).get(address)).toEqual({
      address: moved,
      blockedBy: null,
    });
  });

  // What Terraform 1.11 plans of each, played with terraform_data in the place of aws_kms_key.
  it.each<[string, string[], Moves, string[][]]>([
    ['onto what is held', ['k.a', 'k.b'], [['k.a', 'k.b']], [['k.a', 'blocked at 1'], ['k.b']]],
    [
      'a chain whose middle is held',
      ['k.a', 'k.b'],
      [
        ['k.b', 'k.c'],
        ['k.a', 'k.b'],
      ],
      [
        ['k.a', 'blocked at 2'],
        ['k.b', 'k.c'],
      ],
    ],
    [
      'a chain whose end is held',
      ['k.a', 'k.c'],
      [
        ['k.b', 'k.c'],
        ['k.a', 'k.b'],
      ],
      [['k.a', 'k.b', 'blocked at 1'], ['k.c']],
    ],
    [
      'a whole resource onto one with another instance',
      ['k.a[0]', 'k.b[1]'],
      [['k.a', 'k.b']],
      [['k.a[0]', 'blocked at 1'], ['k.b[1]']],
    ],
    [
      'two single resources onto two instances of one',
      ['k.a', 'k.b'],
      [
        ['k.a', 'k.c[0]'],
        ['k.b', 'k.c[1]'],
      ],
      [
        ['k.a', 'k.c[0]'],
        ['k.b', 'k.c[1]'],
      ],
    ],
    [
      'an instance onto one that is held',
      ['k.a', 'k.a["x"]'],
      [['k.a', 'k.a["x"]']],
      [['k.a', 'blocked at 1'], ['k.a["x"]']],
    ],
    [
      'a module onto one that holds something else',
      ['module.o.k.a', 'module.m.k.x'],
      [['module.o', 'module.m']],
      [['module.o.k.a', 'blocked at 1'], ['module.m.k.x']],
    ],
    [
      'a module onto one of which only an inner one holds something',
      ['module.o.k.a', 'module.m.module.z.k.x'],
      [['module.o', 'module.m']],
      [['module.o.k.a', 'module.m.k.a'], ['module.m.module.z.k.x']],
    ],
    [
      'a module onto one that holds other types',
      ['module.o.k.a', 'module.m'],
      [['module.o', 'module.m']],
      [['module.o.k.a', 'blocked at 1'], ['module.m']],
    ],
    [
      'a module onto one whose other types move on only then',
      ['module.o.k.a', 'module.m'],
      [
        ['module.m', 'module.z'],
        ['module.o', 'module.m'],
      ],
      [
        ['module.o.k.a', 'blocked at 2'],
        ['module.m', 'module.z'],
      ],
    ],
    [
      'a module with other types',
      ['module.o.k.a', 'module.o', 'module.m.k.x'],
      [['module.o', 'module.n']],
      [['module.o.k.a', 'module.n.k.a'], ['module.o', 'module.n'], ['module.m.k.x']],
    ],
    [
      'a whole resource and one of its instances',
      ['k.a["x"]', 'k.a["y"]'],
      [
        ['k.a', 'k.b'],
        ['k.a["x"]', 'k.c["x"]'],
      ],
      [
        ['k.a["x"]', 'k.c["x"]'],
        ['k.a["y"]', 'k.b["y"]'],
      ],
    ],
    [
      'a whole module and one of its instances',
      ['module.m["x"].k.a', 'module.m["y"].k.a'],
      [
        ['module.m', 'module.n'],
        ['module.m["x"]', 'module.p["x"]'],
      ],
      [
        ['module.m["x"].k.a', 'module.p["x"].k.a'],
        ['module.m["y"].k.a', 'module.n["y"].k.a'],
      ],
    ],
    [
      'the instances of a module, of which one is held',
      ['module.m[0].k.a', 'module.m[1].k.a', 'module.n[0].k.a'],
      [['module.m', 'module.n']],
      [['module.m[0].k.a', 'blocked at 1'], ['module.m[1].k.a', 'module.n[1].k.a'], ['module.n[0].k.a']],
    ],
    [
      'out of a module that moves',
      ['module.m.k.a', 'module.m.k.x'],
      [
        ['module.m', 'module.n'],
        ['module.m.k.a', 'k.a'],
      ],
      [
        ['module.m.k.a', 'k.a'],
        ['module.m.k.x', 'module.n.k.x'],
      ],
    ],
    [
      'within a module that moves',
      ['module.m.k.a'],
      [
        ['module.n[*].k.a', 'module.n[*].k.x'],
        ['module.m', 'module.n'],
      ],
      [['module.m.k.a', 'module.n.k.x']],
    ],
    [
      'within a module that moves, onto what is held',
      ['module.m.k.a', 'module.m.k.x'],
      [
        ['module.n.k.a', 'module.n.k.x'],
        ['module.m', 'module.n'],
      ],
      [
        ['module.m.k.a', 'module.n.k.a', 'blocked at 1'],
        ['module.m.k.x', 'module.n.k.x'],
      ],
    ],
    [
      'in each instance of a module, where one is held',
      ['module.n[0].k.a', 'module.n[1].k.a', 'module.n[1].k.x'],
      [['module.n[*].k.a', 'module.n[*].k.x']],
      [['module.n[0].k.a', 'module.n[0].k.x'], ['module.n[1].k.a', 'blocked at 1'], ['module.n[1].k.x']],
    ],
  ])('%s', (_, held, moves, expected) => {
    expect(places(held, moves).toSorted()).toEqual(expected.toSorted());
  });

  it('takes a chain of many in one go', () => {
    const chain = Array.from({ length: 5000 }, (_, n) => [`k.a${n}`, `k.a${n + 1}`] as const);
    expect(places(['k.a0'], chain.toReversed())).toEqual([['k.a0', 'k.a5000']]);
  });
});

describe('count that comes or goes', () => {
  it.each<[ReturnType<RepetitionOf>, string[], Moves, string[][]]>([
    ['count', ['k.a', 'k.a[1]'], [], [['k.a', 'k.a[0]'], ['k.a[1]']]],
    ['single', ['k.a[0]', 'k.a[1]'], [], [['k.a[0]', 'k.a'], ['k.a[1]']]],
    ['count', ['k.a', 'k.a[0]'], [], [['k.a'], ['k.a[0]']]],
    ['single', ['k.a', 'k.a[0]'], [], [['k.a'], ['k.a[0]']]],
    ['each', ['k.a', 'k.b[0]'], [], [['k.a'], ['k.b[0]']]],
    [undefined, ['k.a', 'k.b[0]'], [], [['k.a'], ['k.b[0]']]],
    ['count', ['k.a'], [['k.a', 'k.a[1]']], [['k.a', 'k.a[1]']]],
    ['count', ['k.a'], [['k.b', 'k.a']], [['k.a']]],
    ['count', ['module.m.k.a'], [], [['module.m.k.a', 'module.m.k.a[0]']]],
    ['single', ['module.m[0].k.a'], [], [['module.m[0].k.a']]],
  ])('%s: %j by %j', (repetition, held, moves, expected) => {
    expect(places(held, moves, repetition)).toEqual(expected);
  });
});
