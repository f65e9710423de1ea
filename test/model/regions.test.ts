import { describe, expect, it } from '@jest/globals';
import { isMisspeltRegion, nearestRegion } from '../../src/model/regions.ts';

describe('a Region that is none of those known', () => {
  it.each([
    ['us-east-1', '', false],
    ['us-esat-1', ' (did you mean "us-east-1"?)', true],
    ['eu-wst-1', ' (did you mean "eu-west-1"?)', true],
    ['ap-southeasst-2', ' (did you mean "ap-southeast-2"?)', true],
    // There may be these one day.
    ['eu-west-9', ' (did you mean "eu-west-1"?)', false],
    ['us-gov-central-1', ' (did you mean "us-gov-west-1"?)', false],
    ['us-isob-east-1', '', false],
    ['nz-middle-1', '', false],
  ])('%s is near to%s, and misspelt for certain: %p', (name, near, isCertain) => {
    expect(nearestRegion(name)).toBe(near);
    expect(isMisspeltRegion(name)).toBe(isCertain);
  });
});
