/** Words of the library: items as cards or rows, their order, and what is done with several at once. */

import type { Sort } from './parts/shelf.ts';
import { count, number } from './messages-counting.ts';

const items = (n: number) => count(n, 'item', 'items');

const columns: readonly { sort: Sort; label: string }[] = [
  { sort: 'number', label: 'Number' },
  { sort: 'name', label: 'Name' },
  { sort: 'length', label: 'Length' },
  { sort: 'size', label: 'Size' },
  { sort: 'frames', label: 'Frames' },
  { sort: 'findings', label: 'Findings' },
  { sort: 'matches', label: 'Matches' },
  { sort: 'date', label: 'Preserved' },
];

export const libraryMessages = {
  title: 'Library',
  empty: 'Nothing is preserved in this case yet.',
  emptyHint: 'Drop files above, or run in a terminal, in the folder of the case:',
  emptyCommand: 'framewitness add FILE && framewitness inspect --all',
  uninspected: 'Not inspected yet.',
  noPicture: 'no picture',
  protected: 'Thumbnails are small, grey and blurred.',
  some: (n: number, all: number) => `${number.format(n)} of ${items(all)}`,
  columns,
  filter: 'Only',
  filterHint: 'words of names, #3, h264, graphic',
  noneFound: 'No item in sight has all of these words.',
  sort: 'Order',
  down: 'Last to first',
  grid: 'Cards',
  table: 'Table',
  all: 'Select all in sight',
  selection: 'Selected',
  choose: (item: string, name: string) => `Select ${item} ${name}`,
  chooseHint: 'With Shift, everything from the one before',
  batch: {
    title: 'With what is selected',
    selected: (n: number) => `${items(n)} selected`,
    progress: (done: number, all: number) => `${number.format(done)} of ${number.format(all)}`,
    done: (n: number) => `Done with ${items(n)}.`,
    failed: (item: string, why: string) => `${item}: ${why}`,
    tag: 'Tag',
    content: 'Content note',
    contentHint: 'This stands in place of what was said of each of them before.',
    inspect: 'Inspect',
    clear: 'Select none',
    save: (n: number) => `Record it for ${items(n)}`,
  },
} as const;
