import { isJson } from '../file-names.ts';
import { type Block, type Cut, cutBlocks } from './blocks.ts';
import { cutJsonBlocks } from './json/blocks.ts';
import { isKept } from './kept-blocks.ts';

/** The blocks of one file that keydrift may need, in the order of the file; its name tells its syntax. */
export function cutFile(name: string, text: string): Cut<readonly Block[]> {
  const cut = isJson(name) ? cutJsonBlocks(text) : cutBlocks(text);
  return cut.ok ? { ok: true, value: cut.value.filter(isKept).map(alone) } : cut;
}

/** A slice keeps the whole file in memory for as long as it lives (V8, sliced strings): its own copy does not. */
const alone = (block: Block): Block => ({
  ...block,
  type: copied(block.type),
  labels: block.labels.map(copied),
  text: copied(block.text),
});

const copied = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
