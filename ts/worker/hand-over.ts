// Arrays between a client and its worker are handed over, not copied.

import { transfer } from './comlink.ts';

/** Marks a message: its arrays will be handed over when it is posted. The sender must not use them afterwards. */
export function handOver<Message extends object>(message: Message): Message {
  return transfer(message, buffersIn(message));
}

/**
 * The buffers, each once, of the typed arrays in a value: the value itself, or the items of Maps, arrays and objects.
 */
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
