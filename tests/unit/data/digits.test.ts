import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkImage, checkLabel, Digits } from '../../../ts/data/digits.ts';
import { resizerTo16 } from '../../../ts/data/resize.ts';
import { IMAGE_SIZE } from '../../../ts/data/sizes.ts';
import { refusal } from '../../support/written-files.ts';

const blank = (patterns: number) => new Float32Array(patterns * IMAGE_SIZE).fill(-1);

/** A call as plain JavaScript makes it, with whatever types. */
const untyped = (images: unknown, labels: unknown) => () => Reflect.construct(Digits, [images, labels]);

describe('Digits', () => {
  test('an image has 16 rows of 16', () => {
    expect(IMAGE_SIZE).toBe(16 * 16);
  });

  test('holds what it was given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        (labels, salt) => {
          const images = Float32Array.from({ length: labels.length * IMAGE_SIZE }, (_, k) => Math.sin(k * salt));
          const digits = new Digits(images, Uint8Array.from(labels));
          expect(digits.length).toBe(labels.length);
          expect(Array.from(digits.labels)).toEqual(labels);
          expect(digits.images).toEqual(images);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('does not change with the arrays it was made of', () => {
    const images = blank(1);
    const labels = Uint8Array.of(7);
    const digits = new Digits(images, labels);
    images.fill(1000);
    labels.fill(200);
    expect(digits.labels[0]).toBe(7);
    expect(digits.images.every((level) => level === -1)).toBe(true);
  });

  test('takes the limits of the range, and both zeros', () => {
    const images = blank(1);
    images.set([1, -1, 0, -0, 2 ** -149]);
    expect(new Digits(images, Uint8Array.of(9)).images).toEqual(images);
  });

  test('takes typed arrays of another realm', () => {
    const images: Float32Array = runInNewContext('new Float32Array(256)');
    const labels: Uint8Array = runInNewContext('Uint8Array.of(3)');
    expect(images instanceof Float32Array).toBe(false);
    const digits = new Digits(images, labels);
    expect(digits.images).toBeInstanceOf(Float32Array);
    expect(digits.labels[0]).toBe(3);
  });

  test('takes shared memory, and a Buffer of labels', () => {
    const images = new Float32Array(new SharedArrayBuffer(IMAGE_SIZE * 4));
    const digits = new Digits(images, Buffer.from([4]));
    images.fill(1);
    expect(digits.images[0]).toBe(0);
    expect(digits.images.buffer).toBeInstanceOf(ArrayBuffer);
    expect(Buffer.isBuffer(digits.labels)).toBe(false);
  });

  test.each([
    ['an array', new Array(256).fill(0), /got an Array of 256 \(bytes and plain numbers are not/],
    ['bytes', new Uint8Array(256), /got Uint8Array\(256\) \(bytes/],
    ['clamped bytes', new Uint8ClampedArray(256), /got Uint8ClampedArray\(256\)/],
    ['a Buffer', Buffer.alloc(256), /got Buffer\(256\)/],
    ['doubles', new Float64Array(256), /got Float64Array\(256\)/],
    ['the memory alone', new ArrayBuffer(1024), /got an object \(ArrayBuffer\)/],
    ['nothing', undefined, /got undefined/],
    ['null', null, /got null/],
    ['a disguise', { length: 256, [Symbol.toStringTag]: 'Float32Array' }, /got an object/],
  ])('refuses %s for images', (_, images, message) => {
    expect(refusal('invalid-digits', untyped(images, Uint8Array.of(1)))).toMatch(message);
  });

  test.each([
    ['an array', [1]],
    ['clamped bytes', Uint8ClampedArray.of(1)],
    ['signed bytes', Int8Array.of(1)],
    ['floats', Float32Array.of(1)],
    ['a string', '1'],
  ])('refuses %s for labels', (_, labels) => {
    expect(refusal('invalid-digits', untyped(blank(1), labels))).toMatch(/^labels: expected a Uint8Array of n labels/);
  });

  test('refuses lengths that do not fit, and an empty set', () => {
    expect(refusal('invalid-digits', () => new Digits(blank(2), Uint8Array.of(1)))).toBe(
      'images: expected 256 grey levels per label, 256 in all; got 512',
    );
    expect(refusal('invalid-digits', () => new Digits(new Float32Array(255), Uint8Array.of(1)))).toMatch(/got 255$/);
    const none = refusal('invalid-digits', () => new Digits(new Float32Array(), new Uint8Array()));
    expect(none).toBe('labels: expected at least one pattern; got none');
  });

  test('refuses memory that was transferred away', () => {
    const images = blank(1);
    const labels = Uint8Array.of(1);
    structuredClone(images, { transfer: [images.buffer] });
    expect(refusal('invalid-digits', () => new Digits(images, labels))).toMatch(/256 in all; got 0$/);
    structuredClone(labels, { transfer: [labels.buffer] });
    expect(refusal('invalid-digits', () => new Digits(blank(1), labels))).toMatch(/at least one pattern; got none$/);
  });

  test.each([Number.NaN, Infinity, -Infinity, 1.001, -1.001, 255])(
    'names the pattern and pixel of a grey level %d',
    (level) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 255 }), (pattern, pixel) => {
          const images = blank(3);
          images[pattern * IMAGE_SIZE + pixel] = level;
          const message = refusal('invalid-digits', () => new Digits(images, Uint8Array.of(1, 2, 3)));
          expect(message).toContain(
            `images, pattern ${pattern}, pixel ${pixel}: expected a grey level in [−1, 1]; got`,
          );
          expect(message).toContain(String(Math.fround(level)));
        }),
        { numRuns: 20 },
      );
    },
  );

  test('names the pattern of a wrong label', () => {
    const message = refusal('invalid-digits', () => new Digits(blank(3), Uint8Array.of(9, 0, 11)));
    expect(message).toBe('labels, pattern 2: expected a label from 0 to 9, or 10 for no digit; got 11');
  });
});

describe('slice', () => {
  const labels = Uint8Array.of(5, 6, 7);
  const digits = new Digits(
    Float32Array.from({ length: 3 * IMAGE_SIZE }, (_, k) => Math.floor(k / IMAGE_SIZE) / 10),
    labels,
  );

  test('takes patterns start to end − 1', () => {
    const held = digits.slice(1, 3);
    expect(Array.from(held.labels)).toEqual([6, 7]);
    expect(held.images).toEqual(digits.images.slice(IMAGE_SIZE));
    expect(Array.from(digits.slice(2).labels)).toEqual([7]);
  });

  test.each([
    [-1, 2],
    [1, 1],
    [2, 1],
    [0, 4],
    [0.5, 2],
    [Number.NaN, 2],
  ])('refuses %d and %d', (start, end) => {
    expect(refusal('invalid-argument', () => digits.slice(start, end))).toContain(`got ${start} and ${end}`);
  });
});

describe('a pattern by itself', () => {
  const digits = new Digits(
    Float32Array.from({ length: 3 * IMAGE_SIZE }, (_, k) => Math.sin(k)),
    Uint8Array.of(5, 6, 7),
  );

  test('is its image, a copy, and its label; iteration gives all in turn', () => {
    const image = digits.image(1);
    expect(image).toEqual(digits.images.slice(IMAGE_SIZE, 2 * IMAGE_SIZE));
    image.fill(0);
    expect(digits.images[IMAGE_SIZE]).toBe(Math.fround(Math.sin(IMAGE_SIZE)));
    expect(digits.label(2)).toBe(7);
    const patterns = [...digits];
    expect(patterns.map(({ label }) => label)).toEqual([5, 6, 7]);
    expect(patterns[2]?.image).toEqual(digits.image(2));
  });

  test.each([-1, 3, 0.5, Number.NaN, '1', undefined])('that is not there is refused: %s', (pattern) => {
    const untypedPattern = pattern as number;
    const got = typeof pattern === 'string' ? `'${pattern}'` : String(pattern);
    const expected = `(pattern): expected a pattern from 0 to 2; got ${got}`;
    expect(refusal('invalid-argument', () => digits.image(untypedPattern))).toBe(`image${expected}`);
    expect(refusal('invalid-argument', () => digits.label(untypedPattern))).toBe(`label${expected}`);
  });
});

describe('Digits.of', () => {
  test('takes any lists of images and labels', () => {
    const images = [blank(1), new Float32Array(256).fill(0.5)];
    for (const labels of [[3, 4], Uint8Array.of(3, 4), new Set([3, 4])]) {
      const digits = Digits.of(new Set(images), labels);
      expect(digits.images).toEqual(Float32Array.of(...blank(1), ...new Float32Array(256).fill(0.5)));
      expect([...digits.labels]).toEqual([3, 4]);
    }
  });

  test.each<readonly [string, unknown, unknown, RegExp]>([
    ['invalid-digits', 7, [1], /^images: expected a list of images; got 7$/],
    ['invalid-digits', [blank(1)], undefined, /^labels: expected a list of labels, 0 to 9; got undefined$/],
    ['invalid-digits', [blank(1)], [1, 2], /^labels: expected 1 labels, one per image; got 2$/],
    ['invalid-digits', [], [], /at least one pattern; got none$/],
    ['invalid-image', [blank(1), blank(2)], [1, 2], /^images, pattern 1: expected a Float32Array of 256/],
    ['invalid-image', [new Uint8Array(256)], [1], /^images, pattern 0: .*bytes and plain numbers/],
    ['invalid-image', [new Float32Array(256).fill(7)], [1], /^images, pattern 0, pixel 0: .*got 7$/],
    [
      'invalid-label',
      [blank(1), blank(1)],
      [1, 11],
      /^labels, pattern 1: expected an integer from 0 to 9, or 10 for no digit; got 11$/,
    ],
    ['invalid-digits', [blank(1)], '7', /^labels: expected a list of labels, 0 to 9; got '7'$/],
  ])('refuses with %s', (code, images, labels, message) => {
    const call = () => Reflect.apply(Digits.of, Digits, [images, labels]);
    expect(refusal(code as 'invalid-digits', call)).toMatch(message);
  });
});

describe('Digits.fromBytes', () => {
  const bytes = Uint8Array.from({ length: 2 * 784 }, (_, k) => (k * 7) % 256);

  test('shrinks as MNIST’s own digits are shrunk, in both ways', () => {
    for (const resize of ['bilinear', 'bilinear-antialiased'] as const) {
      const digits = Digits.fromBytes(bytes, Uint8Array.of(1, 2), { resize });
      const expected = new Float32Array(512);
      for (const pattern of [0, 1]) resizerTo16(28, resize)(bytes, pattern * 784, expected, pattern * 256);
      expect(digits.images).toEqual(expected);
      expect([...digits.labels]).toEqual([1, 2]);
    }
    const byDefault = Digits.fromBytes(new Uint8ClampedArray(bytes) as never, Uint8Array.of(1, 2));
    expect(byDefault).toEqual(Digits.fromBytes(bytes, Uint8Array.of(1, 2), { resize: 'bilinear-antialiased' }));
  });

  test.each<readonly [unknown, unknown, unknown, RegExp]>([
    [[...bytes], Uint8Array.of(1, 2), {}, /^bytes: expected a Uint8Array of n·28·28 bytes; got an Array of 1568$/],
    [bytes, [1, 2], {}, /^labels: expected a Uint8Array of n labels, 0 to 9; got an Array of 2$/],
    [bytes, Uint8Array.of(1), {}, /^bytes: expected 784 bytes per label, 784 in all; got 1568$/],
    [bytes, Uint8Array.of(1, 11), {}, /^labels, pattern 1: expected a label from 0 to 9, or 10 for no digit; got 11$/],
    [new Uint8Array(), new Uint8Array(), {}, /at least one pattern; got none$/],
  ])('refuses', (images, labels, options, message) => {
    const call = () => Reflect.apply(Digits.fromBytes, Digits, [images, labels, options]);
    expect(refusal('invalid-digits', call)).toMatch(message);
  });

  test('refuses a resize of another name', () => {
    const call = (options: unknown) => () =>
      Reflect.apply(Digits.fromBytes, Digits, [bytes, Uint8Array.of(1, 2), options]);
    expect(refusal('invalid-argument', call({ resize: 'cubic' }))).toMatch(/^resize: expected .*; got 'cubic'$/);
    expect(refusal('invalid-argument', call({ size: 16 }))).toBe("options: expected resize; got 'size'");
  });
});

describe('concat', () => {
  test('joins sets in their order, and leaves them as they are', () => {
    const [one, two] = [Digits.of([blank(1)], [1]), Digits.of([new Float32Array(256), blank(1)], [2, 3])];
    const all = one.concat(two, one);
    expect([...all.labels]).toEqual([1, 2, 3, 1]);
    expect(all.image(1)).toEqual(new Float32Array(256));
    expect(one.length).toBe(1);
    expect(one.concat()).toEqual(one);
    expect(refusal('invalid-digits', () => one.concat([two] as never))).toMatch(
      /^concat\(…\): expected Digits .*Array/,
    );
  });
});

describe('checkImage and checkLabel', () => {
  test('take an image and a label', () => {
    expect(() => checkImage(blank(1))).not.toThrow();
    expect(() => checkImage(runInNewContext('new Float32Array(256)'))).not.toThrow();
    for (let label = 0; label <= 9; label++) expect(() => checkLabel(label)).not.toThrow();
  });

  test('refuse everything else', () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true, withBigInt: true, withDate: true }), (value) => {
        refusal('invalid-image', () => checkImage(value));
        fc.pre(!(typeof value === 'number' && value >= 0 && value <= 10));
        refusal('invalid-label', () => checkLabel(value));
      }),
    );
    for (const label of [1.5, Number.NaN, -1, 11, '3', 3n, [3]]) refusal('invalid-label', () => checkLabel(label));
  });

  test('say why bytes are refused, and where a value is off', () => {
    expect(refusal('invalid-image', () => checkImage(new Uint8Array(256)))).toMatch(
      /got Uint8Array\(256\) \(bytes and/,
    );
    expect(refusal('invalid-image', () => checkImage(new Float32Array(784)))).toMatch(/got Float32Array\(784\)$/);
    const image = blank(1);
    image[200] = 2;
    expect(refusal('invalid-image', () => checkImage(image))).toBe(
      'image, pixel 200: expected a grey level in [−1, 1]; got 2',
    );
  });
});
