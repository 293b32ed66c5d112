// Takes the module from the caller.

import { describe, LeNet1Error, messageOf } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import { exportNames } from './lenet1_wasm_exports.ts';
import { type Instantiated, loadCoreFrom } from './loader.ts';
import { startError } from './support.ts';

/** The package's `lenet1_wasm_bg.wasm`: its bytes, a Response with them, or the compiled module. */
export type GivenModule = ArrayBuffer | Uint8Array | Response | WebAssembly.Module;

const EXPECTED = 'lenet1_wasm_bg.wasm of this version of lenet1-wasm';

/**
 * Provides the WebAssembly module. You may make nets right after the call: they wait for the module. It is instantiated
 * once; later calls only wait for their argument to resolve.
 * @param module `lenet1-wasm/lenet1_wasm_bg.wasm` of the same version: its bytes, a Response as from `fetch`, or a
 *   WebAssembly.Module; or a promise of one of these.
 * @throws LeNet1Error `invalid-argument` for anything else; `missing-file` if it cannot be fetched; `invalid-file` if
 *   it is another module, with other imports or exports; `unsupported` without WebAssembly SIMD. You may call it again
 *   then. Until that succeeds, nets are refused with `missing-file` and this error as its `cause`.
 */
export async function provideModule(module: GivenModule | PromiseLike<GivenModule>): Promise<void> {
  const given = fetched(module);
  // Both: if a module is already there, `given` is not used, but its failure must be reported.
  await Promise.all([loadCoreFrom((imports) => instantiate(given, imports)), given]);
}

async function instantiate(given: Promise<unknown>, imports: WebAssembly.Imports): Promise<Instantiated> {
  const source = await compilable(await given);
  try {
    const module = isModule(source) ? source : await WebAssembly.compile(source);
    checkExports(module);
    return { exports: (await WebAssembly.instantiate(module, imports)).exports, module };
  } catch (cause) {
    if (cause instanceof LeNet1Error) throw cause;
    throw await startError('invalid-file', EXPECTED, cause);
  }
}

/**
 * Refuses a module with other exports than the glue calls, which would fail later. Wrong imports fail by themselves.
 */
function checkExports(module: WebAssembly.Module): void {
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const missing = exportNames.filter((name) => !names.includes(name));
  const others = names.filter((name) => !exportNames.includes(name));
  if (missing.length + others.length === 0) return;
  const got = `a module without ${missing.length} of its exports and with ${others.length} others`;
  throw new LeNet1Error('invalid-file', `expected ${EXPECTED}; got ${got}`);
}

async function compilable(given: unknown): Promise<BufferSource | WebAssembly.Module> {
  if (isResponse(given)) return bytesOf(given);
  if (isModule(given) || isArrayBuffer(given)) return given;
  if (isBytes(given)) return new Uint8Array(given); // a copy, since shared memory cannot be compiled
  const expected = 'bytes (an ArrayBuffer or a Uint8Array), a Response or a WebAssembly.Module, or a promise of one';
  throw new LeNet1Error('invalid-argument', `module: expected ${expected}; got ${describe(given)}`);
}

async function bytesOf(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw missing(response.url, `status ${response.status}`);
  try {
    return await response.arrayBuffer();
  } catch (cause) {
    throw missing(response.url, messageOf(cause), cause);
  }
}

const isBytes = (value: unknown): value is Uint8Array => typedArrayName(value) === 'Uint8Array';
const isArrayBuffer = (value: unknown): value is ArrayBuffer => classOf(value) === 'ArrayBuffer';
const isModule = (value: unknown): value is WebAssembly.Module => classOf(value) === 'WebAssembly.Module';
const isResponse = (value: unknown): value is Response => classOf(value) === 'Response';

/** The name of a platform object's class, also for objects of another realm. */
function classOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

async function fetched(module: unknown): Promise<unknown> {
  try {
    return await module;
  } catch (cause) {
    throw missing('', messageOf(cause), cause);
  }
}

function missing(url: string, got: string, cause?: unknown): LeNet1Error {
  return new LeNet1Error('missing-file', `${url || 'module'}: expected ${EXPECTED}; got: ${got}`, { cause });
}
