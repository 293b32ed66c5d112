// Maps as people are told of them.

import { expect, test } from 'vitest';
import { mapName, mapRanges } from '../../ts/report/map-names.ts';

test('maps are named from 1, as in the paper', () => {
  expect([mapName('H1', 0), mapName('H2', 11)]).toEqual(['H1.1', 'H2.12']);
});

test('maps that follow each other are told as a range', () => {
  expect([[0, 1, 2, 3, 8, 9, 10, 11], [4], [0, 2, 3], []].map(mapRanges)).toEqual([
    '1 to 4 and 9 to 12',
    '5',
    '1 and 3 to 4',
    '',
  ]);
});
