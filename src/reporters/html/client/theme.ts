/// <reference lib="dom" />
import { element } from './data.ts';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const NAMES: Readonly<Record<Theme, string>> = {
  system: 'Theme: system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};
const PLACE = 'keydrift-theme';

/** A button that goes through the themes. */
export function startTheme(): void {
  const button = element('theme');
  let theme = remembered();
  const show = (): void => {
    document.documentElement.dataset['theme'] = theme;
    button.textContent = NAMES[theme];
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    remember(theme);
    show();
  });
  show();
}

/** A sandboxed page has no storage and throws when asked (HTML standard, "localStorage"): it forgets, and works. */
function remembered(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(PLACE)) ?? 'system';
  } catch {
    return 'system';
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(PLACE, theme);
  } catch {
    // The theme holds until the page is closed.
  }
}
