import type { Via } from '../../../../src/model/facts/cloudtrail.ts';
import { HOUR } from '../../../../src/model/time.ts';
import type { WorldActor } from '../world/schema.ts';
import { identityOf } from './identity.ts';
import { recordTime } from './record.ts';

interface Habit {
  /** Undefined: the record has no userAgent. */
  readonly userAgent: string | undefined;
  /** Caller's ARN without partition and account: `user/…` of IAM, `assumed-role/…` of STS. */
  readonly principal: string;
  readonly invokedBy?: string;
  readonly sourceIp?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

const PROVIDER = 'terraform-provider-aws/5.100.0 (+https://registry.terraform.io/providers/hashicorp/aws)';
const GO_SDK = 'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.23.8 md/GOOS#linux md/GOARCH#amd64 api/kms#1.38.3';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io)';

/** What records of each actor look like; agents of Terraform as provider 5.100 sends them, the rest as facts of the field. */
const HABITS: Readonly<Record<Via, Habit>> = {
  terraform: { userAgent: `${TERRAFORM} ${PROVIDER} ${GO_SDK}`, principal: 'assumed-role/terraform/ci' },
  opentofu: {
    userAgent: `APN/1.0 HashiCorp/1.0 OpenTofu/1.9.1 (+https://opentofu.org) ${PROVIDER} ${GO_SDK}`,
    principal: 'assumed-role/opentofu/ci',
  },
  pulumi: {
    userAgent: `APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) Pulumi/3.0 (+https://www.pulumi.com) PulumiAws/6.83.0 ${GO_SDK}`,
    principal: 'assumed-role/pulumi/ci',
  },
  crossplane: {
    userAgent: `APN/1.0 HashiCorp/1.0 Terraform/1.5.5 (+https://www.terraform.io) terraform-provider-aws/dev (+https://registry.terraform.io/providers/hashicorp/aws) crossplane-provider-aws/v1.21.0 ${GO_SDK}`,
    principal: 'assumed-role/crossplane/provider-aws',
  },
  cloudformation: {
    userAgent: 'cloudformation.amazonaws.com',
    principal: 'assumed-role/deployer/stacks',
    invokedBy: 'cloudformation.amazonaws.com',
    sourceIp: 'cloudformation.amazonaws.com',
  },
  console: { userAgent: BROWSER, principal: 'user/alice', extra: { sessionCredentialFromConsole: 'true' } },
  cli: {
    userAgent:
      'aws-cli/2.22.35 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#kms.create-key',
    principal: 'user/alice',
  },
  sdk: {
    userAgent:
      'Boto3/1.35.90 md/Botocore#1.35.90 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython',
    principal: 'assumed-role/backend/i-0abcd1234ef567890',
  },
  'aws-service': {
    userAgent: 'backup.amazonaws.com',
    principal: 'assumed-role/AWSServiceRoleForBackup/backup',
    invokedBy: 'backup.amazonaws.com',
    sourceIp: 'backup.amazonaws.com',
  },
  unknown: { userAgent: 'key-vending/0.3', principal: 'assumed-role/vendor/session' },
};

/** The parts of a record that say who called. */
export interface CallerParts {
  readonly identity: Readonly<Record<string, unknown>>;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly extra?: Readonly<Record<string, unknown>>;
}

const arnOf = (principal: string, partition: string, account: string): string =>
  `arn:${partition}:${principal.startsWith('assumed-role/') ? 'sts' : 'iam'}::${account}:${principal}`;

/** Who called, as the record of a call by this actor says it. */
export function callerParts(actor: WorldActor, partition: string, account: string, at: number): CallerParts {
  const habit = HABITS[actor.via];
  const arn = actor.principal ?? arnOf(habit.principal, partition, account);
  const invokedBy = actor.invokedBy ?? habit.invokedBy;
  const identity = identityOf({ arn, account, since: recordTime(at - HOUR) });
  return {
    identity: invokedBy === undefined ? identity : { ...identity, invokedBy },
    sourceIp: actor.sourceIp ?? habit.sourceIp ?? '192.0.2.10',
    userAgent: actor.userAgent ?? habit.userAgent,
    ...(habit.extra === undefined ? {} : { extra: habit.extra }),
  };
}
