// The connection table is the core's, which has its own form of it.

import { expect, test } from 'vitest';
import { connectionTable, LeNet1 } from '../../ts/entries/index.ts';
import { madeUpImage } from '../support/made-up-digits.ts';

const maps = Array.from({ length: 12 }, (_, map) => map);
const KERNEL = 25;

test('a map of H2 sees the maps of H1 in its row, each through the kernel of H2w in that place', async () => {
  const net = await LeNet1.create({ recipe: 'karpathy2022', seed: 1 });
  const image = madeUpImage();
  const initial = net.stateDict();
  /** H2's units of a net whose maps of H2 have this one of their eight kernels, the map of H1 in question changed. */
  const unitsOf = (place: number, changed?: number): Float32Array => {
    const parameters = new Map(Array.from(initial, ([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
    parameters.get('H2w')?.data.forEach((_, at, weights) => {
      if (Math.floor(at / KERNEL) % 8 !== place) weights[at] = 0;
    });
    if (changed !== undefined) parameters.get('H1b')?.data.fill(0.5, changed * 64, (changed + 1) * 64);
    net.loadStateDict(parameters);
    return net.inspect(image).h2;
  };
  const found = maps.map((): number[] => []);
  for (let place = 0; place < 8; place++) {
    const before = unitsOf(place);
    for (const first of maps) {
      const after = unitsOf(place, first);
      for (const map of maps) {
        if (after.subarray(map * 16, (map + 1) * 16).some((value, unit) => value !== before[map * 16 + unit]))
          found[map]?.push(first);
      }
    }
  }
  expect(found).toEqual(connectionTable);
});

test('the connection table cannot be changed', () => {
  for (const list of [connectionTable, ...connectionTable]) expect(Object.isFrozen(list)).toBe(true);
});
