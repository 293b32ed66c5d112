// A page that takes pictures, as a bundler makes it; the test calls what it puts on the window.
import './chosen.js';
import { pixelsFrom, wrongPixels } from './sources.js';

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });

Object.assign(window, {
  wrongPixels,
  onPage: pixelsFrom,
  inWorker(kind, given) {
    worker.postMessage([kind, given]);
    return new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true }));
  },
});
