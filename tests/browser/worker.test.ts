// The net in a worker of Chromium: the bits of Node, a main thread that stays free, and an end that is told.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeNet1, type PassReport, type RecipeName, train } from '../../ts/entries/index.ts';
import { loadMnist } from '../../ts/entries/node.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type OpenPage, openPage } from './worker-pages.ts';

const PASSES = 3;
/** How often a training is tried, since other programs may hold the machine. */
const ATTEMPTS = 40;
const recipe = 'karpathy2022';

/** How the main thread fared, in ms. */
interface Held {
  readonly longestGap: number;
  readonly longTasks: readonly number[];
}

interface Run extends Held {
  readonly reports: readonly Omit<PassReport, 'seconds'>[];
  readonly parameters: string;
  readonly answers: number;
}

/** A training with teachers, on the page and in a worker. */
interface Taught {
  readonly parameters: readonly string[];
  readonly longTasks: readonly number[];
}

interface Thrown {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

describe.skipIf(chromiumPath === undefined)('in Chromium (needs it installed, or LENET1_CHROMIUM)', () => {
  let open: OpenPage;
  const inPage = <Result>(expression: string): Promise<Result> => open.page.evaluate(expression);

  beforeAll(async () => {
    const digits = await loadMnist({ recipe, seed: 1 });
    open = await openPage({ sources: 'worker-page', until: 'terminated', digits });
  });
  afterAll(() => open?.close());

  test('a training gives the bits of Node, answers meanwhile, and never holds the main thread for 50 ms', async () => {
    const runs: Run[] = [];
    // What the worker's own doing holds is held in every attempt.
    while (runs.length < ATTEMPTS && runs.at(-1)?.longTasks.length !== 0) {
      runs.push(await inPage<Run>(`trainInWorker(${PASSES})`));
    }
    const here = await trainedHere();
    for (const { reports, parameters, answers } of runs) {
      expect({ reports, parameters }).toEqual(here);
      expect(answers).toBeGreaterThanOrEqual(PASSES);
    }
    const held = runs.map(({ longestGap, longTasks }) => ({ longestGap, longTasks }));
    expect(held.at(-1)?.longTasks, `held for: ${JSON.stringify(held)}`).toEqual([]);
  });

  test('the same training on the main thread holds it, and is seen to', async () => {
    const { longestGap, longTasks } = await inPage<Held>(`trainOnMainThread(${PASSES})`);
    expect(longTasks.length).toBeGreaterThanOrEqual(1);
    expect(longestGap).toBeGreaterThan(50);
  });

  test('teachers learn in threads, for a net on the page and for one in a worker, with the bits of Node', async () => {
    const threads = (): number => open.asked.filter((path) => path.includes('teacher-entry')).length;
    const expected = Array<string>(2).fill(await parametersOf('lenet1best', 2));
    const alone = await inPage<Taught>('trainWithTeachers(1)');
    expect([alone.parameters, threads()]).toEqual([expected, 0]);
    const beside = await inPage<Taught>('trainWithTeachers(3)');
    expect([beside.parameters, threads()]).toEqual([expected, 4]);
    // Between two parts of a pass the page has its turn.
    expect(Math.max(0, ...beside.longTasks)).toBeLessThan(Math.max(...alone.longTasks));
  });

  test('a worker’s file of one’s own, which loads its parts late, serves as well', async () => {
    const { own, usual } = await inPage<{ own: number[]; usual: number[] }>('ownWorker()');
    expect(own).toHaveLength(10);
    expect(own).toEqual(usual);
  });

  test('a worker that fails rejects the training, the other calls and those to come', async () => {
    const message = 'expected a worker that runs; got one that ended: Uncaught Error: no more';
    const error = { name: 'LeNet1Error', code: 'worker-terminated', message };
    expect(await inPage('dyingWorker()')).toEqual([error, error, error]);
  });

  test('what cannot be loaded, and bad input, is refused', async () => {
    const [missing, foreign, badRecipe, image] = await inPage<Thrown[]>('refusals()');
    expect(missing).toMatchObject({ name: 'LeNet1Error', code: 'worker-terminated' });
    expect(missing?.message).toMatch(/its file could not be loaded \(if a bundler .* give create its { worker }\)$/);
    expect(foreign).toMatchObject({ name: 'LeNet1Error', code: 'worker-terminated' });
    expect(foreign?.message).toContain('https://example.org/worker.js');
    expect(badRecipe).toMatchObject({ code: 'unknown-recipe' });
    expect(image?.message).toMatch(/^image: expected a Float32Array of 256 .*; got Float32Array\(784\)/);
    expect(image).toMatchObject({ name: 'LeNet1Error', code: 'invalid-image' });
  });

  test('terminate, twice, rejects what is pending and what comes', async () => {
    const message = 'expected a worker that runs; got one that ended: terminate() was called';
    const error = { name: 'LeNet1Error', code: 'worker-terminated', message };
    expect(await inPage('terminated()')).toEqual([error, error, true]);
  });
});

/** The same training here. */
async function trainedHere(): Promise<Pick<Run, 'reports' | 'parameters'>> {
  const net = await LeNet1.create({ recipe, seed: 1 });
  const reports: Run['reports'][number][] = [];
  const splits = await loadMnist({ recipe, seed: 1 });
  for await (const { seconds: _, ...report } of train(net, { ...splits, passes: PASSES })) reports.push(report);
  return { reports, parameters: hashOf(net) };
}

/** The parameters of another recipe after passes here. */
async function parametersOf(name: RecipeName, passes: number): Promise<string> {
  const net = await LeNet1.create({ recipe: name, seed: 1 });
  const splits = await loadMnist({ recipe, seed: 1 });
  for (let pass = 1; pass <= passes; pass++) net.learnAll(splits.train);
  return hashOf(net);
}

function hashOf(net: LeNet1): string {
  const hash = createHash('sha256');
  for (const { data } of net.stateDict().values()) hash.update(new Uint8Array(data.buffer));
  return hash.digest('hex');
}
