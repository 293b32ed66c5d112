// `lenet1-wasm read` as its users start it: what it prints, what it reads, what it refuses.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NumberReader } from '../../ts/entries/reader.ts';
import { type Ended, lenet1Wasm, linesOf } from '../support/command.ts';
import { numberPicture } from '../support/number-pictures.ts';
import { pngFile } from '../support/png-file.ts';

const picture = numberPicture('7210');
const blank = { data: new Uint8ClampedArray(90 * 40 * 4).fill(255), width: 90, height: 40 };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-read-'));
  writeFileSync(join(folder, 'a.png'), pngFile(picture));
  writeFileSync(join(folder, 'b.png'), pngFile(numberPicture('414')));
  writeFileSync(join(folder, 'blank.png'), pngFile(blank));
  writeFileSync(join(folder, 'list.txt'), '7211\n\n1210\r\n');
  writeFileSync(join(folder, 'words.txt'), '12\ntwelve\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (...args: readonly string[]): Promise<Ended> => lenet1Wasm(folder, ['read', ...args]);

test('a line a picture: file, digits, confidence; or that there is no number', async () => {
  const { code, stdout, stderr } = await read('a.png', 'b.png', 'blank.png');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^a\.png: 7210, confidence [01]\.\d{3}\nb\.png: 414, confidence [01]\.\d{3}\nblank\.png: no number\n$/,
  );
});

test('JSON is what the API says of the same pixels', async () => {
  const { stdout } = await read('--json', 'a.png', 'blank.png');
  const [answer, nothing] = linesOf(stdout).map((line) => JSON.parse(line));
  const { reason: _, ...said } = (await NumberReader.create()).read(picture);
  expect(answer).toEqual({ file: 'a.png', ...JSON.parse(JSON.stringify(said)), reason: null });
  expect(nothing).toMatchObject({ file: 'blank.png', digits: '', rejected: true, reason: 'nothing', boxes: [] });
});

test.each([
  [['--length', '3'], /^a\.png: \d{3}, /],
  [['--length', '5-6'], /^a\.png: \d{5,6}, /],
  [['--pattern', '#3##'], /^a\.png: \d3\d\d, /],
  [['--among', 'list.txt'], /^a\.png: 7211|1210, /],
  [['--reject-below', '1'], /^a\.png: probably 7210, not sure, confidence 0\.\d{3}\n$/],
])('%j', async (options, line) => {
  const { code, stdout, stderr } = await read(...options, 'a.png');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(line);
});

test('a missing file gets a line on standard error, and the others are read', async () => {
  const { code, stdout, stderr } = await read('none.png', 'a.png');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^a\.png: 7210, /);
  expect(stderr).toMatch(/^read: none\.png: expected .*; got no file\n$/);
});

test.each([
  [
    ['--length', 'x', 'a.png'],
    "read: --length: expected a whole number from 1 to 40, or a range such as 3-6; got 'x'",
    2,
  ],
  [['--length', '6-5', 'a.png'], "got '6-5'", 2],
  [['--pattern', 'abc', 'a.png'], 'read: pattern: expected # for a digit', 2],
  [['--reject-below', '2', 'a.png'], "--reject-below: expected a number from 0 to 1; got '2'", 2],
  [['--among', 'none.txt', 'a.png'], 'read: --among none.txt: expected a text file; got no file', 1],
  [['--among', 'words.txt', 'a.png'], "read: --among words.txt: expected digits in line 2; got 'twelve'", 1],
  [[], 'read: expected a picture, FILE...; got none (see --help)', 2],
])('%j is refused', async (args, message, status) => {
  const { code, stdout, stderr } = await read(...args);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([status, '']);
});
