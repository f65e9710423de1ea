/// <reference lib="dom" />
import { element } from './data.ts';

/** Tells a screen reader what nobody has the focus on. */
export function say(text: string): void {
  element('said').textContent = text;
}
