// A page that trains, as a bundler makes it; the test calls what it puts on the window.

import { Digits, LeNet1, train } from 'lenet1-wasm';
import { LeNet1Worker } from 'lenet1-wasm/worker';

const options = { recipe: 'karpathy2022', seed: 1 };
const taught = { recipe: 'lenet1best', seed: 1 };
const image = new Float32Array(256).fill(-1);

/** Trains in a worker, asking meanwhile what a page asks: what it gave, how long the main thread was held, how often it was answered. */
window.trainInWorker = async (passes) => {
  const digits = await fetchDigits();
  const net = await LeNet1Worker.create(options);
  const watch = watchMainThread();
  let training = true;
  let answers = 0;
  const asking = (async () => {
    while (training) {
      await Promise.all([net.classify(image), net.inspect(image), net.stateDict()]);
      answers += 1;
    }
  })();
  const reports = [];
  for await (const { pass, train, test } of net.train({ ...digits, passes })) reports.push({ pass, train, test });
  training = false;
  await asking;
  const held = await watch.stop();
  const parameters = await hashOf(await net.stateDict());
  await net.terminate();
  return { reports, parameters, answers, ...held };
};

/** The same on the main thread: what the measuring must notice. */
window.trainOnMainThread = async (passes) => {
  const digits = await fetchDigits();
  const net = await LeNet1.create(options);
  const watch = watchMainThread();
  for await (const _ of train(net, { ...digits, passes }));
  return watch.stop();
};

/** Trains a net with teachers here and in a worker: both one's parameters, and the main thread's long tasks here. */
window.trainWithTeachers = async (threads) => {
  const { train: digits } = await fetchDigits();
  const given = { train: digits, passes: 2, threads, evaluate: false };
  const [here, there] = [await LeNet1.create(taught), await LeNet1Worker.create(taught)];
  const watch = watchMainThread();
  for await (const _ of train(here, given));
  const { longTasks } = await watch.stop();
  for await (const _ of there.train(given));
  const parameters = [await hashOf(here.stateDict()), await hashOf(await there.stateDict())];
  await there.terminate();
  return { parameters, longTasks };
};

/** Outputs from a worker with a file of its own, given as a Worker, that loads its parts late. */
window.ownWorker = async () => {
  const worker = new Worker(new URL('./own-worker.js', import.meta.url), { type: 'module' });
  const net = await LeNet1Worker.create({ ...options, worker });
  return { own: [...(await net.forward(image))], usual: [...(await (await LeNet1.create(options)).forward(image))] };
};

/** How a training ends whose worker fails in the middle, how its other call does, and how the next. */
window.dyingWorker = async () => {
  const worker = new Worker(new URL('./dying-worker.js', import.meta.url), { type: 'module' });
  const net = await LeNet1Worker.create({ ...options, worker });
  const digits = await fetchDigits();
  const training = net.train({ ...digits, passes: 1e9 });
  await training.next();
  worker.postMessage('fail');
  const pending = [errorOf(training.next()), errorOf(net.evaluate(digits.train))];
  return [...(await Promise.all(pending)), await errorOf(net.forward(image))];
};

/** How create refuses a worker whose file there is not, one on another origin, and a recipe and an image that are none. */
window.refusals = async () => [
  await errorOf(LeNet1Worker.create({ worker: new URL('/there-is-none.js', location.href) })),
  await errorOf(LeNet1Worker.create({ worker: new URL('https://example.org/worker.js') })),
  await errorOf(LeNet1Worker.create({ recipe: 'lenet5' })),
  await errorOf((await LeNet1Worker.create()).forward(new Float32Array(784))),
];

/** What is left of a terminated net. */
window.terminated = async () => {
  const net = await LeNet1Worker.create(options);
  const digits = await fetchDigits();
  const pending = errorOf(net.learnAll(digits.train));
  await net.terminate();
  await net.terminate();
  return [await pending, await errorOf(net.passes()), net.disposed];
};

async function errorOf(promise) {
  try {
    await promise;
  } catch ({ name, code, message }) {
    return { name, code, message };
  }
  return 'no error';
}

async function fetchDigits() {
  const part = async (name) => (await fetch(`/digits/${name}`)).arrayBuffer();
  const split = async (name) =>
    new Digits(new Float32Array(await part(`${name}/images`)), new Uint8Array(await part(`${name}/labels`)));
  return { train: await split('train'), test: await split('test') };
}

async function hashOf(stateDict) {
  const values = [...stateDict.values()].flatMap(({ data }) => [...data]);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Float32Array(values)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Notes the browser's own long tasks (over 50 ms) and the longest time between two turns of a timer, in ms. */
function watchMainThread() {
  const longTasks = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  let longestGap = 0;
  let last = performance.now();
  const turn = () => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
  };
  const timer = setInterval(turn, 1);
  return {
    async stop() {
      turn();
      clearInterval(timer);
      await new Promise((resolve) => setTimeout(resolve, 200)); // long tasks are told some time after
      longTasks.push(...observer.takeRecords());
      observer.disconnect();
      return { longestGap, longTasks: longTasks.map(({ duration }) => duration) };
    },
  };
}
