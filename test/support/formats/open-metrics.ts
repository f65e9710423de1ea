/** A metric family as the text declares and samples it. */
export interface ReadFamily {
  readonly type: string;
  readonly unit: string | undefined;
  readonly help: string;
  readonly samples: Map<string, number>;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABELS = String.raw`\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\})|(?=\})))+\}`;
const META = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) (.*)$`);
const SAMPLE = new RegExp(`^(${NAME})(${LABELS})? (-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?)$`);

/**
 * Families of OpenMetrics 1.0 text that has gauges alone (specification of 1.0.0, "Text format" and "Gauge"): metadata
 * once and before the samples, one family after the other, no sample twice, units as suffixes, `# EOF` last. Throws at
 * the first line that is anything else.
 */
export function openMetrics(text: string): Map<string, ReadFamily> {
  if (!text.endsWith('\n# EOF\n')) throw new Error('no EOF at the end');
  const families = new Map<string, ReadFamily>();
  let current: { name: string; meta: Map<string, string>; samples: Map<string, number> } | undefined;
  const close = (): void => {
    if (current === undefined) return;
    const { name, meta, samples } = current;
    const unit = meta.get('UNIT');
    if (unit !== undefined && !name.endsWith(`_${unit}`)) throw new Error(`${name} does not end in ${unit}`);
    if (meta.get('TYPE') !== 'gauge') throw new Error(`${name} is no gauge`);
    families.set(name, { type: 'gauge', unit, help: meta.get('HELP') ?? '', samples });
  };
  for (const line of text.split('\n').slice(0, -2)) {
    const [, kind, of, value = ''] = META.exec(line) ?? [];
    const name = of ?? SAMPLE.exec(line)?.[1];
    if (name === undefined) throw new Error(`neither metadata nor a sample: ${line}`);
    if (name !== current?.name) {
      if (kind === undefined || families.has(name)) throw new Error(`${name} is not declared, or again: ${line}`);
      close();
      current = { name, meta: new Map(), samples: new Map() };
    }
    if (kind === undefined) addSample(current.samples, line);
    else if (current.meta.has(kind) || current.samples.size > 0) throw new Error(`metadata late or twice: ${line}`);
    else current.meta.set(kind, helped(kind, value));
  }
  close();
  return families;
}

function addSample(samples: Map<string, number>, line: string): void {
  const [, , labels = '', value] = SAMPLE.exec(line) ?? [];
  if (value === undefined) throw new Error(`no sample: ${line}`);
  const names = [...labels.matchAll(/[{,]([a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\]|\\.)*"/g)].map(([, name]) => name);
  if (new Set(names).size !== names.length) throw new Error(`a label twice: ${line}`);
  if (samples.has(labels)) throw new Error(`a sample twice: ${line}`);
  samples.set(labels, Number(value));
}

function helped(kind: string, value: string): string {
  if (kind === 'HELP' && !/^(?:[^\\]|\\[\\n"])*$/.test(value)) throw new Error(`a stray backslash in HELP: ${value}`);
  return value;
}
