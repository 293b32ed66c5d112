// PNG's checksum, beside that of node:zlib where there is one (from Node 20.15 on).

import { randomBytes } from 'node:crypto';
import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from '../../../../ts/picture/files/crc32.ts';

test('is that of the specification', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test.skipIf(!('crc32' in zlib))('is that of node:zlib, of any bytes (needs Node 20.15)', () => {
  for (let length = 1; length < 300; length++) {
    const bytes = randomBytes(length);
    expect(crc32(bytes)).toBe(zlib.crc32(bytes));
  }
});
