import { fromRepository, type HomeAsk, homeless, isExpression, notSaid, type StateHome } from './home.ts';

/** The http backend has one state, no workspaces. User, password and query of an address are dropped: they are secrets. */
export function httpHome({ backend }: HomeAsk): StateHome {
  const address = backend.settings.get('address');
  if (address === undefined) return homeless(notSaid('http', 'address'));
  if (address.kind !== 'text') return homeless(isExpression('http', 'address'));
  if (!URL.canParse(address.text)) return homeless('the address of its http backend is none');
  const { protocol, host, pathname } = new URL(address.text);
  return { states: [fromRepository(`${protocol}//${host}${pathname}`)], gaps: [], workspace: 'default' };
}
