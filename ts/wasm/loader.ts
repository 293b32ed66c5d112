// Loads the core from the source that the imported entry offers. Apart from the sources, the only file that touches
// generated code.

import { LeNet1Error, type LeNet1ErrorCode, messageOf } from '../error.ts';
import * as glue from './lenet1_wasm_bg.js';

/** The generated classes. */
export type Core = Omit<typeof glue, '__wbg_set_wasm'>;
export type { RawDigits, RawNetwork } from './lenet1_wasm_bg.js';

/** An instance of the module. */
export interface Instantiated {
  readonly exports: WebAssembly.Exports;
  /** The compiled module, for instances in other threads; a bundler's is not known. */
  readonly module?: WebAssembly.Module;
}

/** Instantiates the module with `imports`. */
export type ModuleSource = (imports: WebAssembly.Imports) => Promise<Instantiated>;

let source: ModuleSource | undefined;
/** Instantiated, or about to be. A failed one is forgotten: the next call tries again. */
let core: Promise<Core> | undefined;
/** The last failure. */
let failure: unknown;
let memory: WebAssembly.Memory | undefined;
let compiled: WebAssembly.Module | undefined;

/**
 * Offers a source to load the core from when it is first needed. The first source wins: they all hold the same module.
 */
export function offerSource(offered: ModuleSource): void {
  source ??= offered;
}

/**
 * The core, instantiated once: from the given module if there is one, otherwise from the offered source.
 * @throws LeNet1Error `missing-file` if there is neither, or the error of the source; the next call tries again.
 */
export async function loadCore(): Promise<Core> {
  if (core !== undefined) return core;
  if (source === undefined) throw noModule();
  core = start(source);
  return core;
}

/**
 * Loads the core from a given source, unless it is loaded already or an earlier call succeeds.
 * @throws The error of the source; another may be given then.
 */
export async function loadCoreFrom(given: ModuleSource): Promise<void> {
  while (core !== undefined) {
    try {
      await core;
      return;
    } catch {
      // Reported to the earlier caller; now it is this one's turn.
    }
  }
  core = start(given); // in the tick of the call, if it is the first: `loadCore` right after it waits for this one
  await core;
}

async function start(from: ModuleSource): Promise<Core> {
  try {
    const { exports, module } = await from({ './lenet1_wasm_bg.js': glue as unknown as WebAssembly.ModuleImports });
    glue.__wbg_set_wasm(exports);
    memory = exports.memory as WebAssembly.Memory;
    (exports.__wbindgen_start as () => void)();
    compiled = module;
  } catch (error) {
    core = undefined;
    failure = error;
    throw error;
  }
  return glue;
}

function noModule(): LeNet1Error {
  const wanted = 'provideModule(…) of lenet1-wasm/slim, with lenet1_wasm_bg.wasm, before anything that needs it';
  // The message tells the cause too, since a worker's errors lose theirs on the way.
  const [got, options] =
    failure === undefined ? ['no module', {}] : [`one that failed: ${messageOf(failure)}`, { cause: failure }];
  return new LeNet1Error('missing-file', `expected ${wanted}; got ${got}`, options);
}

/** The compiled module of the core, if it is loaded and its source has it. */
export function coreModule(): WebAssembly.Module | undefined {
  return compiled;
}

/** Size of the core's memory in bytes, which never shrinks; 0 before it is loaded. For tests. */
export function coreMemoryBytes(): number {
  return memory?.buffer.byteLength ?? 0;
}

/**
 * Runs a call into the core and throws its errors as LeNet1Error. `allocated`: what the call needs memory for, if only
 * that can fail.
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
