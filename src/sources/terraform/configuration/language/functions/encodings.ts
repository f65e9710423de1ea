import { createHash } from 'node:crypto';
import type { Doubts } from '../doubts.ts';
import { STRING } from '../type.ts';
import type { Value } from '../value.ts';
import { text } from '../values.ts';
import { ANY, type Fn, type Functions, ofTexts, refuse, TEXT, textOf } from './function.ts';
import { jsonOf } from './json.ts';
import { decodeJson } from './json-decode.ts';

const hash = (algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', form: 'hex' | 'base64'): Fn =>
  ofTexts(1, STRING, (source = '') => text(createHash(algorithm).update(source, 'utf8').digest(form)));

/** Texts made of values, and back (terraform, internal/lang/funcs/encoding.go and crypto.go; stdlib/json.go). */
export const ENCODINGS: Functions = {
  jsonencode: {
    parameters: [{ ...ANY, isNullable: true }],
    returns: STRING,
    run: ([value], doubts) => {
      const json = value && jsonOf(value);
      if (json === undefined) return doubts.unsure('a number is not exact', STRING);
      doubts.budget.spend(json.length);
      return text(json);
    },
  },
  jsondecode: {
    parameters: [TEXT],
    run: ([source], doubts) => {
      doubts.budget.spend(textOf(source).length);
      return decodeJson(textOf(source)) ?? doubts.unsure('a text of JSON is not certain');
    },
  },
  base64encode: ofTexts(1, STRING, (source = '') => text(Buffer.from(source, 'utf8').toString('base64'))),
  base64decode: {
    parameters: [TEXT],
    returns: STRING,
    run: ([source], doubts) => decodeBase64(textOf(source), doubts),
  },
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBase64(source: string, doubts: Doubts): Value {
  if (/[\r\n]/.test(source)) return doubts.unsure('a text in base64 has more than one line', STRING);
  if (!BASE64.test(source)) return refuse('a text is no base64');
  try {
    return text(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(source, 'base64')));
  } catch {
    return refuse('a text in base64 holds no text');
  }
}
