// A worker that fails in the middle of its work, when told to.
import 'lenet1-wasm/worker/entry';

addEventListener('message', ({ data }) => {
  if (data === 'fail') throw new Error('no more');
});
