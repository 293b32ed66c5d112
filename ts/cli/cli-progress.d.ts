// Types for the parts of cli-progress that are used: it brings none. Its code is bundled into progress.js when dist/ is
// built.

declare module 'cli-progress' {
  import type { EventEmitter } from 'node:events';

  /** Values that the format names in braces. */
  type Payload = Readonly<Record<string, string>>;

  /** One bar of a MultiBar. */
  interface Bar {
    update(value: number, payload: Payload): void;
  }

  /** Bars at the foot of a terminal, with logged lines above them. */
  export class MultiBar extends EventEmitter {
    constructor(options: Readonly<Record<string, unknown>>);
    create(total: number, start: number, payload: Payload): Bar;
    /** Printed above the bars at the next update. */
    log(text: string): void;
    update(): void;
    stop(): void;
  }
}
