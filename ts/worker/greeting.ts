// How a client learns that a worker listens.
//
// Messages posted before the worker listens may be lost, since its file may load its parts later. So both sides
// announce themselves when they begin, and the worker answers each hello: whichever starts last is heard.

import type { Endpoint } from './comlink.ts';

const HELLO = 'lenet1-wasm: hello';
const READY = 'lenet1-wasm: ready';

/** For the client: fulfilled when the worker listens. */
export function whenReady(endpoint: Endpoint): Promise<void> {
  return new Promise((resolve) => {
    const listen = (event: Event): void => {
      if (greetingIn(event) !== READY) return;
      endpoint.removeEventListener('message', listen);
      resolve();
    };
    endpoint.addEventListener('message', listen);
    endpoint.postMessage({ greeting: HELLO });
  });
}

/** For the worker: tells the client, now and whenever asked, that it listens. */
export function sayReady(client: {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: Event) => void): void;
}): void {
  const ready = (): void => client.postMessage({ greeting: READY });
  client.addEventListener('message', (event) => {
    if (greetingIn(event) === HELLO) ready();
  });
  ready();
}

function greetingIn(event: Event): unknown {
  const data: unknown = 'data' in event ? event.data : undefined;
  return typeof data === 'object' && data !== null && 'greeting' in data ? data.greeting : undefined;
}
