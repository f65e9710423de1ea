import { describe, expect, it } from '@jest/globals';
import type { Via } from '../../../src/model/facts/cloudtrail.ts';
import { readActor } from '../../../src/sources/cloudtrail/actor.ts';
import { parseRecord } from '../../../src/sources/cloudtrail/record.ts';
import { fixture } from './fixture.ts';

function actorOf(changes: object, name = 'symmetric') {
  const parsed = parseRecord({ ...Object(fixture(name)), ...changes });
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return readActor(parsed.record);
}

const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io)';
const GO = 'aws-sdk-go-v2/1.36.3 os/linux lang/go#1.23.8 api/kms#1.38.3';

describe('who made a call, by its userAgent', () => {
  it.each<[Via, string]>([
    ['terraform', `${TERRAFORM} terraform-provider-aws/5.100.0 ${GO}`],
    ['terraform', `aws-sdk-go/1.44.12 (go1.19.1; linux; amd64) ${TERRAFORM}`],
    ['terraform', `[${TERRAFORM} ${GO}]`],
    ['terraform', `terraform-provider-awscc/1.20.0 ${GO}`],
    ['opentofu', `APN/1.0 HashiCorp/1.0 OpenTofu/1.9.1 (+https://opentofu.org) ${GO}`],
    ['opentofu', `${TERRAFORM} OpenTofu/1.9.1 ${GO}`],
    ['pulumi', `APN/1.0 Pulumi/1.0 Pulumi-Aws/6.83.0 (+https://www.pulumi.com) ${GO}`],
    ['pulumi', `${TERRAFORM} Pulumi/3.0 (+https://www.pulumi.com) PulumiAws/6.83.0`],
    ['crossplane', `${TERRAFORM} terraform-provider-aws/3.56.0 crossplane-provider-aws/v1.21.0`],
    ['crossplane', `${TERRAFORM} ${GO} upbound-provider-aws/v1.2.0`],
    ['unknown', 'aws-sdk-go/1.44.12 (go1.19.1) APN/1.0 HashiCorp/1.0 Terraform/ (+https://www.terraform.io/)'],
    ['cloudformation', 'cloudformation.amazonaws.com'],
    ['console', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'],
    ['console', 'console.amazonaws.com'],
    ['cli', 'aws-cli/2.22.35 md/awscrt#0.23.4 botocore/2.0'],
    ['cli', '[aws-cli/1.16.1 Python/3.6 botocore/1.11]'],
    ['cli', 'AWSPowerShell.Common/4.1.0 .NET_Core/8.0'],
    ['sdk', GO],
    ['sdk', 'Boto3/1.35.90 md/Botocore#1.35.90'],
    ['sdk', '[aws-sdk-java/1.11]'],
    ['aws-service', 'rds.amazonaws.com'],
    ['unknown', 'AWS Internal'],
    ['unknown', 'key-vending/0.3'],
  ])('%s: %s', (via, userAgent) => {
    expect(actorOf({ userAgent })).toMatchObject({ via, userAgent });
  });

  it('a record without one is of nobody known', () => {
    expect(actorOf({ userAgent: undefined })).toMatchObject({ via: 'unknown', userAgent: null });
  });
});

describe('who made a call, by what AWS says', () => {
  it.each<[Via, string, object]>([
    [
      'cloudformation',
      'invokedBy over a forged agent',
      { userIdentity: { invokedBy: 'cloudformation.amazonaws.com' }, userAgent: TERRAFORM },
    ],
    [
      'aws-service',
      'another invokedBy over a forged agent',
      { userIdentity: { invokedBy: 'kms.amazonaws.com' }, userAgent: TERRAFORM },
    ],
    ['cloudformation', 'the address it came from', { sourceIPAddress: 'cloudformation.amazonaws.com' }],
    ['aws-service', 'a service event', { eventType: 'AwsServiceEvent', userAgent: 'AWS Internal' }],
    ['aws-service', 'a service as the identity', { userIdentity: { type: 'AWSService' } }],
    ['console', 'a console session', { sessionCredentialFromConsole: 'true', userAgent: 'AWS Internal' }],
    ['console', 'a console session, as a boolean', { sessionCredentialFromConsole: true, userAgent: GO }],
    ['terraform', 'Terraform in CloudShell', { sessionCredentialFromConsole: 'true', userAgent: TERRAFORM }],
    ['sdk', 'no console session', { sessionCredentialFromConsole: 'false', userAgent: GO }],
  ])('%s: %s', (via, _text, changes) => {
    expect(actorOf(changes)).toMatchObject({ via });
  });

  it('names the caller and the role behind a session', () => {
    expect(actorOf({}, 'terraform')).toMatchObject({
      principal: 'arn:aws:sts::111122223333:assumed-role/deployer/ci',
      role: 'arn:aws:iam::111122223333:role/deployer',
      invokedBy: null,
    });
    expect(actorOf({}, 'replica')).toMatchObject({ via: 'aws-service', invokedBy: 'kms.amazonaws.com' });
    expect(actorOf({}, 'service-event')).toMatchObject({ principal: null, role: null, via: 'aws-service' });
  });

  it("a federated user's session has no role behind it", () => {
    const sessionIssuer = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/mary' };
    expect(actorOf({ userIdentity: { sessionContext: { sessionIssuer } } })).toMatchObject({ role: null });
  });
});
