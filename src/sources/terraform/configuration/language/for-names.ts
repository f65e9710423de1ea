import type { Reader } from './reader.ts';
import type { For } from './syntax.ts';

/** `value in` or `key, value in`. */
export function readForNames(reader: Reader): Pick<For, 'keyName' | 'valueName'> {
  const first = readVariable(reader);
  const second = reader.takes(',') ? readVariable(reader) : undefined;
  if (reader.identifier() !== 'in') reader.fail('a for has no in after its names');
  return second === undefined ? { valueName: first } : { keyName: first, valueName: second };
}

function readVariable(reader: Reader): string {
  const name = reader.identifier();
  if (name === undefined) reader.fail('a for has no name for its elements');
  return name;
}
