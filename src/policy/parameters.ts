import { didYouMean } from '../model/nearest.ts';
import { type ParameterValue, type Rule, type RuleParameter, unfit } from '../model/rule.ts';
import { bool, defineView, type Field, int, listOf, type Shape, text, type View } from './view.ts';

/** Values of parameters by their names. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

const SHAPES: Readonly<Record<RuleParameter['type'], Shape>> = {
  int,
  string: text,
  bool,
  strings: listOf(text),
};

/** The parameters of one rule as its expressions see them; undefined of a rule that has none. */
export function parametersView({ parameters = {} }: Rule): View<ParameterValues> | undefined {
  const declared = Object.entries(parameters);
  if (declared.length === 0) return undefined;
  return defineView<ParameterValues>(
    'Parameters',
    Object.fromEntries(declared.map(([name, one]) => [name, fieldOf(name, one)])),
  );
}

const fieldOf = (name: string, { type, description }: RuleParameter): Field<ParameterValues> => ({
  shape: SHAPES[type],
  says: description,
  read: (values) => celOf(values[name]),
});

/** Whole numbers are CEL ints. */
const celOf = (value: ParameterValue | undefined): unknown => (typeof value === 'number' ? BigInt(value) : value);

/** The values that hold where nobody says another. */
export const defaultsOf = ({ parameters = {} }: Rule): ParameterValues =>
  Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));

/** What is wrong with a value for a parameter of a rule, as the end of an error line; undefined when it can be given. */
export function valueProblem({ id, parameters = {} }: Rule, name: string, value: ParameterValue): string | undefined {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined) {
    const names = Object.keys(parameters);
    return names.length === 0
      ? `${id} has no parameters`
      : `${id} has no parameter "${name}"${didYouMean(name, names) || `; there are ${names.join(', ')}`}`;
  }
  const wanted = unfit(value, parameter);
  return wanted === undefined ? undefined : `${name} of ${id} must be ${wanted}`;
}

/** The same of several values: the first problem. */
export const parameterProblem = (rule: Rule, values: ParameterValues): string | undefined =>
  Object.entries(values)
    .map(([name, value]) => valueProblem(rule, name, value))
    .find((problem) => problem !== undefined);
