import { type AttributeName, IMMUTABLE_ATTRIBUTES } from '../../model/attributes.ts';
import { WITNESSES, type Witness } from '../../model/key-record.ts';
import type { ReportKey } from '../../model/report.ts';
import { plainText } from '../plain-text.ts';

/** What each witness says of one attribute: '' says nothing, `–` has none, `?` is Unknown, `=` the same again. Plain text. */
export interface WitnessRow {
  readonly attribute: AttributeName;
  readonly differs: boolean;
  readonly said: Readonly<Record<Witness, string>>;
  /** In what they differ, where the values themselves are too long to tell. */
  readonly change?: ReportKey['differences'][number]['change'];
}

/** Shown beside a difference, because they tell which kind of key this is. */
const IDENTIFYING = ['keySpec', 'keyUsage', 'origin'] as const satisfies readonly AttributeName[];

const UNSET = '–';
const UNKNOWN = '?';
const SAME = '=';

/** The attributes that differ, then those that tell which kind of key this is. Empty where nothing differs. */
export function witnessRows(key: ReportKey): WitnessRow[] {
  const differing = key.differences.map(({ attribute }) => attribute);
  const beside = differing.some(isImmutable) ? IDENTIFYING.filter((attribute) => !differing.includes(attribute)) : [];
  return [
    ...key.differences.map((difference) => ({
      attribute: difference.attribute,
      differs: true,
      said: eachWitness((witness) => shown(difference[witness]) ?? saidBy(key, witness, difference.attribute)),
      change: difference.change,
    })),
    ...beside
      .map((attribute) => ({
        attribute,
        differs: false,
        said: sameOnce(eachWitness((name) => saidBy(key, name, attribute))),
      }))
      .filter(({ said }) => Object.values(said).some((text) => text !== '')),
  ];
}

/** Why witnesses do not know what stands as `?` in the rows; equal reasons once. */
export function unknownReasons(key: ReportKey, rows: readonly WitnessRow[]): string[] {
  const reasons = rows.flatMap(({ attribute, said }) =>
    WITNESSES.filter((witness) => said[witness] === UNKNOWN).flatMap((witness) =>
      witnessesOf(key, witness)
        .flatMap((fact) => fact.unknown[attribute] ?? [])
        .map((why) => `${witness}: ${why}`),
    ),
  );
  return [...new Set(reasons)].map(plainText);
}

const isImmutable = (attribute: AttributeName): boolean => IMMUTABLE_ATTRIBUTES.some((name) => name === attribute);

/** A value that a witness before said too is `=`: what agrees is told once. */
function sameOnce(said: Readonly<Record<Witness, string>>): Record<Witness, string> {
  const speaking = WITNESSES.filter((witness) => said[witness] !== '' && said[witness] !== UNKNOWN);
  const [first] = speaking;
  return eachWitness((name) =>
    first !== undefined && name !== first && said[name] === said[first] ? SAME : said[name],
  );
}

const eachWitness = (text: (witness: Witness) => string): Record<Witness, string> => ({
  created: text('created'),
  configuration: text('configuration'),
  state: text('state'),
  live: text('live'),
});

type WitnessObject = Pick<NonNullable<ReportKey['created']>, AttributeName | 'unknown'>;

const witnessesOf = (key: ReportKey, witness: Witness): readonly WitnessObject[] =>
  witness === 'created' || witness === 'live' ? [key[witness]].filter((fact) => fact !== null) : key[witness];

function saidBy(key: ReportKey, witness: Witness, attribute: AttributeName): string {
  const facts = witnessesOf(key, witness);
  const known = facts.map((fact) => shown(fact[attribute])).find((text) => text !== undefined);
  return known ?? (facts.some((fact) => fact.unknown[attribute] !== undefined) ? UNKNOWN : '');
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null || value === '') return UNSET;
  return plainText(typeof value === 'string' ? value : JSON.stringify(value));
}
