import { convertTo } from './convert-to.ts';
import { Doubts } from './doubts.ts';
import type { Environment } from './environment.ts';
import { Refused } from './refusal.ts';
import type { Node } from './syntax.ts';
import { BOOL, DYNAMIC, NUMBER, STRING, sameType, typeOf, UNDETERMINED } from './type.ts';
import { unify } from './unify.ts';
import type { Type, Value } from './value.ts';
import { nullOf, unknown } from './values.ts';
import { settled, spendOn } from './weight.ts';

/** An arm: its value, or that Terraform refuses it, which counts only when the arm is chosen. */
interface Arm {
  readonly value: Value | Refused;
  readonly type: Type;
  readonly doubt: string | undefined;
}

/**
 * `condition ? yes : no`. Both arms are evaluated, and the chosen one is converted to the type that both have in common
 * (hashicorp/hcl v2.23, hclsyntax/expression.go, ConditionalExpr). While the condition is Unknown so is the result, even
 * where the arms are equal.
 */
export function evaluateConditional(node: Extract<Node, { kind: 'conditional' }>, environment: Environment): Value {
  const { doubts } = environment;
  const yes = evaluateArm(node.yes, environment);
  const no = evaluateArm(node.no, environment);
  const common = new Doubts(doubts.budget);
  const type = commonType(yes, no, common);
  const raw = environment.evaluate(node.condition, environment);
  if (raw.kind === 'null') throw new Refused('a condition is null');
  // Only a known condition has to be a bool.
  const condition = raw.kind === 'unknown' ? raw : convertTo(raw, BOOL, doubts);
  if (condition.kind !== 'bool') {
    const isOpen = [yes.doubt, no.doubt, common.first].some((doubt) => doubt !== undefined);
    const reason = condition.kind === 'unknown' ? condition.reason : 'a condition is not known';
    return doubts.unsure(reason, isOpen ? undefined : type);
  }
  const [chosen, other] = condition.value ? [yes, no] : [no, yes];
  if (chosen.value instanceof Refused) throw chosen.value;
  if (chosen.doubt !== undefined) doubts.note(chosen.doubt);
  return asCommonType(chosen.value, other, type, common, doubts);
}

function evaluateArm(node: Node, environment: Environment): Arm {
  const doubts = new Doubts(environment.doubts.budget);
  try {
    const value = settled(environment.evaluate(node, { ...environment, doubts }), doubts.budget);
    spendOn(value, doubts.budget);
    return { value, type: typeOf(value), doubt: doubts.first };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { value: error, type: typeOfRefused(node), doubt: doubts.first };
  }
}

/** Of which type the placeholder is that HCL puts in the place of what it refuses; it counts beside the chosen arm. */
function typeOfRefused(node: Node): Type {
  switch (node.kind) {
    case 'call':
    case 'name':
    case 'item':
      return DYNAMIC;
    case 'attribute':
      return typeOfStep(node.object);
    case 'index':
      return node.key.kind === 'literal' ? typeOfStep(node.collection) : UNDETERMINED;
    case 'parentheses':
      return typeOfRefused(node.inner);
    case 'template':
    case 'join':
      return STRING;
    case 'unary':
      return node.operator === '-' ? NUMBER : BOOL;
    case 'binary':
      return /[-+*/%]/.test(node.operator) ? NUMBER : BOOL;
    default:
      return UNDETERMINED;
  }
}

/** The type that both arms convert to; `dynamic` leaves the chosen one as it is. */
function commonType(yes: Arm, no: Arm, doubts: Doubts): Type {
  if (isBareNull(yes)) return no.type;
  if (isBareNull(no)) return yes.type;
  if (yes.type.kind === 'dynamic' || no.type.kind === 'dynamic') return DYNAMIC;
  const type = unify([yes.type, no.type], true, doubts);
  if (type !== undefined) return type;
  const doubt = yes.doubt ?? no.doubt;
  if (doubt === undefined) throw new Refused('the arms of a conditional have no type in common');
  doubts.note(doubt);
  return UNDETERMINED;
}

const isBareNull = ({ value, type }: Arm): boolean =>
  !(value instanceof Refused) && value.kind === 'null' && type.kind === 'dynamic';

/** A step from what has no type has none either, and one that is refused itself has none. */
const typeOfStep = (from: Node): Type => (typeOfRefused(from).kind === 'dynamic' ? DYNAMIC : UNDETERMINED);

/** An arm that may be refused would have no type, so it must not matter whether it has. */
function asCommonType(chosen: Value, other: Arm, type: Type, common: Doubts, doubts: Doubts): Value {
  if (type.kind === 'undetermined') {
    if (chosen.kind === 'null' && chosen.type === undefined) return nullOf(UNDETERMINED);
    return doubts.unsure(common.first ?? other.doubt ?? 'the type of a conditional is not known');
  }
  if (common.first !== undefined) doubts.note(common.first);
  // Without a type of its own it is not converted either.
  if (chosen.kind === 'unknown' && chosen.type === undefined) return chosen;
  const converted = convertTo(chosen, type, doubts);
  if (other.doubt === undefined || type.kind === 'dynamic') return converted;
  return sameType(typeOf(chosen), typeOf(converted)) ? converted : unknown(other.doubt);
}
