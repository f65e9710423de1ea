import { UserError } from '../errors.ts';

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

/** What a variable or an input says of a switch. Throws UserError for neither; `where` names it, and its text is not told. */
export function truthOf(text: string, where: string): boolean {
  const truth = TRUTHS[text.toLowerCase()];
  if (truth !== undefined) return truth;
  throw new UserError(`${where}: write true or false`);
}
