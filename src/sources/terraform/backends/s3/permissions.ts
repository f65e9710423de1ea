import { byText } from '../../../../model/order.ts';
import { parseWhere } from '../../state/where.ts';

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** States of one root, and with what key they are encrypted. */
export interface StatesOfRoot {
  /** As `--state` takes them; those that are in no bucket need no permission. */
  readonly states: readonly string[];
  /** An id, an ARN or an alias, as `kms_key_id` of a backend has it; undefined: it names none. */
  readonly stateKey: string | undefined;
  /** A Region of this root, for its partition; undefined: none is known. */
  readonly region: string | undefined;
}

/** What reading these states takes beside what looking at keys does: objects and buckets by name, keys for S3 alone. */
export function statePermissions(roots: readonly StatesOfRoot[]): readonly Statement[] {
  const inS3 = roots.flatMap((root) => objectsOf(root));
  const keys = inS3.flatMap(({ stateKey, partition }) => (stateKey === undefined ? [] : [keyOf(stateKey, partition)]));
  return [
    ...allow(
      'KeydriftReadsStates',
      's3:GetObject',
      inS3.flatMap(({ objects }) => objects),
    ),
    // Whether an object is missing or denied S3 tells those alone who may list the whole bucket (S3 API, GetObject).
    ...allow(
      'KeydriftListsStates',
      's3:ListBucket',
      inS3.flatMap(({ buckets }) => buckets),
    ),
    ...allow(
      'KeydriftDecryptsStates',
      'kms:Decrypt',
      keys.flatMap(({ arn }) => arn ?? []),
      VIA_S3,
    ),
    ...allow(
      'KeydriftDecryptsStatesByAlias',
      'kms:Decrypt',
      keys.flatMap(({ any }) => any ?? []),
      {
        ...VIA_S3,
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': sorted(keys.flatMap(({ alias }) => alias ?? [])) },
      },
    ),
  ];
}

/** The key serves S3, which decrypts for its caller, and nobody else (KMS Developer Guide, kms:ViaService). */
const VIA_S3 = { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com*' } };

function allow(
  sid: string,
  action: string,
  resources: readonly string[],
  condition?: Statement['Condition'],
): readonly Statement[] {
  if (resources.length === 0) return [];
  const statement = { Sid: sid, Effect: 'Allow', Action: [action], Resource: sorted(resources) } as const;
  return [condition === undefined ? statement : { ...statement, Condition: condition }];
}

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(byText);

function objectsOf({ states, stateKey, region }: StatesOfRoot) {
  const places = states.flatMap((where) => {
    const place = parseWhere(where);
    return place.kind === 's3' ? [place] : [];
  });
  if (places.length === 0) return [];
  const partition = partitionOf(places.find((place) => place.region !== undefined)?.region ?? region);
  const objects = places.map(({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${resourceOf(key)}`);
  const buckets = places.map(({ bucket }) => `arn:${partition}:s3:::${bucket}`);
  return [{ objects, buckets, stateKey, partition }];
}

/** IAM User Guide, "IAM ARNs"; the other partitions are of nobody who reads this. */
function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-')) return 'aws-cn';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** IAM's wildcards are those of a WHERE; the characters themselves are variables there (IAM User Guide, "Policy variables"). */
const resourceOf = (key: string): string =>
  `${key.replaceAll(/\*+|%2A|%3F|%25|\$/gi, (found) => LITERAL[found.toUpperCase()] ?? '*')}${/(^|\/)$/.test(key) ? '*' : ''}`;

const variable = (character: string): string => `$\{${character}}`;

const LITERAL: Readonly<Record<string, string>> = {
  '%2A': variable('*'),
  '%3F': variable('?'),
  '%25': '%',
  $: variable('$'),
};

/** One of: its ARN; or the ARN of any key, and the alias that it has to have. */
function keyOf(
  key: string,
  partition: string,
): { readonly arn?: string; readonly any?: string; readonly alias?: string } {
  const alias = /^(?:arn:[^:]+:kms:([^:]+):(\d+):)?(alias\/.+)$/.exec(key);
  if (alias !== null) {
    const [, region = '*', account = '*', name = ''] = alias;
    return { any: `arn:${partition}:kms:${region}:${account}:key/*`, alias: name };
  }
  return { arn: key.startsWith('arn:') ? key : `arn:${partition}:kms:*:*:key/${key}` };
}
