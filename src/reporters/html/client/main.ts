/// <reference lib="dom" />
import { startControls } from './controls.ts';
import { startCopying } from './copy.ts';
import { readData } from './data.ts';
import { goToPart, pointTo, withFinding } from './deep-link.ts';
import { showLists } from './lists.ts';
import { startPrinting } from './print.ts';
import { sheet } from './sheet.ts';
import { AT_FIRST, fromHash, isOurs, type Shown, toHash } from './state.ts';
import { startTheme } from './theme.ts';

/** The page comes to life: it shows what its address says, and its address says what it shows. */
function start(): void {
  const data = readData();
  let shown: Shown = AT_FIRST;
  const opened = sheet(() => show({ ...shown, key: null }));
  const lists = (next: Shown): string => toHash({ ...next, key: null, finding: null });

  const draw = (next: Shown, isFirst: boolean): void => {
    const before = shown;
    shown = next.finding === null ? next : withFinding(next, data);
    if (isFirst || lists(before) !== lists(shown)) showLists(shown, data);
    if (shown.finding !== null && (isFirst || shown.finding !== before.finding)) pointTo(shown.finding, data);
    if (shown.key === null) opened.hide();
    else if (isFirst || shown.key !== before.key) opened.show(shown.key, data);
  };
  const show = (next: Shown): void => {
    draw(next, false);
    // Replaced, not pushed: going back leads to the page before, not through every key stroke.
    if (location.hash !== toHash(shown)) location.replace(toHash(shown));
  };

  startTheme();
  startCopying();
  startPrinting(data);
  startControls({ now: () => shown, show });
  startLinks(
    (next) => show(next),
    () => shown,
  );
  addEventListener('hashchange', () => {
    if (isOurs(location.hash)) draw(fromHash(location.hash), false);
  });
  draw(isOurs(location.hash) ? fromHash(location.hash) : AT_FIRST, true);
  document.documentElement.dataset['ready'] = 'true';
}

/** Links to parts of the page lead there and leave the address to the filters; links to a key keep the filters. */
function startLinks(show: (shown: Shown) => void, now: () => Shown): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const hash = link?.getAttribute('href');
    if (hash === null || hash === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!isOurs(hash)) {
      goToPart(hash.slice(1));
      return;
    }
    const next = fromHash(hash);
    if (hash.startsWith('#key=')) show({ ...now(), key: next.key, finding: null });
    else if (hash.startsWith('#finding=')) show({ ...now(), finding: next.finding, key: null });
    else {
      show(next);
      goToPart('findings');
    }
  });
}

start();
