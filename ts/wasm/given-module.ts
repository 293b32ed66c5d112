// The module as the caller brings it.

import { describe, LeNet1Error, messageOf } from '../error.ts';
import { typedArrayName } from '../typed-array.ts';
import { exportNames } from './lenet1_wasm_exports.ts';
import { loadCoreFrom } from './loader.ts';
import { startError } from './support.ts';

/** The package's `lenet1_wasm_bg.wasm`: its bytes, a response with them, or compiled. */
export type GivenModule = ArrayBuffer | Uint8Array | Response | WebAssembly.Module;

const EXPECTED = 'lenet1_wasm_bg.wasm of this version of lenet1-wasm';

/**
 * Gives the package the module that it runs on. Nets, and all else that needs it, may be made from then on, and wait until it is
 * there. It is instantiated once: of what is given after that no more is asked than that a promise of it is kept.
 * @param module `lenet1-wasm/lenet1_wasm_bg.wasm` of the same version: its bytes, a Response with them, as `fetch` gives it, or a
 *   WebAssembly.Module; or a promise of one of these.
 * @throws LeNet1Error `invalid-argument` for what is none of these, `missing-file` for what cannot be fetched, `invalid-file` for what
 *   is not this module, by the names of its imports and exports, `unsupported` where there is no WebAssembly SIMD. Another may be given
 *   then; until it is, what needs the module is refused with `missing-file`, and this error as its `cause`.
 */
export async function provideModule(module: GivenModule | PromiseLike<GivenModule>): Promise<void> {
  const given = fetched(module);
  // Both, since nobody else hears of a fetch that fails where the module is not needed any more.
  await Promise.all([loadCoreFrom((imports) => instantiate(given, imports)), given]);
}

async function instantiate(given: Promise<unknown>, imports: WebAssembly.Imports): Promise<WebAssembly.Exports> {
  const source = await compilable(await given);
  try {
    const module = isModule(source) ? source : await WebAssembly.compile(source);
    checkExports(module);
    return (await WebAssembly.instantiate(module, imports)).exports;
  } catch (cause) {
    if (cause instanceof LeNet1Error) throw cause;
    throw await startError('invalid-file', EXPECTED, cause);
  }
}

/** Refuses a module of other exports than the glue calls: an older one would fail in the middle of things. Imports fail by themselves. */
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
  if (isBytes(given)) return new Uint8Array(given); // a copy, since memory that threads share is not compiled
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

/** The name of a platform object's class, of this realm or another. */
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
