// The one file that touches the generated module and glue.

import { LeNet1Error, type LeNet1ErrorCode } from '../error.ts';
import { gzippedBase64 } from './inlined.js';
import * as glue from './lenet1_wasm_bg.js';

/** The generated classes. */
export type Core = Omit<typeof glue, '__wbg_set_wasm'>;
export type { RawDigits, RawNetwork } from './lenet1_wasm_bg.js';

let core: Promise<Core> | undefined;
let memory: WebAssembly.Memory | undefined;

/**
 * The core, instantiated once.
 * @throws LeNet1Error `unsupported` where WebAssembly with SIMD cannot run.
 */
export function loadCore(): Promise<Core> {
  core ??= instantiate();
  return core;
}

async function instantiate(): Promise<Core> {
  const packed = Uint8Array.from(atob(gzippedBase64), (character) => character.charCodeAt(0));
  try {
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bytes = await new Response(unpacked).arrayBuffer();
    const imports = { './lenet1_wasm_bg.js': glue as unknown as WebAssembly.ModuleImports };
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    glue.__wbg_set_wasm(instance.exports);
    memory = instance.exports.memory as WebAssembly.Memory;
    (instance.exports.__wbindgen_start as () => void)();
  } catch (cause) {
    core = undefined; // the next call may find another state of things
    throw new LeNet1Error(
      'unsupported',
      'expected WebAssembly with SIMD (Chrome 100, Firefox 113, Safari 16.4, Node 20 or later, and a Content-Security-' +
        `Policy with 'wasm-unsafe-eval' if there is one); got: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  return glue;
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
