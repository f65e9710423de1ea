import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/coverage.ts';

/** A change that moves what it is judged by can wave itself through: whoever reviews it is told. */
export const alterations = ({ alters = [] }: Pick<Change, 'alters'>): readonly Diagnostic[] =>
  alters.map(({ path, what }) => ({
    level: 'warning',
    source: 'change',
    message: `${path}: the change alters what it is judged by: ${what.join(', ')}`,
  }));
