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
