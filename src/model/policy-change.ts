import { z } from 'zod';
import { by, byText } from './order.ts';
import { policyMeaning, statementsOf } from './policy-meaning.ts';

const memberChangeSchema = z.strictObject({
  member: z.string(),
  declared: z.array(z.string()).readonly(),
  live: z.array(z.string()).readonly(),
});
/** What only one of two policies says in one member of a statement: `AWS 111122223333`, `kms:decrypt`; sorted. */
export type MemberChange = z.infer<typeof memberChangeSchema>;

const statementChangeSchema = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  /** Its Sid, or its place: `statement 2`. */
  name: z.string(),
  members: z.array(memberChangeSchema).readonly(),
});
/** A statement that KMS has and nobody declares, the other way round, or otherwise than declared. */
export type StatementChange = z.infer<typeof statementChangeSchema>;

const admittedSchema = z.strictObject({
  /** An account id, or `*`: everybody. */
  principal: z.string(),
  /** Only under a `Condition`, whatever that is worth. */
  conditional: z.boolean(),
});
/** Somebody whom KMS lets use the key and the declared policy does not. */
export type Admitted = z.infer<typeof admittedSchema>;

/** See PolicyChange. */
export const policyChangeSchema = z.strictObject({
  /** Beside its statements: `Version`, `Id`. */
  document: z.array(memberChangeSchema).readonly(),
  statements: z.array(statementChangeSchema).readonly(),
  admitted: z.array(admittedSchema).readonly(),
});
/** How the policy that KMS has means something else than the declared one. */
export type PolicyChange = z.infer<typeof policyChangeSchema>;

type Members = Readonly<Record<string, unknown>>;

interface Statement {
  readonly name: string;
  readonly meaning: string;
  readonly members: Members;
}

/** Two policies laid beside each other by their meaning; undefined where one of them cannot be compared. */
export function policyChange(declared: string, live: string): PolicyChange | undefined {
  const [before, after] = [canonicalOf(declared), canonicalOf(live)];
  if (before === undefined || after === undefined) return undefined;
  return {
    document: memberChanges(before.document, after.document),
    statements: statementChanges(
      without(before.statements, after.statements),
      without(after.statements, before.statements),
    ),
    admitted: newlyAdmitted(before.statements, after.statements),
  };
}

function canonicalOf(policy: string): { document: Members; statements: readonly Statement[] } | undefined {
  const [meaning, statements] = [policyMeaning(policy), statementsOf(policy)];
  if (meaning === undefined || statements === undefined) return undefined;
  const { Statement: _, ...document } = membersOf(meaning);
  return {
    document,
    statements: statements.map((statement) => ({ ...statement, members: membersOf(statement.meaning) })),
  };
}

/** Of canonical JSON, which parses: policy-meaning.ts wrote it. */
function membersOf(canonical: string): Members {
  const value: unknown = JSON.parse(canonical);
  return isMembers(value) ? value : { statement: value };
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function without(some: readonly Statement[], others: readonly Statement[]): readonly Statement[] {
  const known = new Set(others.map(({ meaning }) => meaning));
  return some.filter(({ meaning }) => !known.has(meaning));
}

/** Statements of one name are one that changed. */
function statementChanges(gone: readonly Statement[], fresh: readonly Statement[]): readonly StatementChange[] {
  const left = new Map<string, Statement[]>();
  for (const statement of gone) left.set(statement.name, [...(left.get(statement.name) ?? []), statement]);
  const changes = fresh.map(({ name, members }): StatementChange => {
    const former = left.get(name)?.shift();
    return former === undefined
      ? { change: 'added', name, members: memberChanges({}, members) }
      : { change: 'changed', name, members: memberChanges(former.members, members) };
  });
  const removed = [...left.values()]
    .flat()
    .map(({ name, members }): StatementChange => ({ change: 'removed', name, members: memberChanges(members, {}) }));
  return [...changes, ...removed].sort(by(({ change, name }) => `${change} ${name}`));
}

function memberChanges(before: Members, after: Members): readonly MemberChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byText).flatMap((member) => {
    const [declared, live] = [leaves(before, member), leaves(after, member)];
    const change = { member, declared: except(declared, live), live: except(live, declared) };
    return change.declared.length + change.live.length === 0 ? [] : [change];
  });
}

const except = (some: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others);
  return [...new Set(some)].filter((text) => !known.has(text)).sort(byText);
};

/** All values of a member, each with the names that lead to it: `StringEquals kms:CallerAccount 111122223333`. */
function leaves(members: Members, member: string): readonly string[] {
  return Object.hasOwn(members, member) ? leavesOf(members[member], '') : [];
}

function leavesOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : value.flatMap((item) => leavesOf(item, path));
  if (!isMembers(value)) return [path + (typeof value === 'string' ? value || '""' : JSON.stringify(value))];
  const entries = Object.entries(value);
  return entries.length === 0 ? [`${path}{}`] : entries.flatMap(([name, item]) => leavesOf(item, `${path}${name} `));
}

const EVERYBODY = '*';

function newlyAdmitted(before: readonly Statement[], after: readonly Statement[]): readonly Admitted[] {
  const [known, now] = [admittedBy(before), admittedBy(after)];
  return [...now]
    .filter(([principal, conditional]) =>
      [principal, EVERYBODY].every((named) => {
        const formerly = known.get(named);
        return formerly === undefined || (formerly && !conditional);
      }),
    )
    .map(([principal, conditional]) => ({ principal, conditional }))
    .sort(by(({ principal }) => principal));
}

/** Whom statements let in, and whether under conditions alone. Of a role or a user, its account. */
function admittedBy(statements: readonly Statement[]): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { members } of statements) {
    if (members['Effect'] !== 'Allow') continue;
    const conditional = hasCondition(members);
    for (const named of namedIn(members)) found.set(named, conditional && (found.get(named) ?? true));
  }
  return found;
}

const hasCondition = ({ Condition: condition }: Members): boolean =>
  isMembers(condition) && Object.values(condition).some((tests) => isMembers(tests) && Object.keys(tests).length > 0);

function namedIn(members: Members): readonly string[] {
  // Everybody but those that are named.
  if (Object.hasOwn(members, 'NotPrincipal')) return [EVERYBODY];
  const { Principal: principal } = members;
  const { AWS: named } = isMembers(principal) ? principal : {};
  return (Array.isArray(named) ? named : []).flatMap((name: unknown) => (typeof name === 'string' ? whoIs(name) : []));
}

const PRINCIPAL_ARN = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):/;

function whoIs(name: string): readonly string[] {
  if (name === EVERYBODY || /^\d{12}$/.test(name)) return [name];
  return PRINCIPAL_ARN.exec(name)?.slice(1) ?? [];
}
