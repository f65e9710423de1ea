import { literalKey } from '../backends/s3/where.ts';
import type { GivenWhere } from '../state/where.ts';
import type { Setting } from './backend.ts';
import { fromRepository, type HomeAsk, homeless, isExpression, notSaid, type StateHome } from './home.ts';

const DEFAULT = 'default';

/** What stands before the names of other workspaces where nothing else is said (Terraform documentation, "Backend Type: s3"). */
const PREFIX = 'env:';

/** At AWS another's bucket may have the name: what is read there would be taken for this root's state. */
const ELSEWHERE =
  'its s3 backend names an endpoint, and no credentials are sent to one that a file names: set AWS_ENDPOINT_URL_S3';

/**
 * The default workspace's state is at the key, that of each other at `PREFIX/WORKSPACE/KEY`. Which workspaces there are
 * only the bucket knows.
 */
export function s3Home({ backend: { settings }, only, env }: HomeAsk): StateHome {
  const hasEndpoint = settings.has('endpoint') || settings.has('endpoints');
  if (hasEndpoint && !env['AWS_ENDPOINT_URL_S3'] && !env['AWS_ENDPOINT_URL']) return homeless(ELSEWHERE);
  const texts: string[] = [];
  for (const name of ['bucket', 'key']) {
    const setting = settings.get(name);
    if (setting === undefined) return homeless(notSaid('s3', name));
    if (setting.kind !== 'text') return homeless(isExpression('s3', name));
    texts.push(setting.text);
  }
  const prefix = settings.get('workspace_key_prefix');
  if (prefix !== undefined && prefix.kind !== 'text') return homeless(isExpression('s3', 'workspace_key_prefix'));
  const [bucket = '', key = ''] = texts;
  const at = (place: string): string => `s3://${bucket}/${place}${regionQuery(settings.get('region'))}`;
  const literal = literalKey(key.replace(/^\/+/, ''));
  const workspaces = literalKey(prefix?.text ?? PREFIX);
  if (only !== undefined) {
    const place = only === DEFAULT ? literal : `${workspaces}/${only}/${literal}`;
    return { states: [fromRepository(at(place))], gaps: [], workspace: only };
  }
  // Which of them there are is seen when they are read: none at all is told then.
  const states = [at(literal), at(`${workspaces}/*/${literal}`)].map(mayBeNone);
  return { states, gaps: [], workspace: null };
}

const mayBeNone = (where: string): GivenWhere => ({ ...fromRepository(where), mayBeNone: true });

/** Only what has the form of a Region: otherwise S3 is asked. */
const regionQuery = (region: Setting | undefined): string =>
  region?.kind === 'text' && /^[a-z0-9-]+$/.test(region.text) ? `?region=${region.text}` : '';
