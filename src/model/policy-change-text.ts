import { byText } from './order.ts';
import type { Admitted, MemberChange, PolicyChange, StatementChange } from './policy-change.ts';

/** Values are text of others: a few of each member say enough, and none fills a line. */
const NAMED = 3;
const LONGEST = 80;

/** In the order in which people read a statement; what else one has comes after. */
const READ_FIRST = ['Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Condition'];

/**
 * One sentence a statement: what only the declared policy has with `-`, what only KMS has with `+`, in one order
 * whatever the texts have. Raw text of others: whoever shows it makes it harmless.
 */
export const policyChangeTexts = ({ document, statements }: PolicyChange): readonly string[] => [
  ...(document.length === 0 ? [] : [`changed the policy itself: ${membersText(document)}`]),
  ...statements.map(statementText),
];

function statementText({ change, name, members }: StatementChange): string {
  const told = change === 'changed' ? members : members.filter(({ member }) => member !== 'Sid');
  const text = change === 'changed' ? membersText(told) : inReadingOrder(told).map(wholeText).join('; ');
  return `${change} ${shortened(name)}${text === '' ? '' : `: ${text}`}`;
}

const membersText = (members: readonly MemberChange[]): string =>
  inReadingOrder(members)
    .map(({ member, declared, live }) => `${shortened(member)}${signed('-', declared)}${signed('+', live)}`)
    .join('; ');

const signed = (sign: '-' | '+', values: readonly string[]): string =>
  values.length === 0 ? '' : ` ${sign} ${listed(values)}`;

const wholeText = ({ member, declared, live }: MemberChange): string =>
  `${shortened(member)} ${listed([...declared, ...live])}`;

export const inReadingOrder = (members: readonly MemberChange[]): readonly MemberChange[] =>
  members.toSorted((a, b) => rank(a) - rank(b) || byText(a.member, b.member));

const rank = ({ member }: MemberChange): number => {
  const at = READ_FIRST.indexOf(member);
  return at === -1 ? READ_FIRST.length : at;
};

function listed(values: readonly string[]): string {
  const shown = values.slice(0, NAMED).map(shortened).join(', ');
  return values.length > NAMED ? `${shown} and ${values.length - NAMED} more` : shown;
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Everybody first, then accounts: `EVERYBODY (Principal *), account 444455556666 under a Condition`. */
export function admittedText(admitted: readonly Admitted[]): string | undefined {
  return admitted.length === 0 ? undefined : listed(admitted.map(oneAdmitted));
}

const oneAdmitted = ({ principal, conditional }: Admitted): string =>
  `${principal === '*' ? 'EVERYBODY (Principal *)' : `account ${principal}`}${conditional ? ' under a Condition' : ''}`;
