// pixelsOf where there is no browser; tests/browser/pictures.test.ts has the rest.

import { expect, test } from 'vitest';
import { pixelsOf } from '../../../ts/entries/index.ts';
import { rejection } from '../../support/written-files.ts';

test('Node has no decoder for it, and readPicture instead', async () => {
  expect(await rejection('unsupported', pixelsOf(new Blob(['a'])))).toBe(
    'expected createImageBitmap and OffscreenCanvas; got none here: in Node take readPicture of lenet1-wasm/node',
  );
});

test.each([
  ['undefined', undefined],
  ["'photo.png'", 'photo.png'],
  ['Uint8Array(3)', new Uint8Array(3)],
  ['an object (Object)', { data: new Uint8ClampedArray(4), width: 1, height: 1 }],
])('%s is no picture of a page', async (got, value) => {
  const expected = 'a Blob, an ImageBitmap, an ImageData, a canvas, an image or a video';
  expect(await rejection('invalid-argument', pixelsOf(value as never))).toBe(
    `picture: expected ${expected}; got ${got}`,
  );
});
