// `lenet1-wasm/slim`: the module as the caller brings it, in every form, and what is none.

import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as inlined from '../../ts/entries/index.ts';
import type * as Slim from '../../ts/entries/slim.ts';
import { exportNames } from '../../ts/wasm/lenet1_wasm_exports.ts';
import { bitsOf, madeUpImage } from '../support/made-up-digits.ts';

const file: Buffer = readFileSync(new URL('../../ts/wasm/lenet1_wasm_bg.wasm', import.meta.url));
const bytes: Uint8Array<ArrayBuffer> = new Uint8Array(file);
const response = (body: Uint8Array<ArrayBuffer> | string, status = 200): Response => new Response(body, { status });
let slim: typeof Slim;

beforeEach(async () => {
  vi.resetModules(); // the module is given once
  slim = await import('../../ts/entries/slim.ts');
});
afterEach(() => vi.restoreAllMocks());

/** How a promise is rejected: `code: message`. */
async function rejection(promise: Promise<unknown>): Promise<string> {
  const { code, message } = await errorOf(promise);
  return `${code}: ${message}`;
}

async function errorOf(promise: Promise<unknown>): Promise<Slim.LeNet1Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof slim.LeNet1Error) return error;
    throw error;
  }
  throw new Error('expected a rejection');
}

/** The module with another name, of the same length, in the place of one of its imports or exports. */
function renamed(name: string, other: string): Uint8Array<ArrayBuffer> {
  const at = file.indexOf(name);
  if (at < 0 || other.length !== name.length) throw new Error(`expected ${name} in the module, and one as long`);
  const changed = bytes.slice();
  changed.set(Buffer.from(other, 'latin1'), at);
  return changed;
}
const failedFetch = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

test.each<[string, () => Slim.GivenModule | Promise<Slim.GivenModule>]>([
  ['bytes', () => bytes],
  ['a Buffer of Node’s', () => file],
  ['an ArrayBuffer', () => bytes.buffer],
  ['an ArrayBuffer of another realm', () => runInNewContext('Uint8Array.from(bytes).buffer', { bytes })],
  [
    'bytes that threads share',
    () => {
      const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
      shared.set(bytes);
      return shared;
    },
  ],
  ['a Response', () => response(bytes)],
  ['a promise of a Response', () => Promise.resolve(response(bytes))],
  ['a compiled module', () => new WebAssembly.Module(bytes)],
])('%s: nets are those of the inlined module, to the bit', async (_, module) => {
  await slim.provideModule(module());
  const options = { recipe: 'karpathy2022', seed: 3 } as const;
  const [net, usual] = [await slim.LeNet1.create(options), await inlined.LeNet1.create(options)];
  expect(net.learn(madeUpImage(), 4)).toBe(usual.learn(madeUpImage(), 4));
  expect(bitsOf(net)).toBe(bitsOf(usual));
});

describe('anything but a module is refused, and another may follow', () => {
  const ofThisVersion = 'expected lenet1_wasm_bg.wasm of this version of lenet1-wasm';
  const forms =
    'expected bytes (an ArrayBuffer or a Uint8Array), a Response or a WebAssembly.Module, or a promise of one';
  const cut = bytes.slice(0, 1000);
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

  test.each<[string, unknown, string]>([
    ['a path', './lenet1_wasm_bg.wasm', `invalid-argument: module: ${forms}; got './lenet1_wasm_bg.wasm'`],
    ['nothing', undefined, `invalid-argument: module: ${forms}; got undefined`],
    ['other numbers', new Float32Array(2), `invalid-argument: module: ${forms}; got Float32Array(2)`],
    ['a namespace of exports', { memory: 1 }, `invalid-argument: module: ${forms}; got an object (Object)`],
    ['a page that is not there', response('no', 404), `missing-file: module: ${ofThisVersion}; got: status 404`],
    ['no bytes', new Uint8Array(0), `invalid-file: ${ofThisVersion}; got: `],
    ['cut bytes', cut, `invalid-file: ${ofThisVersion}; got: `],
    ['a page in its place', response('<!doctype html>'), `invalid-file: ${ofThisVersion}; got: `],
    [
      'another module',
      empty,
      `invalid-file: ${ofThisVersion}; got a module without ${exportNames.length} of its exports and with 0 others`,
    ],
    [
      'a module of another version',
      renamed('rawnetwork_passes', 'rawnetwork_rounds'),
      `invalid-file: ${ofThisVersion}; got a module without 1 of its exports and with 1 others`,
    ],
    [
      'a module made for other glue',
      renamed('__wbg_rawerror_new', '__wbg_rawerror_old'),
      `invalid-file: ${ofThisVersion}; got: `,
    ],
    ['another compiled module', new WebAssembly.Module(empty), `invalid-file: ${ofThisVersion}; got a module without`],
  ])('%s', async (_, module, message) => {
    const given = module as Slim.GivenModule;
    expect((await rejection(slim.provideModule(given))).startsWith(message)).toBe(true);
    expect(await rejection(slim.LeNet1.create())).toMatch(/^missing-file: /);
    await slim.provideModule(bytes);
    expect(await slim.LeNet1.create()).toBeInstanceOf(slim.LeNet1);
  });

  test('a fetch that fails', async () => {
    expect(await rejection(slim.provideModule(failedFetch()))).toBe(
      `missing-file: module: ${ofThisVersion}; got: Failed to fetch`,
    );
  });

  test('a fetch that fails is what a net that is asked for later is refused for, in words and as the cause', async () => {
    const failure = await errorOf(slim.provideModule(failedFetch()));
    const refusal = await errorOf(slim.LeNet1.create());
    expect(refusal.code).toBe('missing-file');
    expect(refusal.message).toMatch(/; got one that failed: module: expected .*; got: Failed to fetch$/);
    expect(refusal.cause).toBe(failure);
  });

  test('a fetch that fails is told where a module is there, or on its way, too', async () => {
    const first = slim.provideModule(bytes);
    expect(await rejection(slim.provideModule(failedFetch()))).toMatch(/^missing-file: module: .*Failed to fetch$/);
    await first;
    expect(await rejection(slim.provideModule(failedFetch()))).toMatch(/^missing-file: module: .*Failed to fetch$/);
    expect(await slim.LeNet1.create()).toBeInstanceOf(slim.LeNet1);
  });

  test('a module that is given before the failure of another is known takes its place', async () => {
    const first = slim.provideModule(failedFetch());
    const second = slim.provideModule(bytes);
    expect(await rejection(first)).toMatch(/^missing-file: /);
    await second;
    expect(await slim.LeNet1.create()).toBeInstanceOf(slim.LeNet1);
  });

  test('a response that was read before', async () => {
    const read = response(bytes);
    await read.text();
    expect(await rejection(slim.provideModule(read))).toMatch(/^missing-file: module: expected .*; got: .*/);
  });
});

test('without a module, a net and MNIST’s draws are refused, in words that help', async () => {
  const message =
    'missing-file: expected provideModule(…) of lenet1-wasm/slim, with lenet1_wasm_bg.wasm, before anything that needs it; got no module';
  expect(await rejection(slim.LeNet1.create())).toBe(message);
  expect(await rejection(slim.FullyConnected.create())).toBe(message);
  expect(await rejection(slim.LeNet1.pretrained())).toBe(message);
});

test('a net that is asked for too early is refused, and does not keep out a module that is given in the same tick', async () => {
  const early = slim.LeNet1.create();
  const given = slim.provideModule(bytes);
  expect(await rejection(early)).toMatch(/^missing-file: .*; got no module$/);
  await given;
  expect(await slim.LeNet1.create()).toBeInstanceOf(slim.LeNet1);
});

test('a net that is asked for while the module is on its way waits for it', async () => {
  let arrive: (module: Response) => void = () => {};
  const given = slim.provideModule(
    new Promise<Response>((resolve) => {
      arrive = resolve;
    }),
  );
  const net = slim.LeNet1.create();
  arrive(response(bytes));
  await given;
  expect((await net).forward(madeUpImage())).toHaveLength(10);
});

test('the list of exports is that of the module', () => {
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(bytes));
  expect(exportNames).toEqual(exports.map(({ name }) => name));
});

test('the classes are those of the main entry, and so is the one instance, whichever is there first', async () => {
  const main: typeof inlined = await import('../../ts/entries/index.ts');
  expect(main.LeNet1).toBe(slim.LeNet1);
  expect(main.train).toBe(slim.train);
  const instantiate = vi.spyOn(WebAssembly, 'instantiate');
  await main.LeNet1.create();
  await slim.provideModule(bytes);
  await slim.LeNet1.create();
  expect(instantiate).toHaveBeenCalledTimes(1);
});

test('where no module with SIMD can run, that is what is said', async () => {
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('blocked by CSP'));
  expect(await rejection(slim.provideModule(bytes))).toMatch(
    /^unsupported: expected WebAssembly with SIMD .*'wasm-unsafe-eval'.*; got: blocked by CSP$/,
  );
});

test.each(['slim', 'bundler'])('the %s entry of workers is refused outside a browser’s worker', async (kind) => {
  const expected = `invalid-argument: expected lenet1-wasm/worker/${kind}-entry in a browser's worker; got it elsewhere`;
  expect(await rejection(import(`../../ts/worker/${kind}-entry.ts`))).toBe(expected);
});
