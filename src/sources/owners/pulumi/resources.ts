import { z } from 'zod';
import type { OwnerFact } from '../../../model/facts.ts';
import { parseKeyArn } from '../../../model/key-arn.ts';
import type { Instant } from '../../../model/time.ts';
import { oneLine } from '../../one-line.ts';

/** What a Pulumi export says of KMS keys. */
export interface PulumiReading {
  readonly facts: readonly OwnerFact[];
  /** Key resources whose ARN is not told, each with why. */
  readonly unread: readonly string[];
}

/** Pulumi registry, "aws.kms" and "aws-native.kms". */
const KEY_TYPES: ReadonlySet<string> = new Set([
  'aws:kms/key:Key',
  'aws:kms/replicaKey:ReplicaKey',
  'aws:kms/externalKey:ExternalKey',
  'aws:kms/replicaExternalKey:ReplicaExternalKey',
  'aws-native:kms:Key',
  'aws-native:kms:ReplicaKey',
]);

const flag = z.boolean().optional().catch(undefined);

/** Only what is named here is read: outputs hold secrets, some of them in plain text. */
const resourceSchema = z.object({
  urn: z.string(),
  type: z.string().optional().catch(undefined),
  external: flag,
  pendingReplacement: flag,
  outputs: z.object({ arn: z.unknown() }).optional().catch(undefined),
});
type Resource = z.infer<typeof resourceSchema>;

const resourcesSchema = z.array(z.unknown()).nullish();
const deploymentSchema = z.object({ resources: resourcesSchema });
/** What `pulumi stack export` writes, and what a self-managed backend keeps as `.pulumi/stacks/PROJECT/STACK.json`. */
const documentSchema = z.union([
  z.object({ version: z.number(), deployment: deploymentSchema }),
  z.object({ version: z.number(), checkpoint: z.object({ latest: deploymentSchema.nullish() }) }),
]);

/** The layouts that are read (Pulumi, sdk/go/common/apitype: DeploymentSchemaVersionCurrent is 3, 4 adds features alone). */
const VERSIONS: ReadonlySet<number> = new Set([1, 2, 3, 4]);

/**
 * The keys of a Pulumi stack. What it only reads (`external`) and what it has already deleted (`pendingReplacement`) it
 * does not own; a resource that waits for its deletion it does. A string says why the text is no export.
 */
export function readPulumi(document: unknown, source: string, readAt: Instant): PulumiReading | string {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return 'it is no Pulumi export and no checkpoint: pulumi stack export --file FILE writes one';
  const { version } = parsed.data;
  if (!VERSIONS.has(version)) return `version ${version} of Pulumi's exports is not known`;
  const deployment = 'deployment' in parsed.data ? parsed.data.deployment : parsed.data.checkpoint.latest;
  const facts: OwnerFact[] = [];
  const unread: string[] = [];
  for (const entry of deployment?.resources ?? []) {
    const resource = resourceSchema.safeParse(entry).data;
    if (resource === undefined) unread.push('a resource without a URN');
    else if (isOwnKey(resource)) {
      const fact = ownerFact(resource, source, readAt);
      if (typeof fact === 'string') unread.push(fact);
      else facts.push(fact);
    }
  }
  return { facts, unread };
}

const isOwnKey = ({ type, urn, external, pendingReplacement }: Resource): boolean =>
  KEY_TYPES.has(type ?? urnParts(urn).type) && external !== true && pendingReplacement !== true;

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME` (Pulumi documentation, "Resource names"); a name may hold `::` too. */
function urnParts(urn: string) {
  const [stack = '', project = '', types = '', ...name] = urn.replace(/^urn:pulumi:/, '').split('::');
  return { stack, project, type: types.slice(types.lastIndexOf('$') + 1), name: name.join('::') };
}

function ownerFact({ urn, outputs }: Resource, source: string, readAt: Instant): OwnerFact | string {
  const { stack, project, name } = urnParts(urn);
  const resource = oneLine(name, LONGEST);
  const text = outputs?.arn;
  const arn = typeof text === 'string' ? parseKeyArn(text)?.arn : undefined;
  if (arn === undefined) return `${resource}: ${whyNoArn(text)}`;
  return {
    kind: 'owner',
    arn,
    tool: 'pulumi',
    name: oneLine(`${project}/${stack}`, LONGEST),
    source,
    resource,
    status: 'active',
    readAt,
  };
}

const LONGEST = 200;

/** Secrets are objects with a signature of their own under this name (Pulumi, sdk/go/common/resource: SigKey). */
const SIGNATURE = '4dabf18193072939515e22adb298388d';

function whyNoArn(arn: unknown): string {
  if (typeof arn === 'object' && arn !== null && SIGNATURE in arn) return 'its ARN is kept as a secret';
  return arn === undefined ? 'it has no ARN yet' : 'its ARN is none of a KMS key';
}
