// comlink types its adapter for Node as CommonJS; this is the module that Node imports.

declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { MessagePort, Worker } from 'node:worker_threads';
  import type { Endpoint } from 'comlink';

  /** A worker or its port in Node, in the form that comlink takes. */
  // biome-ignore lint/style/noDefaultExport: it is comlink's.
  export default function nodeEndpoint(port: MessagePort | Worker): Endpoint;
}
