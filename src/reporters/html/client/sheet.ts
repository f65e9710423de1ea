/// <reference lib="dom" />
import { keyTitle, keyView } from '../view/key.ts';
import { type Data, element } from './data.ts';
import { draw } from './dom.ts';
import { keyById } from './items.ts';

/** The sheet in which one key is shown in full. */
export interface Sheet {
  /** Shows the key with this id, or says that there is none. */
  readonly show: (id: string, data: Data) => void;
  readonly hide: () => void;
}

/** `closed` is told when somebody closes it, by button, Escape or a click beside it. */
export function sheet(closed: () => void): Sheet {
  const dialog = element('sheet');
  if (!(dialog instanceof HTMLDialogElement)) throw new Error('#sheet is no dialog');
  element('close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', closed);
  return {
    show: (id, data) => {
      fill(id, data);
      if (!dialog.open) dialog.showModal();
      dialog.scrollTop = 0;
      element('sheet-title').focus();
    },
    hide: () => {
      if (dialog.open) dialog.close();
    },
  };
}

function fill(id: string, data: Data): void {
  const item = keyById(data.items, id);
  const [title, body] = [element('sheet-title'), element('sheet-body')];
  if (item === undefined) {
    draw(title, 'No such key');
    draw(body, `This report has no key ${id}.`);
    return;
  }
  const key = data.keyAt(item.at);
  const findings = (data.items.ofKey.get(item.at) ?? []).map(({ at }) => data.findingAt(at));
  draw(title, keyTitle(key));
  draw(body, keyView(key, findings, data.contents.setting));
}
