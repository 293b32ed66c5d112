// How arrays go between a client and its worker: handed over, not copied.

import { transfer } from './comlink.ts';

/** Marks what is to be posted, so that the arrays in it, which nobody else may hold, are handed over. */
export function handOver<Message extends object>(message: Message): Message {
  return transfer(message, buffersIn(message));
}

/** The buffers of the typed arrays in a value, each once: itself, or in a Map, an array or an object. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (!ArrayBuffer.isView(part))
      for (const inner of part instanceof Map ? part.values() : Object.values(part)) collect(inner);
    else if (part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
  };
  collect(value);
  return [...buffers];
}
