// Rejection by the margin: the curve beside its definition, cases by hand, and classify's rejectBelow.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Classifier,
  Digits,
  LeNet1,
  type RejectionCurve,
  recipes,
  rejectionCurve,
  rejectionFor,
} from '../../ts/entries/index.ts';
import { madeUpDigits, madeUpImage, patternsOf, untyped } from '../support/made-up-digits.ts';
import { refusal } from '../support/written-files.ts';

/** What a classifier says of a pattern: how sure it is, and whether it is wrong. */
interface Answer {
  readonly margin: number;
  readonly wrong: boolean;
}

/** Digits, all of label 0, and a classifier that gives these answers to them in turn. */
function answering(answers: readonly Answer[]): { net: Classifier; digits: Digits } {
  const digits = new Digits(new Float32Array(256 * answers.length), new Uint8Array(answers.length));
  let position = 0;
  const classify = () => {
    const { margin, wrong } = answers[position++] ?? { margin: Number.NaN, wrong: true };
    return { label: wrong ? 1 : 0, margin };
  };
  return { net: { classify }, digits };
}

function curveOf(answers: readonly Answer[]): RejectionCurve {
  const { net, digits } = answering(answers);
  return rejectionCurve(net, digits);
}

/** What a threshold does, by its definition. */
function pointAt(threshold: number, answers: readonly Answer[]) {
  const accepted = answers.filter(({ margin }) => margin >= threshold);
  const rejected = answers.length - accepted.length;
  const misclassified = accepted.filter(({ wrong }) => wrong).length;
  const misclassifiedRate = accepted.length === 0 ? 0 : misclassified / accepted.length;
  return { threshold, rejected, rejectedRate: rejected / answers.length, misclassified, misclassifiedRate };
}

/** Answers of few different margins, so that many are equal, and some without one. */
const someAnswers = fc.array(
  fc.record({
    margin: fc.oneof(
      fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
      fc.double({ min: 0, max: 2 }),
    ),
    wrong: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('the curve', () => {
  test('of four patterns, by hand: equal margins go together', () => {
    const curve = curveOf([
      { margin: 0.5, wrong: false },
      { margin: 0.25, wrong: true },
      { margin: 1, wrong: false },
      { margin: 0.25, wrong: false },
    ]);
    const [first, second, third, last] = curve.points;
    expect(curve.patterns).toBe(4);
    expect(curve.points).toHaveLength(4);
    expect(first).toEqual({ threshold: 0, rejected: 0, rejectedRate: 0, misclassified: 1, misclassifiedRate: 0.25 });
    expect(second).toEqual({ threshold: 0.5, rejected: 2, rejectedRate: 0.5, misclassified: 0, misclassifiedRate: 0 });
    expect(third).toEqual({ threshold: 1, rejected: 3, rejectedRate: 0.75, misclassified: 0, misclassifiedRate: 0 });
    expect(last).toMatchObject({ rejected: 4, rejectedRate: 1, misclassified: 0, misclassifiedRate: 0 });
    expect(last?.threshold).toBe(1 + Number.EPSILON);
  });

  test('of patterns with no lead at all has two points: none rejected, all rejected', () => {
    const points = curveOf([0, 0, 0].map((margin) => ({ margin, wrong: true }))).points;
    expect(points.map(({ rejected, misclassifiedRate }) => [rejected, misclassifiedRate])).toEqual([
      [0, 1],
      [3, 0],
    ]);
    expect(points[1]?.threshold).toBeGreaterThan(0);
  });

  test('is what its definition says at every point, and misses no set of patterns that a threshold rejects', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        const { points } = curveOf(answers);
        for (const point of points) expect(point).toEqual(pointAt(point.threshold, answers));
        const thresholds = [0, ...answers.map(({ margin }) => margin), 3];
        const counts = new Set(thresholds.map((threshold) => pointAt(threshold, answers).rejected));
        expect(points.map(({ rejected }) => rejected)).toEqual([...counts].sort((one, other) => one - other));
        expect(points[0]?.threshold).toBe(0);
        expect(points.every(({ threshold }, index) => threshold > (points[index - 1]?.threshold ?? -1))).toBe(true);
      }),
    );
  });

  test('does not depend on the order of the patterns', () => {
    const shuffled = someAnswers.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc.shuffledSubarray(answers, { minLength: answers.length, maxLength: answers.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([answers, others]) => {
        expect(curveOf(others)).toEqual(curveOf(answers));
      }),
    );
  });

  test('rejects patterns without a finite margin from the start', () => {
    const curve = curveOf([
      { margin: Number.NaN, wrong: true },
      { margin: 0.5, wrong: true },
      { margin: Number.POSITIVE_INFINITY, wrong: false },
      { margin: 0.25, wrong: false },
    ]);
    expect(curve.points.map(({ threshold, rejected }) => [threshold, rejected])).toEqual([
      [0, 2],
      [0.5, 3],
      [0.5 * (1 + Number.EPSILON), 4],
    ]);
    const none = curveOf([{ margin: Number.NaN, wrong: true }]);
    expect(none.points).toEqual([
      { threshold: 0, rejected: 1, rejectedRate: 1, misclassified: 0, misclassifiedRate: 0 },
    ]);
  });

  test('is plain data: JSON gives it back', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        const curve = curveOf(answers);
        expect(JSON.parse(JSON.stringify(curve))).toEqual(curve);
      }),
    );
  });

  test('of a net begins with what evaluate says, and its thresholds reject as classify does', async () => {
    const net = await LeNet1.create({ recipe: 'karpathy2022' });
    const digits = madeUpDigits(40);
    net.learnAll(digits);
    const { points } = rejectionCurve(net, digits);
    const { misclassified, misclassifiedRate } = net.evaluate(digits);
    expect(misclassified).toBeGreaterThan(0);
    expect(points[0]).toEqual({ threshold: 0, rejected: 0, rejectedRate: 0, misclassified, misclassifiedRate });
    for (const { threshold, rejected } of points) {
      const answers = patternsOf(digits).map(({ image }) => net.classify(image, { rejectBelow: threshold }));
      expect(answers.filter((answer) => answer.rejected)).toHaveLength(rejected);
    }
    expect(points.at(-1)?.rejected).toBe(40);
  });
});

describe('the point for a wanted error', () => {
  test('no other threshold with that error or less rejects fewer', () => {
    const wanted = fc.oneof(fc.constantFrom(0, 0.01, 0.25, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(someAnswers, wanted, (answers, rate) => {
        const point = rejectionFor(curveOf(answers), rate);
        const thresholds = [0, ...answers.map(({ margin }) => margin), 3];
        const fewest = thresholds
          .map((threshold) => pointAt(threshold, answers))
          .filter(({ misclassifiedRate }) => misclassifiedRate <= rate)
          .map(({ rejected }) => rejected);
        expect(point.rejected).toBe(Math.min(...fewest));
        expect(point).toEqual(pointAt(point.threshold, answers));
      }),
    );
  });

  test('is the first of several: the error may rise again', () => {
    const curve = curveOf([
      { margin: 0.1, wrong: true },
      { margin: 0.2, wrong: false },
      { margin: 0.3, wrong: false },
      { margin: 0.4, wrong: true },
    ]);
    expect(curve.points.map(({ misclassifiedRate }) => misclassifiedRate)).toEqual([2 / 4, 1 / 3, 1 / 2, 1, 0]);
    expect(rejectionFor(curve, 0.4).rejected).toBe(1);
    expect(rejectionFor(curve, 0.5).rejected).toBe(0);
  });

  test('rejects all where the surest pattern is wrong and no error is wanted', () => {
    const curve = curveOf([
      { margin: 0.5, wrong: false },
      { margin: 0.9, wrong: true },
    ]);
    expect(rejectionFor(curve, 0)).toMatchObject({ rejectedRate: 1, misclassifiedRate: 0 });
  });

  test('rejects nothing where nothing is wrong', () => {
    expect(rejectionFor(curveOf([{ margin: 0, wrong: false }]), 0)).toMatchObject({ threshold: 0, rejectedRate: 0 });
  });

  test.each([-0.01, 1.01, Number.NaN, '0.01', undefined])('refuses %s as a wanted error', (rate) => {
    const curve = curveOf([{ margin: 1, wrong: false }]);
    const message = refusal('invalid-argument', () => untyped(rejectionFor, curve, rate));
    expect(message).toMatch(/^misclassifiedRate: expected a number from 0 to 1; got /);
  });

  test.each([undefined, null, {}, { points: [] }, 7])('refuses %s as a curve', (curve) => {
    expect(refusal('invalid-argument', () => untyped(rejectionFor, curve, 0.01))).toMatch(/^curve: expected /);
  });
});

describe('rejectionCurve refuses', () => {
  const digits = madeUpDigits(2);

  test.each([undefined, null, {}, { classify: 7 }])('%s as a net', (net) => {
    const message = refusal('invalid-argument', () => untyped(rejectionCurve, net, digits));
    expect(message).toMatch(/^net: expected one with classify\(image\); got /);
  });

  test.each([
    ['a promise', Promise.resolve({ label: 0, margin: 0 })],
    ['nothing', undefined],
    ['no margin', { label: 0 }],
  ])('a net whose classify gives %s', (_, answer) => {
    const message = refusal('invalid-argument', () => untyped(rejectionCurve, { classify: () => answer }, digits));
    expect(message).toMatch(/^net.classify: expected \{ label, margin \}; got /);
  });

  test('anything but Digits, which are never empty', async () => {
    const net = await LeNet1.create();
    for (const given of [undefined, [], digits.images]) {
      expect(refusal('invalid-digits', () => untyped(rejectionCurve, net, given))).toMatch(/^digits: expected Digits/);
    }
    expect(refusal('invalid-digits', () => new Digits(new Float32Array(0), new Uint8Array(0)))).toMatch(/at least one/);
  });
});

describe('classify with rejectBelow', () => {
  test('rejects a smaller margin, not an equal one, and changes nothing else', async () => {
    const net = await LeNet1.create({ recipe: 'karpathy2022' });
    const image = madeUpImage();
    const plain = net.classify(image);
    const { margin } = plain;
    expect(margin).toBeGreaterThan(0);
    expect(plain.rejected).toBe(false);
    for (const [rejectBelow, rejected] of [
      [0, false],
      [margin, false],
      [margin * (1 + Number.EPSILON), true],
      [1e9, true],
    ] as const) {
      expect(net.classify(image, { rejectBelow })).toEqual({
        ...plain,
        rejected,
        reason: rejected ? 'unsure' : undefined,
      });
    }
    expect(net.classify(image, {})).toEqual(plain);
  });

  test('rejects what a diverged net says, which has no margin', async () => {
    const net = await LeNet1.create({ recipe: { ...recipes.karpathy2022, learningRate: 1e30 } });
    const image = madeUpImage();
    for (let step = 0; step < 5; step++) net.learn(image, 3);
    expect(net.classify(image)).toMatchObject({ margin: Number.NaN, rejected: false });
    expect(net.classify(image, { rejectBelow: 0 }).rejected).toBe(true);
  });

  test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY, '0.5', null, 1n])(
    'refuses a rejectBelow of %s',
    async (rejectBelow) => {
      const net = await LeNet1.create();
      const message = refusal('invalid-argument', () =>
        untyped(net.classify.bind(net), madeUpImage(), { rejectBelow }),
      );
      expect(message).toMatch(/^rejectBelow: expected a finite number of at least 0; got /);
    },
  );

  test.each([[0.5], [null], [{ rejectbelow: 0.5 }]])('refuses %j as options', async (options) => {
    const net = await LeNet1.create();
    const message = refusal('invalid-argument', () => untyped(net.classify.bind(net), madeUpImage(), options));
    expect(message).toMatch(/^options: expected (\{ rejectBelow \}|rejectBelow); got /);
  });
});
