// The functions that take a net take a net in a worker as well, to the same results, or say what to give instead.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeNet1, type PassReport, readSafetensors, rejectionCurve, train } from '../../ts/entries/index.ts';
import { saveStateDict } from '../../ts/entries/node.ts';
import { renderReport } from '../../ts/entries/report.ts';
import { bitsOf, madeUpDigits, untyped } from '../support/made-up-digits.ts';
import { workerNet } from '../support/worker-threads.ts';
import { refusal, rejection } from '../support/written-files.ts';

const digits = madeUpDigits(40);
const options = { train: digits, test: madeUpDigits(10, 2), passes: 3 };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-worker-functions-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All but the time it took. */
async function reportsOf(training: AsyncIterable<PassReport>): Promise<object[]> {
  const reports: object[] = [];
  for await (const { seconds: _, ...report } of training) reports.push(report);
  return reports;
}

/** A net here and its twin in a worker, trained for three passes. */
async function trainedNets() {
  const nets = { here: await LeNet1.create({ seed: 4 }), there: await workerNet({ seed: 4 }) };
  for (const net of [nets.here, nets.there]) for await (const _ of train(net, { ...options, evaluate: false }));
  return nets;
}

describe('train', () => {
  test('trains there: the same reports and the same bits', async () => {
    const [here, there] = [await LeNet1.create({ seed: 4 }), await workerNet({ seed: 4 })];
    expect(await reportsOf(train(there, options))).toEqual(await reportsOf(train(here, options)));
    expect(bitsOf(await there.stateDict())).toBe(bitsOf(here));
    expect(await there.passes()).toBe(3);
  });

  test('ends with the signal’s reason, the very same, and takes up again', async () => {
    const { here, there } = await trainedNets();
    const reason = { why: 'enough' };
    await expect(train(there, { ...options, signal: AbortSignal.abort(reason) }).next()).rejects.toBe(reason);
    expect(await reportsOf(train(there, options))).toEqual(await reportsOf(train(here, options)));
  });

  test('refuses at once what it refuses here', async () => {
    const { here, there } = await trainedNets();
    for (const given of [undefined, {}, { ...options, passes: 0 }, { ...options, epochs: 1 }]) {
      const message = refusal(given === undefined || 'test' in given ? 'invalid-argument' : 'invalid-digits', () =>
        untyped(train, there, given),
      );
      expect(() => untyped(train, here, given)).toThrow(message);
    }
    await there.terminate();
    expect(refusal('worker-terminated', () => train(there, options))).toContain('terminate() was called');
  });
});

describe('rejectionCurve', () => {
  test('gives a promise of the same curve', async () => {
    const { here, there } = await trainedNets();
    const curve = rejectionCurve(here, digits);
    expect(await rejectionCurve(there, digits)).toEqual(curve);
    const { classify } = here;
    expect(rejectionCurve({ classify: (image) => classify.call(here, image) }, digits)).toEqual(curve);
    expect(curve.points.length).toBeGreaterThan(10);
  });

  test('refuses what are no digits at once, and rejects once the worker has ended', async () => {
    const net = await workerNet();
    expect(refusal('invalid-digits', () => untyped(rejectionCurve, net, digits.images))).toMatch(/^digits: expected/);
    await net.terminate();
    await rejection('worker-terminated', rejectionCurve(net, digits));
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a plain array', new Array(400).fill(0)],
    ['one output too few', new Float32Array(399)],
    ['doubles', new Float64Array(400)],
  ])('refuses %s for answers', async (_, outputs) => {
    const expected = /^net\.answers: expected a Float32Array\(400\); got /;
    const now = { answers: () => outputs };
    expect(refusal('invalid-argument', () => untyped(rejectionCurve, now, digits))).toMatch(expected);
    const later = untyped(rejectionCurve, { answers: async () => outputs }, digits);
    expect(await rejection('invalid-argument', Promise.resolve(later))).toMatch(expected);
  });
});

describe('saveStateDict', () => {
  test('writes the same bytes', async () => {
    const { here, there } = await trainedNets();
    const [path, pathThere] = [join(folder, 'here'), join(folder, 'there')];
    await saveStateDict(path, here, { data: 'made up' });
    await saveStateDict(pathThere, there, { data: 'made up' });
    expect(readFileSync(pathThere)).toEqual(readFileSync(path));
    await there.loadStateDict(here.stateDict());
    await saveStateDict(pathThere, there);
    const { metadata } = readSafetensors(readFileSync(pathThere));
    expect(['passes', 'startedFrom', 'seed'].map((key) => metadata.get(key))).toEqual(['0', 'state dict', '4']);
  });

  test('rejects once the worker has ended, and writes nothing', async () => {
    const net = await workerNet();
    await net.terminate();
    await rejection('worker-terminated', saveStateDict(join(folder, 'never'), net));
    expect(() => readFileSync(join(folder, 'never'))).toThrow('ENOENT');
  });
});

test('renderReport says what to give instead', async () => {
  const net = await workerNet();
  const run = { net, train: digits, reports: [{ pass: 1, seconds: 1 }], command: 'x' };
  const rendered = Promise.resolve(untyped(renderReport, run));
  expect(await rejection('invalid-argument', rendered)).toBe(
    'net: expected a LeNet1 or a FullyConnected; got an object (LeNet1Worker): ' +
      'for a net in a worker, give await LeNet1.load(await netInWorker.save())',
  );
});
