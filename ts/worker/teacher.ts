// The body of a thread in which teachers learn for a net in another thread.

import { makeRaw } from '../nets/raw-recipe.ts';
import { partsOf } from '../nets/snapshot-parts.ts';
import type { FromThread, Make, Order, ToThread } from '../nets/teacher-messages.ts';
import { loadCore, loadCoreFrom, type RawNetwork } from '../wasm/loader.ts';

/** Numbers of an answer: ten outputs and two of padding. */
const ANSWER = 12;

/** Posts a message to the training. */
type Post = (message: FromThread) => void;

/** Obeys a training's messages in their order. An error ends the thread, as the training sees it. */
export function obeyer(post: Post): (message: ToThread) => void {
  let teachers: Promise<Teachers> | undefined;
  return (message) => {
    teachers = message.to === 'make' ? make(message, post) : teachers?.then((made) => made.obey(message));
    // In a browser a rejection would stay in the worker; an error reaches the training.
    teachers?.catch((error: unknown) => {
      setTimeout(() => {
        throw error;
      });
    });
  };
}

async function make({ module, kind, recipe, seed }: Make, post: Post): Promise<Teachers> {
  await loadCoreFrom(async (imports) => ({ exports: (await WebAssembly.instantiate(module, imports)).exports }));
  const teachers = new Teachers(makeRaw(await loadCore(), kind, recipe, seed), post);
  post({ of: 'ready' });
  return teachers;
}

/** Some teachers of a net. */
class Teachers {
  /** The net that they teach; it learns nothing itself. */
  readonly #net: RawNetwork;
  readonly #post: Post;
  #count = 0;

  constructor(net: RawNetwork, post: Post) {
    this.#net = net;
    this.#post = post;
  }

  obey(order: Order): this {
    if (order.to === 'begin') {
      this.#net.restore(order.snapshot);
      this.#count = partsOf(order.snapshot).teachers.length;
    } else if (order.to === 'teach') {
      const room = new Float32Array(this.#count * order.labels.length * ANSWER);
      const answers = this.#net.learn_apart(order.presented, order.labels, room);
      this.#post({ of: 'answers', answers });
    } else {
      this.#post({ of: 'snapshot', snapshot: this.#net.snapshot() });
    }
    return this;
  }
}
