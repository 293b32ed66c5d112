// NumberReader: pictures of numbers to their digits, what is known of a number, and what is refused.

import { describe, expect, test } from 'vitest';
import { LeNet1Error } from '../../../ts/entries/index.ts';
import { type NumberOptions, NumberReader, readerFacts } from '../../../ts/entries/reader.ts';
import { inverted, numberPicture } from '../../support/number-pictures.ts';

const reader = await NumberReader.create();

test.each([
  ['plain', numberPicture('7210')],
  ['of one digit', numberPicture('4')],
  ['of ten digits', numberPicture('7210414959')],
  ['light on dark', inverted(numberPicture('7210'))],
  ['small', numberPicture('7210', { size: 28, gap: -4 })],
  ['large', numberPicture('7210', { size: 400, gap: -50 })],
  ['on a rule', numberPicture('7210', { lines: 'rule' })],
  ['in boxes', numberPicture('7210', { lines: 'boxes' })],
])('a number %s is read', (_, picture) => {
  const wanted = { 'of one digit': '4', 'of ten digits': '7210414959' }[_] ?? '7210';
  const { digits, confidence, rejected, reason, boxes, margins, alternatives } = reader.read(picture);
  expect(digits).toBe(wanted);
  expect(confidence).toBeGreaterThan(0.3);
  expect(confidence).toBeLessThanOrEqual(1);
  expect([rejected, reason]).toEqual([false, undefined]);
  expect([boxes.length, margins.length]).toEqual([wanted.length, wanted.length]);
  for (const other of alternatives) expect(other.confidence).toBeLessThanOrEqual(confidence);
});

test('boxes lie around the digits, in the pixels of the picture', () => {
  const [size, gap] = [60, 20];
  const { digits, boxes } = reader.read(numberPicture('7210', { size, gap }));
  expect(digits).toBe('7210');
  for (const [place, { left, top, width, height }] of boxes.entries()) {
    const from = 30 + place * (size + gap) + gap / 2;
    expect(left).toBeGreaterThan(from - 3);
    expect(left + width).toBeLessThan(from + size + 3);
    expect(top).toBeGreaterThan(27);
    expect(top + height).toBeLessThan(30 + size + 3);
    expect(height).toBeGreaterThan(0.5 * size);
  }
});

describe('what is known of a number', () => {
  const picture = numberPicture('7210');
  const read = (options: NumberOptions) => reader.read(picture, options);

  test.each<[string, NumberOptions, RegExp]>([
    ['its length', { length: 4 }, /^7210$/],
    ['another length', { length: 3 }, /^\d{3}$/],
    ['a range', { length: [5, 6] }, /^\d{5,6}$/],
    ['a pattern', { pattern: '7#-1#' }, /^7\d1\d$/],
    ['a pattern with another digit', { pattern: '#3##' }, /^\d3\d\d$/],
    ['a list', { among: ['7211', '1210', '99'] }, /^(7211|1210|99)$/],
    ['a check', { check: (digits) => digits.endsWith('9') }, /^\d*9$/],
    ['a length and a check', { length: 4, check: (digits) => Number(digits) % 7 === 1 }, /^\d{4}$/],
  ])('%s holds', (_, options, allowed) => {
    const { digits, confidence, alternatives, boxes } = read(options);
    expect(digits).toMatch(allowed);
    expect(confidence).toBeGreaterThan(0);
    expect(boxes).toHaveLength(digits.length);
    for (const other of alternatives) {
      expect(other.digits).toMatch(allowed);
      if (options.check !== undefined) expect(options.check(other.digits)).toBe(true);
    }
  });

  test('a list of 100,000 numbers is searched in a moment, and what is likeliest of it is taken', () => {
    const among = Array.from({ length: 100_000 }, (_, at) => String(at)).filter((text) => text !== '7210');
    const begun = performance.now();
    const { digits } = read({ among });
    expect(digits).not.toBe('7210');
    expect(among).toContain(digits);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(read({ among: [...among, '7210'] }).digits).toBe('7210');
  });

  test('where none that is allowed can be seen, the best guess is told and rejected', () => {
    const { digits, confidence, rejected, reason } = read({ check: () => false });
    expect({ digits, confidence, rejected, reason }).toEqual({
      digits: '7210',
      confidence: 0,
      rejected: true,
      reason: 'not allowed',
    });
  });

  test('what is less sure than is wanted is rejected as unsure, with the same digits', () => {
    const { confidence } = read({});
    expect(read({ rejectBelow: confidence })).toMatchObject({ rejected: false, reason: undefined });
    expect(read({ rejectBelow: 1 })).toMatchObject({ digits: '7210', rejected: true, reason: 'unsure' });
  });
});

test('a blank picture shows nothing, and one of dashes no number', () => {
  const blank = { data: new Uint8ClampedArray(90 * 40 * 4).fill(255), width: 90, height: 40 };
  const nothing = { digits: '', confidence: 0, rejected: true, boxes: [], margins: [], alternatives: [] };
  expect(reader.read(blank)).toEqual({ ...nothing, reason: 'nothing' });
  const dashes = { ...blank, data: blank.data.slice() };
  for (const left of [10, 50]) {
    for (let y = 20; y < 23; y++)
      for (let x = left; x < left + 30; x++) dashes.data.fill(0, (y * 90 + x) * 4, (y * 90 + x) * 4 + 3);
  }
  expect(reader.read(dashes)).toMatchObject({ rejected: true, reason: 'not a number' });
});

describe('bad input gets one error', () => {
  const picture = numberPicture('72');
  test.each<[unknown, string]>([
    [{ length: 0 }, 'length: expected a whole number from 1 to 40, or [least, most]; got 0'],
    [{ length: [3, 2] }, 'length: expected a whole number from 1 to 40, or [least, most]; got [3, 2]'],
    [{ pattern: 'abc' }, "got 'abc'"],
    [{ pattern: '--' }, 'pattern: expected # for a digit, digits and punctuation'],
    [{ among: [] }, 'among: expected an array of numbers as text; got an Array of 0'],
    [{ among: ['12', '1a'] }, "among[1]: expected text of 1 to 40 digits; got '1a'"],
    [{ check: 'luhn' }, "check: expected a function; got 'luhn'"],
    [{ rejectBelow: 2 }, 'rejectBelow: expected a number from 0 to 1; got 2'],
    [{ lenght: 4 }, 'options: expected length, pattern, among, check, rejectBelow'],
  ])('%j', (options, message) => {
    const error = refusal(() => reader.read(picture, options as NumberOptions));
    expect(error).toMatchObject({ code: 'invalid-argument' });
    expect(error.message).toContain(message);
  });

  test('pixels that are none, and a reader that is made by hand', () => {
    expect(refusal(() => reader.read({} as typeof picture)).code).toBe('invalid-image');
    const byHand = refusal(() => Reflect.construct(NumberReader, [{}]));
    expect(byHand.message).toBe('expected await NumberReader.create(); got new NumberReader(…)');
  });
});

function refusal(call: () => unknown): LeNet1Error {
  try {
    call();
  } catch (error) {
    if (error instanceof LeNet1Error) return error;
    throw error;
  }
  throw new Error('expected a LeNet1Error; got none');
}

test('the facts of the weights say how they were made and that their net still reads single digits', async () => {
  const { command, startedFrom, test: onTest } = await readerFacts();
  expect(command).toMatch(/^npm run pretrain:reader -- /);
  expect(startedFrom).toMatch(/^[0-9a-f]{12}$/);
  expect(onTest.patterns).toBe(10_000);
  expect(onTest.misclassified).toBeLessThan(150);
});
