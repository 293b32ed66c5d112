// How a client learns that a worker listens.
//
// What is posted to a worker before it listens is lost where its file imports its parts in time of its own. So the client says
// hello when it begins, the worker is ready when it begins, and says so again to each hello: whoever comes last is heard.

import type { Endpoint } from './comlink.ts';

const HELLO = 'lenet1-wasm: hello';
const READY = 'lenet1-wasm: ready';

/** Fulfilled when the worker at the other end listens. For the client. */
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

/** Says that this worker listens, now and whenever asked. For the worker: `client` is the way to whoever started it. */
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
