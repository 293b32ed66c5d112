// The messages between a training and the threads in which teachers learn.

import type { NetworkKind } from '../formats/state-dict.ts';
import type { Recipe } from '../recipes/recipes.ts';

/** The first message to a thread: makes the net that its teachers teach. Answered by `ready`. */
export interface Make {
  readonly to: 'make';
  /** The core, compiled. */
  readonly module: WebAssembly.Module;
  readonly kind: NetworkKind;
  readonly recipe: Recipe;
  readonly seed: number;
}

/** A later message to a thread. */
export type Order =
  /** Begins a pass of the net with this snapshot, which has the thread's teachers alone. */
  | { readonly to: 'begin'; readonly snapshot: Uint8Array }
  /** Lets the teachers learn the next patterns, as the core presents them. Answered by `answers`. */
  | { readonly to: 'teach'; readonly presented: Float32Array; readonly labels: Uint8Array }
  /** Ends a pass. Answered by `snapshot`. */
  | { readonly to: 'end' };

/** A message to a thread. */
export type ToThread = Make | Order;

/** A message from a thread. */
export type FromThread =
  | { readonly of: 'ready' }
  /** What the teachers answered, `[teacher][pattern][12]`. */
  | { readonly of: 'answers'; readonly answers: Float32Array }
  /** The net's snapshot, with what the teachers have learned. */
  | { readonly of: 'snapshot'; readonly snapshot: Uint8Array };
