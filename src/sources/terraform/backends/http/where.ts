import { UserError } from '../../../../errors.ts';

/** `https://HOST/PATH`: without a user or password in it. */
export interface HttpWhere {
  readonly kind: 'http';
  readonly url: URL;
}

/** Reads an address with its scheme; a UserError, which never repeats it, for one that nothing may be sent to. */
export function parseHttp(address: string): HttpWhere {
  const scheme = address.slice(0, address.indexOf(':')).toLowerCase();
  if (!URL.canParse(address)) throw new UserError(`--state ${scheme}://…: that is no address`);
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') {
    throw new UserError(
      `--state ${scheme}://…: a password in an address is seen in process lists and logs: take it out, and set TF_HTTP_USERNAME and TF_HTTP_PASSWORD`,
    );
  }
  if (!isPrivate(url)) {
    throw new UserError(
      '--state http://…: states hold secrets, and what http brings may be forged: use https, or pipe the state in with --state -',
    );
  }
  url.hash = '';
  return { kind: 'http', url };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether nobody between here and there can listen: TLS, or this very machine. */
export const isPrivate = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
