import { UserError } from '../../../../errors.ts';

/** `tfc://[HOST/]ORGANIZATION/WORKSPACE`, the workspace perhaps with wildcards. */
export interface TfcWhere {
  readonly kind: 'tfc';
  /** `name` or `name:port`, in small letters. */
  readonly host: string;
  readonly organization: string;
  readonly workspace: string;
}

/** HCP Terraform's own host (HCP Terraform documentation, "API docs template"). */
export const HCP_HOST = 'app.terraform.io';

const FORMS = 'write tfc://ORGANIZATION/WORKSPACE or tfc://HOST/ORGANIZATION/WORKSPACE; * is every workspace';
const WANTED = `--state tfc://…: ${FORMS}`;
const ALONE = `--state tfc://…: the workspace is missing: ${FORMS}`;
const NAME = /^[\w-][\w.-]*$/;
const WORKSPACE = /^[\w.*?-]+$/;

/**
 * Reads what stands behind `tfc://`. Three parts begin with a host, two with an organization; the name of an organization
 * has no dot (HCP Terraform documentation, "Organizations"), so that `tfc://tfe.example.com/org` is told to be short of
 * one part.
 */
export function parseTfc(address: string): TfcWhere {
  const parts = address.split('/');
  const [organization = '', workspace = ''] = parts.slice(-2);
  const isShort = parts.length === 1 || (parts.length === 2 && (workspace === '' || /[.:]/.test(organization)));
  if (isShort) throw new UserError(ALONE);
  if (parts.length < 2 || parts.length > 3 || !NAME.test(organization) || !WORKSPACE.test(workspace))
    throw new UserError(WANTED);
  return { kind: 'tfc', host: parts.length === 3 ? hostIn(parts[0] ?? '') : HCP_HOST, organization, workspace };
}

function hostIn(text: string): string {
  const url = /^[^/@?#\s\\]+$/.test(text) && URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : undefined;
  if (url === undefined) throw new UserError(WANTED);
  return url.host;
}

/** How a workspace is called in reports; the host only where it is not HCP Terraform's. */
export const tfcLocator = ({ host, organization, workspace }: Omit<TfcWhere, 'kind'>): string =>
  `tfc://${host === HCP_HOST ? '' : `${host}/`}${organization}/${workspace}`;
