// The core, from whichever source of the module the entry that was imported offers. Beside the sources, the one file that touches
// generated code.

import { LeNet1Error, type LeNet1ErrorCode, messageOf } from '../error.ts';
import * as glue from './lenet1_wasm_bg.js';

/** The generated classes. */
export type Core = Omit<typeof glue, '__wbg_set_wasm'>;
export type { RawDigits, RawNetwork } from './lenet1_wasm_bg.js';

/** Gives the exports of the module's instance; `imports` is what to instantiate it with. */
export type ModuleSource = (imports: WebAssembly.Imports) => Promise<WebAssembly.Exports>;

let source: ModuleSource | undefined;
/** Instantiated, or about to be. One that fails is forgotten: the next call may find another state of things. */
let core: Promise<Core> | undefined;
/** Why the last one failed. */
let failure: unknown;
let memory: WebAssembly.Memory | undefined;

/** Offers a source to load the core from when it is first needed. Of several the first is taken: they hold the same module. */
export function offerSource(offered: ModuleSource): void {
  source ??= offered;
}

/**
 * The core, instantiated once, from the source that was offered if none was given.
 * @throws LeNet1Error `missing-file` where there is no source, and what the source throws; the next call tries again.
 */
export async function loadCore(): Promise<Core> {
  if (core !== undefined) return core;
  if (source === undefined) throw noModule();
  core = start(source);
  return core;
}

/**
 * Loads the core from a source that is given, unless it is there, or one that came before has success.
 * @throws what the source throws; another may be given then.
 */
export async function loadCoreFrom(given: ModuleSource): Promise<void> {
  while (core !== undefined) {
    try {
      await core;
      return;
    } catch {
      // Told to whoever asked for that one; it is this one's turn.
    }
  }
  core = start(given); // in the tick of the call where nothing came before, so that what asks for the core next waits for it
  await core;
}

async function start(from: ModuleSource): Promise<Core> {
  try {
    const exports = await from({ './lenet1_wasm_bg.js': glue as unknown as WebAssembly.ModuleImports });
    glue.__wbg_set_wasm(exports);
    memory = exports.memory as WebAssembly.Memory;
    (exports.__wbindgen_start as () => void)();
  } catch (error) {
    core = undefined;
    failure = error;
    throw error;
  }
  return glue;
}

function noModule(): LeNet1Error {
  const wanted = 'provideModule(…) of lenet1-wasm/slim, with lenet1_wasm_bg.wasm, before anything that needs it';
  // In words too: a worker's errors come over without their cause.
  const [got, options] =
    failure === undefined ? ['no module', {}] : [`none that works: ${messageOf(failure)}`, { cause: failure }];
  return new LeNet1Error('missing-file', `expected ${wanted}; got ${got}`, options);
}

/** Bytes of the core's memory, which only ever grows; 0 before it is loaded. For tests. */
export function coreMemoryBytes(): number {
  return memory?.buffer.byteLength ?? 0;
}

/**
 * Runs a call into the core and throws what it refuses as a LeNet1Error. `allocated`: what the call finds memory for, if
 * that is all that can fail.
 */
export function callCore<Result>(call: () => Result, allocated?: string): Result {
  try {
    return call();
  } catch (error) {
    if (allocated !== undefined && (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) {
      const got = `${Math.round(coreMemoryBytes() / 2 ** 20)} MB in use, of 4096`;
      throw new LeNet1Error('out-of-memory', `expected memory for ${allocated}; got ${got}`, { cause: error });
    }
    if (!(error instanceof glue.RawError)) throw error;
    const refusal = new LeNet1Error(error.code as LeNet1ErrorCode, error.expected);
    error.free();
    throw refusal;
  }
}
