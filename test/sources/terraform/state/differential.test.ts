import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { OUR_TYPES } from '../../../../src/sources/terraform/state/our-types.ts';
import type { ParsedState } from '../../../../src/sources/terraform/state/parse.ts';
import type { Refusal } from '../../../../src/sources/terraform/state/refusal.ts';
import fc from '../../../support/fast-check.ts';
import { readPlainly } from './reference.ts';
import { ARN, bytesOf, type Fields, KEY_ID, LINEAGE, parsed } from './state-text.ts';

const FIXTURES = new URL('../../../fixtures/state/', import.meta.url);
const REAL = ['terraform-1.11-aws-5.100.tfstate', 'terraform-1.11-every-form.tfstate'];
const SHOWN = 'terraform-1.11-every-form.show.json';
const LEGACY = 'terraform-0.11-version-3.tfstate';

/** The scan and the plain reader say the same, to the letter; of text that is no JSON both say that it is none. */
function expectAgreement(content: string | Uint8Array): void {
  const bytes = bytesOf(content);
  const plain = readPlainly(bytes);
  const scanned = parsed(bytes);
  if (plain === undefined) expect(scanned.kind).toBe('unreadable');
  else expect(unordered(scanned)).toEqual(unordered(plain));
}

/** JSON.parse counts and orders the members of an object (version 3 has one of resources) by their names, not as they stand there. */
function unordered(outcome: ParsedState | Refusal): unknown {
  if (outcome.kind !== 'state') return outcome;
  const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();
  const gaps = outcome.gaps.map((gap) => gap.replace(/^(modules\[\d+\].resources)\[\d+\]/, '$1'));
  return { ...outcome, facts: sorted(outcome.facts), gaps: sorted(gaps) };
}

/** Strings that look like what the scan is after. */
const DECOYS = [
  ...[
    '"type":"aws_kms_key"',
    '{"resources":[{"type":"aws_kms_key"}]}',
    '\\',
    '"',
    '}',
    ']',
    '\\"',
    '\u2028',
    '\ud83d',
    '😀é',
  ],
  ...['resources', 'type', 'instances', 'aws_kms_key', '__proto__', 'constructor', 'data.aws_kms_key.x.0', 'root'],
];
const word = fc.oneof(fc.constantFrom(...DECOYS), fc.string({ unit: 'grapheme' }));
const type = fc.oneof(fc.constantFrom(...OUR_TYPES, 'aws_s3_bucket', 'aws_kms_key2'), word, fc.jsonValue());
const anything = fc.oneof(word, fc.jsonValue({ maxDepth: 3 }), fc.dictionary(word, fc.oneof(word, fc.jsonValue())));
const named = fc.constantFrom(ARN, KEY_ID, 'alias/orders', '', null);
const attributes = fc.record(
  {
    arn: named,
    id: named,
    key_id: named,
    name: named,
    description: anything,
    tags: anything,
    policy: anything,
    multi_region: fc.boolean(),
  },
  { requiredKeys: [] },
);
const some = { requiredKeys: [] };

const instance = fc.oneof(
  { weight: 5, arbitrary: fc.record({ index_key: fc.oneof(word, fc.nat()), attributes, private: anything }, some) },
  anything,
);
const resource = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        mode: fc.constantFrom('managed', 'data'),
        type,
        name: word,
        module: fc.oneof(fc.constantFrom('module.a', 'module.a["x"]'), anything),
        instances: fc.oneof(fc.array(instance, { maxLength: 3 }), anything),
        each: anything,
      },
      some,
    ),
  },
  anything,
);
const header = {
  lineage: fc.oneof({ weight: 9, arbitrary: fc.constant(LINEAGE) }, anything),
  serial: fc.oneof({ weight: 9, arbitrary: fc.nat() }, anything),
  terraform_version: anything,
  outputs: anything,
  check_results: anything,
};

const version4 = fc.record(
  {
    version: fc.constantFrom(4, 4, 4, 4, 4, 5, '4'),
    resources: fc.oneof({ weight: 9, arbitrary: fc.array(resource, { maxLength: 4 }) }, anything),
    ...header,
  },
  some,
);

const key = fc
  .tuple(fc.constantFrom('', 'data.'), type, word, fc.constantFrom('', '.0', '.17', '.x', '.1.2'))
  .map((parts) => parts.join('').replace(/(?<!^data)$/, ''))
  .chain((text) => fc.constantFrom(text, `aws_kms_key.${text}`, 'aws_kms_key.orders', 'data.aws_kms_key.orders.0'));
const legacyInstance = fc.oneof(fc.record({ id: named, attributes, tainted: fc.boolean() }, some), anything);
const legacyResource = fc.oneof(
  fc.record({ type, primary: legacyInstance, deposed: fc.oneof(fc.array(legacyInstance), anything) }, some),
  anything,
);
const legacyModule = fc.oneof(
  fc.record(
    {
      path: fc.oneof(fc.constant(['root']), fc.constant(['root', 'a', 'b']), anything),
      resources: fc.oneof(fc.dictionary(key, legacyResource, { maxKeys: 4 }), anything),
      outputs: anything,
    },
    some,
  ),
  anything,
);
const version3 = fc.record(
  {
    version: fc.constant(3),
    modules: fc.oneof({ weight: 9, arbitrary: fc.array(legacyModule, { maxLength: 3 }) }, anything),
    ...header,
  },
  some,
);

const shownResource = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        mode: fc.constantFrom('managed', 'data'),
        type,
        name: word,
        index: fc.oneof(word, fc.nat()),
        values: fc.oneof(attributes, anything),
        sensitive_values: fc.oneof(fc.constant({}), fc.constant({ description: true }), anything),
        tainted: fc.boolean(),
        deposed_key: fc.oneof(fc.constant('0a1b2c3d'), anything),
      },
      some,
    ),
  },
  anything,
);
const { module: shownModule } = fc.letrec((tie) => ({
  module: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anything,
    fc.record(
      {
        address: fc.oneof(fc.constant('module.a'), anything),
        resources: fc.oneof(fc.array(shownResource, { maxLength: 3 }), anything),
        child_modules: fc.oneof(fc.array(tie('module'), { maxLength: 2 }), anything),
      },
      some,
    ),
  ),
}));
const shown = fc.record(
  {
    format_version: fc.constantFrom('1.0', '1.0', '1.0', '1.2', '0.2', 1),
    values: fc.oneof(fc.record({ root_module: shownModule, outputs: anything }, some), anything),
    terraform_version: anything,
    checks: anything,
  },
  some,
);

const document = fc.oneof(
  version4,
  version3,
  shown,
  fc.tuple(version4, version3, shown).map((all) => Object.assign({}, ...all)),
);

/** One of the ways to write a value as JSON: indented or not, fields in any order and said twice, characters escaped. */
function written(value: unknown, choices: Iterator<number>): string {
  const next = (): number => choices.next().value as number;
  const space = (): string => ['', '', '', ' ', '\n  ', '\t', '\r\n'][next() % 7] ?? '';
  const list = (open: string, parts: readonly string[], close: string): string =>
    open + parts.map((part) => `${space()}${part}${space()}`).join(',') + (parts.length === 0 ? space() : '') + close;
  const write = (part: unknown): string => {
    if (typeof part === 'string') return quoted(part, next);
    if (Array.isArray(part)) return list('[', part.map(write), ']');
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const members = Object.entries(part).map(
      ([name, each]) => [next(), `${quoted(name, next)}${space()}:${space()}${write(each)}`] as const,
    );
    const sorted = members.toSorted(([a], [b]) => a - b).map(([, text]) => text);
    const said = next() % 8 === 0 && sorted.length > 0 ? [...sorted.slice(-1), ...sorted] : sorted;
    return list('{', said, '}');
  };
  return space() + write(value) + space();
}

function quoted(text: string, next: () => number): string {
  if (next() % 6 !== 0) return JSON.stringify(text);
  const escaped = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
  return `"${escaped.map((code) => `\\u${code}`).join('')}"`;
}

const choices = fc.infiniteStream(fc.nat());

describe('a state gives what a plain reader of JSON gives', () => {
  it('of whatever form, however it is written', () => {
    fc.assert(
      fc.property(document, choices, (value, how) => expectAgreement(written(value, how))),
      { numRuns: 1500 },
    );
  });

  it('in every encoding that is read', () => {
    fc.assert(
      fc.property(document, choices, (value, how) => {
        const text = `\ufeff${written(value, how)}`;
        const utf16 = Buffer.from(text, 'utf16le');
        expectAgreement(text);
        expectAgreement(new Uint8Array(utf16));
        expectAgreement(new Uint8Array(utf16.swap16()));
      }),
      { numRuns: 100 },
    );
  });

  it('with fields said twice: the last counts', () => {
    const fields = { version: 4, serial: 1, lineage: LINEAGE, resources: [], type: 'x' };
    const twice = (inner: string, outer: string) =>
      expectAgreement(`{${JSON.stringify(fields).slice(1, -1)},${outer}${inner}}`);
    const entry = (...types: readonly string[]) =>
      `{${types.map((each) => `"type":${each}`).join(',')},"mode":"managed","name":"x","instances":[]}`;
    twice('"resources":[1]', '"resources":[2,3],');
    twice(`"resources":[${entry('"aws_s3_bucket"', '"aws_kms_key"')}]`, '');
    twice(`"resources":[${entry('"aws_kms_key"', '"aws_s3_bucket"')}]`, '');
    twice(`"resources":[${entry('"aws_kms_key"', '7')}]`, '');
    twice('"resources":null', '"resources":[1],');
    twice('"\\u0072esources":[1]', '');
    twice('"version":3,"modules":[]', '"modules":[1],');
    for (const value of ['null', '17', '"x"']) {
      twice(`"resources":${value}`, '"resources":[1],');
      twice(`"version":3,"modules":${value}`, '"modules":[1],');
    }
  });

  it.each(['null', '17', '{}', '[]', '{"root_module":null}'])('with values said twice, and %s the last', (value) => {
    const shown = '"format_version":"1.0","values":{"root_module":{"resources":[{"type":"aws_kms_key"}]}}';
    expectAgreement(`{${shown},"values":${value}}`);
    expectAgreement(`{"values":${value},${shown}}`);
  });
});

describe.each([...REAL, SHOWN, LEGACY])('the real %s', (name) => {
  const read = readFile(new URL(name, FIXTURES));

  it('gives what a plain reader gives, also written in other ways', async () => {
    const bytes = await read;
    expectAgreement(bytes);
    const value: unknown = JSON.parse(bytes.toString());
    fc.assert(
      fc.property(choices, (how) => expectAgreement(written(value, how))),
      { numRuns: 50 },
    );
  });

  it('is refused wherever it is cut, and whatever byte is overwritten gives what a plain reader gives', async () => {
    const bytes = new Uint8Array(await read);
    const end = bytes.lastIndexOf(0x7d);
    const step = Math.ceil(end / 500);
    for (let length = 0; length <= end; length += step)
      expect(parsed(bytes.subarray(0, length)).kind).toBe('unreadable');
    expect(parsed(bytes.subarray(0, end)).kind).toBe('unreadable');
    fc.assert(
      fc.property(fc.nat(end), fc.uint8Array({ minLength: 1, maxLength: 3 }), (at, overwritten) => {
        const damaged = new Uint8Array(bytes);
        damaged.set(overwritten.subarray(0, bytes.length - at), at);
        expectAgreement(damaged);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a small state', () => {
  const text = JSON.stringify(
    {
      resources: [
        {
          name: 'a',
          instances: [{ attributes: { arn: ARN, policy: '{"a":"\\u20ac"}' } }],
          type: 'aws_kms_key',
          mode: 'managed',
        },
      ],
      version: 4,
    } satisfies Fields,
    null,
    1,
  );

  it('agrees with a plain reader cut at every byte, and with every byte replaced by any that means something', () => {
    const bytes = bytesOf(text);
    for (let at = 0; at < bytes.length; at += 1) {
      expectAgreement(bytes.subarray(0, at));
      for (const byte of [0, 0x20, 0x22, 0x2c, 0x30, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xe2, 0xff]) {
        const damaged = new Uint8Array(bytes);
        damaged[at] = byte;
        expectAgreement(damaged);
      }
    }
  });
});
