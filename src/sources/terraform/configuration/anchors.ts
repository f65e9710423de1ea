import type { AnchorFact } from '../../../model/facts.ts';
import { argument, readBlock, text } from './arguments.ts';
import { type Block, type Cut, cutBody } from './blocks.ts';
import type { HclValue, ParseHcl } from './hcl.ts';

/** Where a finding without a block of its own can be shown. */
export type Anchor = Pick<AnchorFact, 'block' | 'region' | 'accounts' | 'line'>;

/** A provider block: its literal Region and accounts, and nothing else, since it may hold credentials. */
export function providerAnchor(block: Block, parse: ParseHcl): Cut<Anchor> {
  const reading = readBlock(block, parse);
  if (!reading.ok) return reading;
  const region = text('region')(reading.value.settings);
  const accounts = accountIds(reading.value.settings);
  return {
    ok: true,
    value: {
      block: 'provider',
      region: region.kind === 'known' && region.value !== '' ? region.value : null,
      accounts: accounts.kind === 'known' ? accounts.value : [],
      line: block.startLine,
    },
  };
}

const accountIds = argument('allowed_account_ids', 'a list of account ids', (value: HclValue) => {
  if (!Array.isArray(value)) return undefined;
  const ids = value.filter((id) => typeof id === 'string');
  return ids.length === value.length ? ids : undefined;
});

/** The `backend` and `cloud` blocks within a terraform block; their arguments may hold credentials and are not read. */
export function backendAnchors(block: Block): Cut<readonly Anchor[]> {
  const body = cutBody(block);
  if (!body.ok) return body;
  const anchors = body.value.blocks.flatMap(({ type, startLine }): Anchor[] =>
    type === 'backend' || type === 'cloud' ? [{ block: type, region: null, accounts: [], line: startLine }] : [],
  );
  return { ok: true, value: anchors };
}
