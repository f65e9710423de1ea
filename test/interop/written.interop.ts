import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ConfigurationAliasFact } from '../../src/model/facts.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { differencesIn, STATE } from './estate.ts';
import { compared, sharesText, unknownShare } from './evaluated.ts';
import { plannedAliases, plannedKeys } from './planned-values.ts';
import { describeWith } from './programs.ts';
import { agreed, declaredRegions, heldRegions, liveTestimonies, testimonies } from './testimony.ts';
import { WRITTEN, writtenEstate } from './written.ts';

/** Of all values that Terraform knew when it planned ./written from an empty state. */
const MOST_UNKNOWN = 0.02;

/** What may be Unknown to which witness of which resource type, and why: nothing else. */
const PERMITTED: readonly string[] = [
  'configuration aws_kms_key customKeyStoreId: custom_key_store_id: data.aws_kms_custom_key_store.given.id is not known: data.aws_kms_custom_key_store is known to Terraform alone',
  'configuration aws_kms_key description: description: join(" ", ["for", data.aws_region.current.name]) is not known: data.aws_region is known to Terraform alone',
  'configuration aws_kms_key origin: custom_key_store_id: data.aws_kms_custom_key_store.given.id is not known: data.aws_kms_custom_key_store is known to Terraform alone',
  'configuration aws_kms_key policy: policy: data.aws_iam_policy_document.shared.json is not known: data.aws_iam_policy_document is known to Terraform alone',
  "configuration aws_kms_key tags: the provider's default_tags, which may come from the environment, are merged into the declared tags",
  'configuration aws_kms_replica_external_key primaryKeyArn: primary_key_arn: aws_kms_external_key.imported.arn is not known: aws_kms_external_key.imported is known to Terraform alone',
  'configuration aws_kms_replica_key primaryKeyArn: primary_key_arn: aws_kms_key.family.arn is not known: aws_kms_key.family is known to Terraform alone',
  'live aws_kms_external_key enabled: KeyState is PendingImport',
];

/** ./written has one key that waits for its material, and nothing else to report. */
const WAITING = 'key-material-missing aws_kms_external_key.waiting';

/** Its count is the length of a resource, which Terraform alone knows: what is planned of its instance is left out. */
const OPEN_ALIAS = 'aws_kms_alias.chosen[*]';
const CHOSEN_ALIAS = 'aws_kms_alias.chosen[0]';

const aliasesIn = <T>(facts: Inventory['facts'], of: (fact: ConfigurationAliasFact) => T): ReadonlyMap<string, T> =>
  new Map(facts.flatMap((fact) => (fact.kind === 'configuration-alias' ? [[fact.address, of(fact)]] : [])));

const withOpen = <T>(aliases: ReadonlyMap<string, T>, open: T | null): ReadonlyMap<string, T | null> =>
  new Map([...[...aliases].filter(([address]) => address !== CHOSEN_ALIAS), [OPEN_ALIAS, open]]);

const PLAIN = 'aws_kms_key.plain';
const POLICED = 'aws_kms_key.policed';
const SEPARATE = 'aws_kms_key.separate_policy';
const ORDERS = 'module.domain["orders"].module.key["data"].aws_kms_key.this';
const RECOVERY = 'module.domain["orders"].module.copy[0].aws_kms_key.this';

const OTHER_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'anyone', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }],
});

describeWith('terraform', 'aws')('a configuration as people write it', () => {
  const estate = writtenEstate();
  const { arn, collect, kms, path, plan, scan, terraform, withStateRestored } = estate;
  const configuration = ['--config-dir', '.', ...WRITTEN.scanFlags];

  describe('evaluated', () => {
    it('says what Terraform plans from an empty state, or why it does not know', async () => {
      const { facts } = await collect(...configuration);
      const { shares, reasons } = compared(facts, plannedKeys(await readFile(path('first.json'), 'utf8')));
      process.stderr.write(`./written, of what Terraform knew:\n${sharesText(shares)}\n`);
      expect(unknownShare(shares) < MOST_UNKNOWN ? [] : reasons).toEqual([]);
    });

    it('names every alias as Terraform does', async () => {
      const { facts } = await collect(...configuration);
      const planned = plannedAliases(await readFile(path('first.json'), 'utf8'));
      expect(aliasesIn(facts, ({ name }) => name)).toEqual(withOpen(planned, null));
    });
  });

  describe('applied', () => {
    it('has nothing to report but the key that waits for its material', async () => {
      const { code, stderr, findings, report } = await scan();
      expect([code, stderr, findings]).toEqual([0, '', [WAITING]]);
      expect(report.summary.standings).toMatchObject({ managed: report.keys.length });
      expect(differencesIn(report)).toEqual([]);
    });

    it('is the same to its state, to what Terraform shows of it, to the plan, to the configuration and to KMS', async () => {
      await plan();
      await writeFile(path('shown.json'), (await terraform('show', '-json')).stdout);
      const { facts } = await collect('--state', STATE, '--plan', 'plan.json', ...configuration);
      const shown = await collect('--state', 'shown.json');
      const all = [...testimonies(facts), ...testimonies(shown.facts, 'shown'), ...liveTestimonies(facts)];
      expect(agreed(all)).toEqual(PERMITTED);
      const held = facts.filter((fact) => fact.kind === 'state' && fact.mode === 'managed');
      for (const by of ['shown', 'planned', 'live']) {
        expect([by, all.filter((each) => each.by === by).length]).toEqual([by, held.length]);
      }
      const declared = declaredRegions(facts);
      expect([...declared.values()]).toEqual(Array.from({ length: 4 }, () => 'eu-central-1'));
      expect(declared).toEqual(new Map([...heldRegions(facts)].filter(([address]) => declared.has(address))));
      const aliases = ({ facts: from }: Inventory) =>
        from.flatMap((fact) =>
          fact.kind === 'state-alias' ? [`${fact.address} ${fact.name} ${fact.targetKeyId}`] : [],
        );
      expect(aliases(shown).sort()).toEqual(aliases({ ...shown, facts }).sort());
    });
  });

  it('binds each alias to the key that Terraform bound it to', async () => {
    const { facts } = await collect('--state', STATE, ...configuration);
    const homes = new Map(
      facts.flatMap((fact) =>
        fact.kind === 'state' && fact.mode === 'managed' && fact.arn !== null ? [[fact.arn, fact.address]] : [],
      ),
    );
    const held = facts.flatMap((fact) =>
      fact.kind === 'state-alias' && fact.mode === 'managed' && fact.targetKeyArn !== null
        ? [[fact.address, [homes.get(fact.targetKeyArn)]] as const]
        : [],
    );
    expect(held.length).toBeGreaterThan(0);
    // The one whose count is not known is bound to the one key that there is, all the same.
    expect(aliasesIn(facts, ({ keys }) => keys)).toEqual(withOpen(new Map(held), ['aws_kms_key.chosen[0]']));
  });

  describe('changed with the aws CLI', () => {
    type Call = readonly [command: string, ...args: string[]];
    const pointed = (name: string, to: string): Call => [
      'update-alias',
      '--alias-name',
      `alias/${name}`,
      '--target-key-id',
      `$ARN(${to})`,
    ];
    const of = (command: string, address: string, ...args: readonly string[]): Call => [
      command,
      '--key-id',
      `$ARN(${address})`,
      ...args,
    ];
    const filled = async ([command, ...args]: Call): Promise<Call> => [
      command,
      ...(await Promise.all(
        args.map(async (arg) => (arg.startsWith('$ARN(') ? arn(arg.slice('$ARN('.length, -1)) : arg)),
      )),
    ];

    it.each<readonly [string, readonly Call[], readonly Call[], readonly string[], readonly string[]]>([
      [
        'an alias pointed at another key',
        [pointed('orders/data', PLAIN)],
        [pointed('orders/data', ORDERS)],
        [`alias-drift ${ORDERS}`],
        [],
      ],
      [
        'an alias deleted',
        [['delete-alias', '--alias-name', 'alias/orders/data']],
        [['create-alias', '--alias-name', 'alias/orders/data', '--target-key-id', `$ARN(${ORDERS})`]],
        [`alias-drift ${ORDERS}`],
        [],
      ],
      [
        'a tag edited',
        [of('tag-resource', PLAIN, '--tags', 'TagKey=owner,TagValue=nobody')],
        [of('tag-resource', PLAIN, '--tags', 'TagKey=owner,TagValue=platform-production')],
        [`tags-drift ${PLAIN}`],
        [`tags of ${PLAIN}`],
      ],
      [
        'a tag added',
        [of('tag-resource', ORDERS, '--tags', 'TagKey=by,TagValue=hand')],
        [of('untag-resource', ORDERS, '--tag-keys', 'by')],
        [`tags-drift ${ORDERS}`],
        [`tags of ${ORDERS}`],
      ],
      [
        'a declared policy edited',
        [of('put-key-policy', POLICED, '--policy', OTHER_POLICY)],
        [of('put-key-policy', POLICED, '--policy', '$POLICY')],
        [`policy-drift ${POLICED}`],
        [`policy of ${POLICED}`],
      ],
      [
        'a policy edited that a resource of its own declares',
        [of('put-key-policy', SEPARATE, '--policy', OTHER_POLICY)],
        [of('put-key-policy', SEPARATE, '--policy', '$POLICY')],
        [`policy-drift ${SEPARATE}`],
        [`policy of ${SEPARATE}`],
      ],
      [
        'a key in a module disabled',
        [of('disable-key', ORDERS)],
        [of('enable-key', ORDERS)],
        [`key-disabled ${ORDERS}`],
        [`enabled of ${ORDERS}`],
      ],
      [
        'a key store disconnected',
        [['disconnect-custom-key-store', '--custom-key-store-id', 'cks-1234567890abcdef0']],
        [['connect-custom-key-store', '--custom-key-store-id', 'cks-1234567890abcdef0']],
        ['key-unavailable aws_kms_key.hsm'],
        [],
      ],
      [
        'a key of another Region scheduled for deletion',
        [of('schedule-key-deletion', RECOVERY, '--pending-window-in-days', '7', '--region', 'eu-central-1')],
        [
          of('cancel-key-deletion', RECOVERY, '--region', 'eu-central-1'),
          of('enable-key', RECOVERY, '--region', 'eu-central-1'),
        ],
        [`deleted-outside-iac ${RECOVERY}`, `key-pending-deletion ${RECOVERY}`],
        [],
      ],
    ])('%s: that, and nothing else', async (_, change, undo, expected, differences) => {
      const policies = z.object({ Policy: z.string() });
      const [first] = change;
      const declared =
        first?.[0] === 'put-key-policy' ? await kms('get-key-policy', ...(await filled(first)).slice(1, 3)) : undefined;
      for (const call of change) await kms(...(await filled(call)));
      const { findings, report } = await scan();
      for (const call of undo) {
        const [command, ...args] = await filled(call);
        await kms(command, ...args.map((arg) => (arg === '$POLICY' ? policies.parse(declared).Policy : arg)));
      }
      expect([...findings].sort()).toEqual([...expected, WAITING].sort());
      expect(differencesIn(report)).toEqual(differences);
    });

    it('is as it was when all that is undone', async () => {
      const { findings, report } = await scan();
      expect([findings, differencesIn(report)]).toEqual([[WAITING], []]);
    });
  });

  it('with a module taken out of its state: each key of it is unrecorded', async () => {
    await withStateRestored(async () => {
      const keys = await Promise.all([ORDERS, RECOVERY, ORDERS.replace('data', 'event log')].map(arn));
      await terraform('state', 'rm', 'module.domain["orders"]');
      const { findings } = await scan();
      expect([...findings].sort()).toEqual([...keys.map((each) => `unrecorded-key ${each}`), WAITING].sort());
    });
    expect((await scan()).findings).toEqual([WAITING]);
  });
});
