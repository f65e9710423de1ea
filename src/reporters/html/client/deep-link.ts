/// <reference lib="dom" />
import { type Data, element } from './data.ts';
import { filteredFindings } from './filter.ts';
import { cardId } from './finding-list.ts';
import { PAGE } from './pages.ts';
import { say } from './say.ts';
import { ANY_STATUS, type Shown, unfiltered } from './state.ts';

/** The lists as they must be for the finding that an address names to be seen: its page, and without filters that hide it. */
export function withFinding(shown: Shown, { items }: Data): Shown {
  const finding = items.findings.find(({ fingerprint }) => fingerprint === shown.finding);
  if (finding === undefined) return shown;
  const all = { ...unfiltered(shown), finding: shown.finding };
  const candidates: readonly Shown[] = [shown, all, { ...all, choice: { ...all.choice, status: ANY_STATUS } }];
  for (const candidate of candidates) {
    const at = filteredFindings(items.findings, candidate).items.indexOf(finding);
    if (at >= 0) return { ...candidate, view: 'findings', page: Math.floor(at / PAGE) + 1 };
  }
  return shown;
}

/** Opens the finding and leads to it. */
export function pointTo(fingerprint: string, { items }: Data): void {
  const finding = items.findings.find((each) => each.fingerprint === fingerprint);
  const card = finding === undefined ? null : document.getElementById(cardId(finding));
  if (!(card instanceof HTMLDetailsElement)) {
    say('This report has no such finding.');
    return;
  }
  card.open = true;
  card.dispatchEvent(new Event('fill'));
  card.querySelector('summary')?.focus();
  card.scrollIntoView({ block: 'start' });
}

/** Leads to the part of the page with this id. */
export function goToPart(id: string): void {
  const title = document.getElementById(`${id}-title`) ?? element('results-title');
  title.focus({ preventScroll: true });
  (document.getElementById(id) ?? title).scrollIntoView({ block: 'start' });
}
