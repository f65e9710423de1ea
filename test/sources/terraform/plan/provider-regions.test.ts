import { describe, expect, it } from '@jest/globals';
import type { PlannedRegion } from '../../../../src/model/facts/plan.ts';
import { readDocument } from '../../../../src/sources/terraform/plan/document.ts';

const KEY = { mode: 'managed', type: 'aws_kms_key', name: 'k' };
const change = { actions: ['no-op'], before: {}, after: {} };

interface Configured {
  readonly provider_config?: object;
  readonly root_module?: object;
}

/** What a plan tells of the Region of the provider of its only key, in this module. */
function regionIn(configuration: Configured, variables: object = {}, module = ''): PlannedRegion | undefined {
  const plan = {
    variables,
    format_version: '1.2',
    planned_values: {},
    resource_changes: [{ ...KEY, ...(module === '' ? {} : { module_address: module }), change }],
    configuration,
  };
  const document = readDocument(new TextEncoder().encode(JSON.stringify(plan)));
  if (document.kind !== 'plan') throw new Error(document.reason);
  const [entry] = document.changes;
  return entry && document.providerRegion(entry);
}

const provider = (region: unknown) => ({ name: 'aws', expressions: { region } });
const resource = (key: string) => ({ resources: [{ ...KEY, provider_config_key: key }] });
const called = (module: object) => ({ module_calls: { m: { module: { module_calls: { n: { module } } } } } });
const VALUES = { region: { value: 'eu-west-3' }, name: { value: 'orders' } };
const of = (references: readonly string[]) => ({
  provider_config: { aws: provider({ references }) },
  root_module: resource('aws'),
});

describe('the Region of a provider', () => {
  it.each<[string, PlannedRegion | undefined, PlannedRegion | undefined]>([
    [
      'is the constant that its block has',
      regionIn(
        { provider_config: { aws: provider({ constant_value: 'us-east-1' }) }, root_module: resource('aws') },
        VALUES,
      ),
      { name: 'us-east-1', by: 'provider' },
    ],
    [
      'is that of the provider which the block names',
      regionIn({
        provider_config: {
          aws: provider({ constant_value: 'us-east-1' }),
          'aws.dr': provider({ constant_value: 'us-west-2' }),
        },
        root_module: resource('aws.dr'),
      }),
      { name: 'us-west-2', by: 'provider' },
    ],
    ['is what its variable has', regionIn(of(['var.region']), VALUES), { name: 'eu-west-3', by: 'variable' }],
    ['is not told by a variable with another text', regionIn(of(['var.name']), VALUES), undefined],
    ['is not told by two', regionIn(of(['var.region', 'var.name']), VALUES), undefined],
    ['is not told by a part of one', regionIn(of(['var.region.name', 'var.region']), VALUES), undefined],
    ['is not told by a local', regionIn(of(['local.region']), VALUES), undefined],
    [
      'is decided by code alone, where the root has no variable',
      regionIn(of(['local.region'])),
      { name: null, by: 'code' },
    ],
    [
      'is not told where nothing names one',
      regionIn({ provider_config: { aws: { name: 'aws' } }, root_module: resource('aws') }),
      undefined,
    ],
    [
      'is not told by a block that names none',
      regionIn({
        provider_config: { aws: { expressions: { profile: { constant_value: 'p' } } } },
        root_module: resource('aws'),
      }),
      undefined,
    ],
    [
      'is the caller’s in a module that has none',
      regionIn(
        {
          provider_config: {
            aws: provider({ constant_value: 'us-east-1' }),
            'module.m.module.n:aws': { name: 'aws', module_address: 'module.m.module.n' },
          },
          root_module: called(resource('module.m.module.n:aws')),
        },
        {},
        'module.m["a.b"].module.n[0]',
      ),
      { name: 'us-east-1', by: 'provider' },
    ],
    [
      'is a module’s own, whose variables are not the root’s',
      regionIn(
        {
          provider_config: { 'module.m.module.n:aws': provider({ references: ['var.region'] }) },
          root_module: called(resource('module.m.module.n:aws')),
        },
        VALUES,
        'module.m.module.n',
      ),
      undefined,
    ],
    [
      'is not the caller’s default where the module has one of another name',
      regionIn(
        {
          provider_config: { aws: provider({ constant_value: 'us-east-1' }) },
          root_module: called(resource('module.m.module.n:aws.dr')),
        },
        {},
        'module.m.module.n',
      ),
      undefined,
    ],
  ])('%s', (_, told, expected) => {
    expect(told).toEqual(expected);
  });

  it('is not told by what is no configuration', () => {
    expect(
      regionIn({ provider_config: [{ aws: 1 }], root_module: { resources: { a: 1 }, module_calls: [1] } }),
    ).toBeUndefined();
  });

  it('needs no stack for modules that nest without end', () => {
    const depth = 20_000;
    const nested = `${'{"module_calls":{"m":{"module":'.repeat(depth)}{}${'}}}'.repeat(depth)}`;
    const text = `{"format_version":"1.2","planned_values":{},"configuration":{"root_module":${nested}}}`;
    expect(readDocument(new TextEncoder().encode(text)).kind).toBe('plan');
  });
});
