import { describeScenarios } from './support/scenarios.ts';

describeScenarios(/^[^a-i]/);
