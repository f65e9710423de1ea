import { UserError } from '../../../errors.ts';
import { type ExecWhere, parseExec } from '../backends/exec/where.ts';
import { type HttpWhere, parseHttp } from '../backends/http/where.ts';
import { parseS3, type S3Where } from '../backends/s3/where.ts';
import { parseTfc, type TfcWhere } from '../backends/tfc/where.ts';

/** A place that is not on this machine, or not a file there. */
export type RemoteWhere = S3Where | HttpWhere | TfcWhere | ExecWhere;

/** Standard input, or a path: a file, directory or glob. */
export type LocalWhere = { readonly kind: 'stdin' } | { readonly kind: 'path'; readonly path: string };

/** What one WHERE means. */
export type Where = LocalWhere | RemoteWhere;

/**
 * A WHERE and who wrote it. What a repository says may be read where that harms nobody: it runs no command, takes no
 * standard input, and sends nothing to a host that no flag or variable names.
 */
export interface GivenWhere {
  readonly where: string;
  readonly from: 'flag' | 'repository';
  /** Real paths of the directories that a path may not lead out of; without them it is free. */
  readonly within?: readonly string[];
  /** There need not be any: other workspaces of a backend. */
  readonly mayBeNone?: true;
}

/** A `--state` argument. */
export const byFlag = (where: string): GivenWhere => ({ where, from: 'flag' });

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
const PREFIX = /^tfstate(?:\+|:\/\/)/;
const EXEC = /^exec:/i;

/**
 * One WHERE taken apart; a `tfstate+` (or `tfstate://`) prefix may stand before any. Throws a UserError for what can be no
 * place; it never repeats an address, which may carry a token.
 */
export function parseWhere(where: string): Where {
  const place = where.replace(PREFIX, '');
  if (EXEC.test(place)) return parseExec(place.replace(EXEC, ''));
  const scheme = SCHEME.exec(place)?.[1]?.toLowerCase();
  if (scheme === undefined) return atPath(place);
  const address = place.slice(scheme.length + '://'.length);
  switch (scheme) {
    case 'file':
      return atPath(address);
    case 's3':
      return parseS3(address);
    case 'http':
    case 'https':
      return parseHttp(place);
    case 'tfc':
      return parseTfc(address);
    default:
      throw new UserError(
        `--state ${scheme}://…: no such kind of place (s3, https, tfc, exec:DIR, a path); pipe it in: terraform state pull | keydrift scan --state -`,
      );
  }
}

function atPath(path: string): Where {
  if (path === '') throw new UserError('--state is empty: give a file, a directory, a glob, or - for standard input');
  return path === '-' ? { kind: 'stdin' } : { kind: 'path', path };
}
