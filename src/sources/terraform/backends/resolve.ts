import type { GivenWhere, RemoteWhere } from '../state/where.ts';
import type { StateAccess } from './access.ts';
import { resolveExec } from './exec/resolve.ts';
import { httpCredentials } from './http/headers.ts';
import { httpLocators, resolveHttp } from './http/resolve.ts';
import { failedAt, type Resolved } from './source.ts';
import { resolveTfc } from './tfc/resolve.ts';

/** A place elsewhere, with who named it. */
export interface RemotePlace {
  readonly given: GivenWhere;
  readonly where: RemoteWhere;
}

/** Where states are that are no files of this machine. */
export interface Stores {
  /** What a place leads to now. Throws the signal's reason and nothing else. */
  readonly resolve: (place: RemotePlace, signal: AbortSignal) => Promise<Resolved>;
  readonly close: () => void;
}

type S3Client = ReturnType<typeof import('./s3/client.ts')['s3Client']>;

/** Opens what the places need; nothing is asked yet, and no SDK is loaded before an S3 place is resolved. */
export function openStores(access: StateAccess, places: readonly RemotePlace[], cwd: string): Stores {
  const { env, headers, session } = access;
  const flagged = places.flatMap(({ given, where }) =>
    given.from === 'flag' && where.kind === 'http' ? [where.url] : [],
  );
  const credentials = httpCredentials(env, headers, flagged);
  const locatorFor = httpLocators();
  const clients = new Map<string, S3Client>();
  const clientIn = async (region: string | undefined): Promise<S3Client | undefined> => {
    if (session === null) return undefined;
    const { s3Client } = await import('./s3/client.ts');
    const client = clients.get(region ?? '') ?? s3Client(session, region, env);
    clients.set(region ?? '', client);
    return client;
  };
  return {
    resolve: async ({ given, where }, signal) => {
      const mayBeNone = given.mayBeNone === true;
      switch (where.kind) {
        case 's3': {
          const client = await clientIn(where.region);
          if (client === undefined)
            return failedAt(`s3://${where.bucket}/${where.key}`, 'there are no AWS credentials to ask S3 with');
          const { resolveS3 } = await import('./s3/resolve.ts');
          return resolveS3(where, mayBeNone, client, signal);
        }
        case 'http':
          return resolveHttp(where, given.from, credentials, locatorFor);
        case 'tfc':
          return resolveTfc(where, mayBeNone, env, signal);
        case 'exec':
          return resolveExec(where, given.from, cwd, env);
      }
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}
