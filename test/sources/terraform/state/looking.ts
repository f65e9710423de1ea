import type { StateHeader } from '../../../../src/sources/terraform/backends/http/headers.ts';
import { lookAtStates } from '../../../../src/sources/terraform/state/look.ts';
import { byFlag, type GivenWhere } from '../../../../src/sources/terraform/state/where.ts';
import { READ_AT } from './state-text.ts';

/** With what states are looked for; nobody's credentials when nothing is said. */
interface Circumstances {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly headers?: readonly StateHeader[];
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

/** Looks at states as a scan does; S3 is asked with keys that no server checks. Text is what a flag says. */
export function lookAt(where: readonly (string | GivenWhere)[], circumstances: Circumstances = {}) {
  const { env = {}, headers = [], cwd = '/', signal = new AbortController().signal } = circumstances;
  const credentials = async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not checked' });
  const session = {
    partition: 'aws',
    account: '111122223333',
    caller: 'arn:aws:iam::111122223333:user/alice',
    credentials,
    defaultRegion: 'eu-west-1',
  };
  return lookAtStates(
    {
      where: where.map((each) => (typeof each === 'string' ? byFlag(each) : each)),
      cwd,
      stdin: nothing(),
      access: { env, session, headers },
      withModules: false,
    },
    { signal, now: () => READ_AT, onProgress: () => undefined },
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
