import type { Report } from '../../../model/report.ts';
import { type Element, h } from '../node.ts';
import { coverageMap } from './coverage-map.ts';
import { gapList } from './gaps.ts';
import { placesRead } from './places-read.ts';

/** What was asked, where, and what was not answered. */
export const coverage = (report: Report): Element =>
  h(
    'section',
    { id: 'coverage', 'aria-labelledby': 'coverage-title' },
    h('h2', { id: 'coverage-title', tabindex: -1 }, 'Coverage'),
    coverageMap(report),
    gapList(report),
    placesRead(report),
  );
