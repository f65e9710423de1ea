import { didYouMean } from './nearest.ts';

/**
 * Regions of all partitions that had KMS in November 2026 (AWS General Reference, "AWS Key Management Service endpoints and
 * quotas"). There will be more, so that a name which is none of these is only ever laid beside them.
 */
const REGIONS: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['af-south-1', 'il-central-1', 'me-central-1', 'me-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-1', 'ap-south-2'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...[
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
  ],
  ...['us-gov-east-1', 'us-gov-west-1', 'cn-north-1', 'cn-northwest-1', 'eusc-de-east-1'],
  // The partitions that are cut off, as the SDK's endpoint rules have them (partitions.json).
  ...['us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'us-isob-west-1', 'us-isof-east-1', 'us-isof-south-1'],
  'eu-isoe-west-1',
];

/** Where in its area a Region is; every name has one of these before its number. */
const DIRECTIONS = /-(?:central|(?:north|south)(?:east|west)?|east|west)-\d{1,2}$/;

/** Whether a name of the form of Regions is certain to be misspelt: new Regions have new areas and numbers, and no new directions. */
export const isMisspeltRegion = (text: string): boolean => !DIRECTIONS.test(text) && nearestRegion(text) !== '';

/** ` (did you mean "eu-west-1"?)` for what is no known Region and near to one; else nothing. */
export const nearestRegion = (text: string): string => (REGIONS.includes(text) ? '' : didYouMean(text, REGIONS));
