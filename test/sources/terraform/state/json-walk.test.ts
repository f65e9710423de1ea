import { describe, expect, it } from '@jest/globals';
import { afterValue, JsonText } from '../../../../src/sources/terraform/state/json-tokens.ts';
import { JsonWalk } from '../../../../src/sources/terraform/state/json-walk.ts';
import { Words } from '../../../../src/sources/terraform/state/words.ts';
import fc from '../../../support/fast-check.ts';

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** Whether the whole text is taken for JSON, and every value in it that can be walked. */
function isWalked(bytes: Uint8Array, visit: (walk: JsonWalk) => void): boolean {
  const walk = new JsonWalk(bytes);
  try {
    walk.whole(() => visit(walk));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'JsonFault' });
    return false;
  }
}

const passOver = (walk: JsonWalk): void => void walk.take();
function enter(walk: JsonWalk): void {
  if (walk.kind() === 'array') walk.elements(() => enter(walk));
  else walk.members(() => enter(walk));
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function expectAgreement(bytes: Uint8Array): void {
  const expected = isJson(bytes);
  expect(isWalked(bytes, passOver)).toBe(expected);
  expect(isWalked(bytes, enter)).toBe(expected);
}

/** What JSON is made of, in pieces that make JSON of it now and then. */
const PIECES = [
  ...'{}[],:"\\'.split(''),
  ...['{"a":', '"b"', '":', ',"', '[]', '{}', '\\u00e9', '\\u12', '\\n', '\\x', '\\"', '\\ud83d'],
  ...[
    'true',
    'false',
    'null',
    'tru',
    'nul',
    'nulll',
    '0',
    '-',
    '-0',
    '1',
    '01',
    '.5',
    '1.5',
    '1.',
    'e',
    '1e5',
    'E+',
    '2e-7',
  ],
  ...[' ', '\n', '\t', '\r', '\f', '\u00a0', '\u2028', '\ufeff', 'é', '€', '😀', '\u0000', '\u001f', '\u007f'],
];

const QUOTE = 0x22;
/** What a string may hold without more ado. */
const PLAIN = [...Buffer.from('abcd')];
/** Bytes that decide, those beside them, and the same with the highest bit. */
const NEAR_BOUNDS = [0x00, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0x9f, 0xa0, 0xa2, 0xdc, 0xff];

function* triplesOf(bytes: readonly number[]): Generator<readonly [number, number, number]> {
  for (const first of bytes) for (const second of bytes) for (const third of bytes) yield [first, second, third];
}

describe('a text is taken for JSON exactly where JSON.parse takes it', () => {
  it.each(PIECES)('%j', (piece) => {
    const texts = [piece, ` ${piece} `, `[${piece}]`, `{"a":${piece}}`, `{${piece}:1}`, `"${piece}"`];
    for (const text of [...texts, `{"a":  ${piece}}`, `{"a" : \n ${piece} }`]) expectAgreement(bytesOf(text));
  });

  it('whatever pieces it is made of', () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (content) => expectAgreement(bytesOf(content))),
      { numRuns: 3000 },
    );
  });

  it('whatever number it is', () => {
    const text = fc.array(fc.constantFrom(...'0123-+.eE'), { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (content) => expectAgreement(bytesOf(content))),
      { numRuns: 2000 },
    );
  });

  it('whatever bytes stand in what was JSON, malformed UTF-8 too', () => {
    const damaged = fc.tuple(
      fc.json({ maxDepth: 4, stringUnit: 'grapheme' }),
      fc.nat(),
      fc.nat(3),
      fc.uint8Array({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(damaged, ([text, place, removed, inserted]) => {
        const whole = bytesOf(text);
        const at = place % (whole.length + 1);
        expectAgreement(Buffer.concat([whole.subarray(0, at), inserted, whole.subarray(at + removed)]));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([0, 1, 2, 3])('whatever byte stands in a string, %i places into a word of four', (before) => {
    for (let byte = 0; byte < 256; byte += 1) {
      expectAgreement(Buffer.from([QUOTE, ...PLAIN.slice(0, before), byte, ...PLAIN, QUOTE]));
    }
  });

  it.each([0, 1, 2, 3])('whatever byte stands as digit %i of an escape', (at) => {
    for (let byte = 0; byte < 256; byte += 1) {
      const digits = Buffer.from('00e9');
      digits[at] = byte;
      expectAgreement(Buffer.concat([Buffer.from('"\\u'), digits, Buffer.from('"')]));
    }
  });

  it('whatever byte is escaped', () => {
    for (let byte = 0; byte < 256; byte += 1) expectAgreement(Buffer.from([QUOTE, 0x5c, byte, ...PLAIN, QUOTE]));
  });

  it('whatever bytes stand side by side in a string', () => {
    for (const [first, second, third] of triplesOf(NEAR_BOUNDS)) {
      expectAgreement(Buffer.from([QUOTE, first, second, third, ...PLAIN, QUOTE]));
    }
  });

  it('however deep it is, as long as memory lasts', () => {
    const deep = 300_000;
    const text = `${'[{"a":'.repeat(deep)}1${'}]'.repeat(deep)}`;
    expect(afterValue(new JsonText(bytesOf(text)), 0)).toBe(text.length);
    expect(() => afterValue(new JsonText(bytesOf('['.repeat(2 ** 23))), 0)).toThrow(
      expect.objectContaining({ at: 2 ** 22 }),
    );
  });
});

describe('a walk', () => {
  const WORDS = new Words(['type', 'name']);

  it('names members however they are spelt, and parses what was passed over', () => {
    const walk = new JsonWalk(
      bytesOf(' {"type" : "a", "\\u0074ype":[1] ,"types":2,"ty\\\\pe":3,"näme":4, "name":{"x":"é"}} '),
    );
    const seen: unknown[] = [];
    walk.whole(() => walk.members(() => void seen.push([walk.name(WORDS), walk.anyName(), walk.parse(walk.take())])));
    expect(seen).toEqual([
      ['type', 'type', 'a'],
      ['type', 'type', [1]],
      [undefined, 'types', 2],
      [undefined, 'ty\\pe', 3],
      [undefined, 'näme', 4],
      ['name', 'name', { x: 'é' }],
    ]);
  });

  it.each([
    ['"type"', 'type'],
    ['"\\u0074yp\\u0065"', 'type'],
    ['"Type"', 'other text'],
    ['""', 'other text'],
    ['"\\""', 'other text'],
    ['null', undefined],
    ['{"type":"type"}', undefined],
    ['["type"]', undefined],
  ])('knows the words it was given: %s', (text, word) => {
    const walk = new JsonWalk(bytesOf(text));
    walk.whole(() => expect(walk.word(WORDS)).toBe(word));
  });

  it('steps over what its visitor leaves, and over members and elements of what has none', () => {
    const walk = new JsonWalk(bytesOf('[{"a":[1,2]}, [3], 4, {}, []]'));
    const seen: unknown[] = [];
    walk.whole(() =>
      walk.elements((index) => {
        if (index === 2) return;
        seen.push(index, walk.parse(index % 2 === 0 ? walk.members(() => undefined) : walk.take()));
      }),
    );
    expect(seen).toEqual([0, { a: [1, 2] }, 1, [3], 3, {}, 4, []]);
  });

  it.each([
    ['{"a": 1,, }', 8],
    ['{"a": 1', 7],
    ['{"a": "x', 8],
    ['{"a": "\\u12', 11],
    ['{"a": trux}', 9],
    ['{"a": nul', 9],
    ['[falsy, false]', 5],
    ['{"a": 1]', 7],
    ['[1}', 2],
    ['[[{"a": [1}', 10],
    ['{"a", 1}', 4],
    ['{"a"" 1}', 4],
    ['{} {}', 3],
    ['', 0],
  ])('says where %s goes wrong', (text, at) => {
    const walk = new JsonWalk(bytesOf(text));
    expect(() => walk.whole(() => undefined)).toThrow(expect.objectContaining({ at }));
  });
});
