/// <reference lib="dom" />
import { say } from './say.ts';

/** Buttons that copy the commands beside them, wherever they are drawn. */
export function startCopying(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    const code = button?.parentElement?.querySelector('code');
    if (button && code) void copy(code, button);
  });
}

async function copy(code: Element, button: Element): Promise<void> {
  const text = [...code.querySelectorAll('.line')].map((line) => line.textContent).join('\n');
  try {
    await navigator.clipboard.writeText(text);
    said(button, 'Copied');
  } catch {
    // Without leave to write the clipboard what is to be copied is selected: the keyboard's own copy does the rest.
    getSelection()?.selectAllChildren(code);
    said(button, 'Selected');
  }
}

const SHOWN_MS = 1500;

function said(button: Element, word: string): void {
  button.textContent = word;
  say(word);
  setTimeout(() => {
    button.textContent = 'Copy';
  }, SHOWN_MS);
}
