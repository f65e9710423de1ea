import type { Call } from './call.ts';
import type { AwsError } from './errors.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** A value as the query protocol has it; the elements of a list stand in `member`. */
export type Xml = string | readonly Xml[] | { readonly [name: string]: Xml | undefined };

function toXml(value: Xml): string {
  if (typeof value === 'string') return escapeXml(value);
  if (Array.isArray(value)) return value.map((item: Xml) => `<member>${toXml(item)}</member>`).join('');
  return Object.entries(value)
    .map(([name, item]) => (item === undefined ? '' : `<${name}>${toXml(item)}</${name}>`))
    .join('');
}

/** A successful answer of the query protocol (AWS "Making Query requests"). */
export const queryAnswer = (namespace: string, call: Call, result: Xml): string =>
  `<${call.api}Response xmlns="${namespace}"><${call.api}Result>${toXml(result)}</${call.api}Result>` +
  `<ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata></${call.api}Response>`;

/** An error as the query protocol carries it. */
export const queryError = (error: AwsError, requestId: string): string =>
  `<ErrorResponse>${toXml({ Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message }, RequestId: requestId })}</ErrorResponse>`;
