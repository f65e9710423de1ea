/** Whether a module source is a directory beside the module that names it (Terraform language, "Module Sources: Local Paths"). */
export const isLocalSource = (source: string): boolean => /^\.{1,2}(?:\/|$)/.test(source);

/**
 * A remote source without what Terraform adds to it when it records it in modules.json: the registry's host, `git::`, a
 * scheme and `.git` (Terraform language, "Module Sources"). Two sources that differ here are two modules.
 */
export const plainSource = (source: string): string =>
  source
    .replace(/^[a-z0-9]+::/, '')
    .replace(/^[a-z0-9+]+:\/\//, '')
    .replace(/^git@([^/:]+):/, '$1/')
    .replace(/^git@/, '')
    .replace(/^registry\.(?:terraform|opentofu)\.(?:io|org)\//, '')
    .replace(/\.git(?=$|\/\/|\?)/, '');

/**
 * A remote source as people may see it. One of git or http may carry a password or a token, which may hold an `@` itself:
 * `https://user:token@host/…?access_token=…`. A password with a slash in it reads as a port and a path, so
 * that of such a source only the scheme is shown.
 */
export function withoutCredentials(source: string): string {
  const [plain = ''] = source.split(/[?#]/, 1);
  const [getters = ''] = /^(?:[a-z0-9]+::)*/.exec(plain) ?? [];
  const address = plain.slice(getters.length);
  const [scheme = ''] = /^(?:[a-z0-9+.-]+:)?\/\//i.exec(address) ?? [];
  const rest = address.slice(scheme.length);
  const [authority = ''] = rest.split('/', 1);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (scheme === '') return getters + (/:.*@/s.test(authority) ? host : authority) + rest.slice(authority.length);
  const path = rest.slice(authority.length);
  const isHost = /^(?:\[[^\]]*\]|[^:[\]]+)(?::\d*)?$/.test(host);
  const isCut = !isHost || (path.includes('@') && /[:@]/.test(authority));
  return isCut ? `${getters}${scheme}…` : getters + scheme + host + path;
}
