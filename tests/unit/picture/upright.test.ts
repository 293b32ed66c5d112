// Pictures turned as EXIF says, against the support's formula for how a camera stores them.

import { expect, test } from 'vitest';
import { orientationIn } from '../../../ts/picture/files/exif.ts';
import { upright } from '../../../ts/picture/upright.ts';
import { exifOf, turned } from '../../support/jpeg-file.ts';

const picture = { data: Uint8ClampedArray.from({ length: 3 * 5 * 4 }, (_, at) => at), width: 3, height: 5 };

test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is found and undone', (orientation) => {
  expect(orientationIn(exifOf(orientation))).toBe(orientation);
  expect(upright(turned(picture, orientation), orientation)).toEqual(picture);
});

test('EXIF data in the other byte order are read as well', () => {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
  expect(orientationIn(Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry))).toBe(6);
});

test('EXIF data that are cut anywhere, or say another orientation, count as upright', () => {
  const exif = exifOf(6);
  for (let length = 0; length < 22; length++) expect(orientationIn(exif.subarray(0, length))).toBe(1);
  for (const orientation of [0, 9, 255]) expect(orientationIn(exifOf(orientation))).toBe(1);
  expect(orientationIn(Uint8Array.of(0x49, 0x49, 42, 0, 255, 255, 255, 255))).toBe(1);
});
