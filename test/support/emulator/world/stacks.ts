import { type Cloud, contentsOf, type Stack } from '../cloud.ts';
import { uuidOf } from '../ids.ts';
import { numberedId } from './keys.ts';
import { realmOf } from './place.ts';
import type { WorldStack } from './schema.ts';

/** Puts a CloudFormation stack into the cloud. */
export function loadStack(cloud: Cloud, stack: WorldStack): void {
  const realm = realmOf(cloud, stack);
  const others = Array.from({ length: stack.others }, (_, index) => ({
    logicalId: `Topic${index}`,
    physicalId: `arn:${realm.partition}:sns:${realm.region}:${realm.account}:topic-${index}`,
    type: 'AWS::SNS::Topic',
    status: 'CREATE_COMPLETE',
  }));
  const loaded: Stack = {
    name: stack.name,
    id: `arn:${realm.partition}:cloudformation:${realm.region}:${realm.account}:stack/${stack.name}/${uuidOf(`stack ${stack.name}`)}`,
    status: stack.status,
    resources: [
      ...others,
      ...stack.resources.map((resource) => ({
        ...resource,
        physicalId: typeof resource.physicalId === 'string' ? resource.physicalId : numberedId(resource.physicalId),
      })),
    ],
  };
  contentsOf(cloud, realm).stacks.push(loaded);
}
