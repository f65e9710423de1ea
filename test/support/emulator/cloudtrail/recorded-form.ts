/** Inputs that CloudTrail leaves out (AWS KMS developer guide, "Logging AWS KMS API calls"). */
const SECRETS = new Set([
  'EncryptedKeyMaterial',
  'ImportToken',
  'KeyStorePassword',
  'TrustAnchorCertificate',
  'XksProxyAuthenticationCredential',
  'GrantTokens',
  'GrantToken',
]);

const PROSE_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Dates inside requests and responses are prose: `Aug 10, 2022, 10:38:27 PM` (AWS KMS developer guide, CreateKey record). */
export function proseDate(epochMs: number): string {
  const date = new Date(epochMs);
  const hours = date.getUTCHours();
  const clock = [hours % 12 === 0 ? 12 : hours % 12, date.getUTCMinutes(), date.getUTCSeconds()]
    .map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');
  const day = `${PROSE_MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  return `${day}, ${clock} ${hours < 12 ? 'AM' : 'PM'}`;
}

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** Dates of KMS metadata travel as epoch seconds. */
const DATES = new Set(['CreationDate', 'DeletionDate', 'ValidTo', 'ParametersValidTo']);

/** A request or response with the field names and dates of a CloudTrail record: KeyId becomes keyId. */
export function recordedForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(recordedForm);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (inner === undefined) return [];
      const kept = DATES.has(name) && typeof inner === 'number' ? proseDate(inner * 1000) : recordedForm(inner);
      return [[lowerFirst(name), kept]];
    }),
  );
}

/** A request without its secrets; null when nothing is left. */
export function recordedRequest(input: Readonly<Record<string, unknown>>): unknown {
  const open = Object.entries(input).filter(([name]) => !SECRETS.has(name));
  return open.length === 0 ? null : recordedForm(Object.fromEntries(open));
}
