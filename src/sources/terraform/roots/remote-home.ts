import { HCP_HOST } from '../backends/tfc/where.ts';
import type { GivenWhere } from '../state/where.ts';
import { fromRepository, type HomeAsk, homeless, isExpression, notSaid, pipeIn, type StateHome } from './home.ts';

/** What the environment says of a `cloud` block that does not (Terraform documentation, "HCP Terraform Settings"). */
const VARIABLES: Readonly<Record<string, string>> = {
  hostname: 'TF_CLOUD_HOSTNAME',
  organization: 'TF_CLOUD_ORGANIZATION',
};

/** HCP Terraform and Terraform Enterprise: one workspace by its name, several by a prefix or by tags. */
export function remoteHome(ask: HomeAsk): StateHome {
  const { backend, root, only, selected } = ask;
  const hostname = textOf(ask, 'hostname', HCP_HOST);
  const organization = textOf(ask, 'organization', undefined);
  if ('gap' in hostname) return homeless(hostname.gap);
  if ('gap' in organization) return homeless(organization.gap);
  const at = (workspace: string): string =>
    `tfc://${hostname.text === HCP_HOST ? '' : `${hostname.text}/`}${organization.text}/${workspace}`;
  const named = backend.settings.get('workspaces.name');
  if (named?.kind === 'text') return { states: [fromRepository(at(named.text))], gaps: [], workspace: only ?? null };
  if (named !== undefined) return homeless(isExpression(backend.type, 'workspace'));
  const prefix = backend.settings.get('workspaces.prefix');
  if (prefix?.kind === 'text') {
    const workspace = only ?? '*';
    const where: GivenWhere = { ...fromRepository(at(prefix.text + workspace)), mayBeNone: true };
    return { states: [where], gaps: [], workspace: only ?? null };
  }
  if (prefix !== undefined) return homeless(isExpression(backend.type, 'prefix of workspaces'));
  // Who has never selected one is in `default`, which is no workspace there.
  const known = only ?? (selected === 'default' ? null : selected);
  if (known === null) {
    return homeless(`which workspaces are its own is not known (they are chosen by tags): ${pipeIn(root)}`);
  }
  const states = [fromRepository(at(known))];
  if (only !== undefined) return { states, gaps: [], workspace: only };
  const others = 'other workspaces with its tags are not listed: name its states in keydrift.yaml or with --state';
  return { states, gaps: [others], workspace: null };
}

function textOf(
  { backend, env }: HomeAsk,
  name: string,
  otherwise: string | undefined,
): { readonly text: string } | { readonly gap: string } {
  const setting = backend.settings.get(name);
  if (setting?.kind === 'text') return { text: setting.text };
  if (setting !== undefined) return { gap: isExpression(backend.type, name) };
  const text = (backend.type === 'cloud' ? env[VARIABLES[name] ?? ''] : undefined) || otherwise;
  return text === undefined ? { gap: notSaid(backend.type, name) } : { text };
}
