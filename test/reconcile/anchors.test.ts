import { describe, expect, it } from '@jest/globals';
import type { AnchorFact } from '../../src/model/facts.ts';
import { anchorOf, type Unplaced } from '../../src/reconcile/anchors.ts';

const anchor = (
  root: string,
  block: AnchorFact['block'],
  line: number,
  more: Partial<AnchorFact> = {},
): AnchorFact => ({
  kind: 'anchor',
  block,
  region: null,
  accounts: [],
  root,
  path: `${root}/main.tf`,
  line,
  ...more,
});

const IRELAND = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const VIRGINIA = { partition: 'aws', account: '111122223333', region: 'us-east-1' };

const of = anchorOf([
  anchor('dev/payments', 'provider', 13, { region: 'eu-west-1' }),
  anchor('dev/payments', 'backend', 3),
  anchor('dev/platform', 'provider', 7, { region: 'eu-west-1' }),
  anchor('dev/platform', 'provider', 9, { region: 'us-east-1', accounts: ['111122223333'] }),
  anchor('dev/platform', 'module', 20, { address: 'module.kms' }),
  anchor('dev/platform', 'module', 4, { address: 'module.kms.module.in', path: 'modules/kms/main.tf' }),
  anchor('dev/bare', 'file', 1),
  anchor('dev/calls', 'module', 30, { address: 'module.kms' }),
  anchor('dev/calls', 'backend', 2),
]);

describe('where a key without a block is shown', () => {
  const at = (root: string | null, address: string, realm: Unplaced['realm'] = IRELAND): string | null => {
    const found = of({ realm, root, addresses: [address] });
    return found === null ? null : `${found.path}:${found.line}`;
  };

  it.each<[string, string | null, string, Unplaced['realm'], string | null]>([
    ['the provider block of its own root', 'dev/platform', 'aws_kms_key.a', IRELAND, 'dev/platform/main.tf:7'],
    ['that of its Region', 'dev/platform', 'aws_kms_key.a', VIRGINIA, 'dev/platform/main.tf:9'],
    [
      'one of its root, where none is of its account',
      'dev/payments',
      'aws_kms_key.a',
      VIRGINIA,
      'dev/payments/main.tf:3',
    ],
    [
      'the call of its module',
      'dev/platform',
      'module.kms["a.b"].aws_kms_key.a[0]',
      IRELAND,
      'dev/platform/main.tf:20',
    ],
    ['the innermost call', 'dev/platform', 'module.kms[0].module.in.aws_kms_key.a', IRELAND, 'modules/kms/main.tf:4'],
    [
      'a call that leads to what is gone',
      'dev/calls',
      'module.kms.module.old.aws_kms_key.a',
      null,
      'dev/calls/main.tf:30',
    ],
    ['not another module call', 'dev/calls', 'module.old.aws_kms_key.a', IRELAND, 'dev/calls/main.tf:2'],
    ['not a module that is called alike', 'dev/calls', 'module.km.aws_kms_key.a', IRELAND, 'dev/calls/main.tf:2'],
    ['a file of its root', 'dev/bare', 'aws_kms_key.a', IRELAND, 'dev/bare/main.tf:1'],
    ['nowhere in the files of others', 'dev/unseen', 'aws_kms_key.a', IRELAND, null],
    ['of no known root, the first that may be it', null, 'aws_kms_key.a', IRELAND, 'dev/payments/main.tf:13'],
    ['of no known root and Region nowhere', null, 'aws_kms_key.a', null, null],
  ])('is %s', (_, root, address, realm, place) => {
    expect(at(root, address, realm)).toBe(place);
  });
});
