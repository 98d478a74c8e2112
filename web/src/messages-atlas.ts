/** Words of the map and the line of time. */

import { number } from './messages-counting.ts';

const plain = (value: number) => number.format(value);

export const atlasMessages = {
  title: 'Places and times',
  empty: 'Nobody has recorded when or where anything came about.',
  emptyHint: 'Open an item and add a date or a place under Record, with what it rests on.',
  map: 'Map of places',
  mapHint: 'Arrows move the map, + and − zoom, Tab goes from place to place.',
  zoomIn: 'Nearer',
  zoomOut: 'Farther',
  all: 'All places',
  base: 'Coasts and borders: Natural Earth, 1:50 million. Borders are as they are in fact, and no judgement.',
  noBase: 'The base map cannot be read; places lie where they belong all the same.',
  metres: (metres: number) => (metres < 1000 ? `${plain(metres)} m` : `${plain(metres / 1000)} km`),
  several: (count: number, numbers: string) => `${plain(count)} places: ${numbers}`,
  superseded: 'Show superseded and withdrawn',
  filter: 'Only',
  filterHint: 'words or number',
  some: (shown: number, of: number) => `${plain(shown)} of ${plain(of)}`,
  places: 'Places',
  unplaced: 'No position was given',
  line: 'Line of time',
  lineHint: 'UTC. A bar is as long as the date is uncertain.',
  rows: {
    hint: 'Arrows move along the line, + and − zoom, as the wheel does with Ctrl; Tab goes from one to the next.',
    nearer: 'Nearer in time',
    farther: 'Farther in time',
    all: 'All times',
    more: (count: number) => `Show ${plain(count)} more rows`,
  },
  dates: 'Dates',
  open: (number: string, item: string) => `Open ${number} in ${item}`,
  withdrawn: 'withdrawn',
  unread: (count: number) => `${plain(count)} written in another way than this line can show`,
} as const;
