// The committed module's memory is laid out as the kernels' hold! needs it; a module with another layout is found out.

import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { expect, test } from 'vitest';
import { checkLayout } from '../../scripts/wasm-layout.mjs';

/** A module with these globals and data segments. */
function moduleOf(...lines: string[]): Uint8Array {
  const module = binaryen.parseText(`(module ${lines.join('\n')} (memory 17))`);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

const STACK = '(global (mut i32) (i32.const 1048576))';
const DATA = '(data (i32.const 1048576) "x")';

test('the committed module has its stack first and all data after it', () => {
  const bytes = readFileSync(new URL('../../ts/wasm/lenet1_wasm_bg.wasm', import.meta.url));
  expect(() => checkLayout(bytes)).not.toThrow();
});

test('a stack at the start of memory with data after it is fine', () => {
  expect(() => checkLayout(moduleOf(STACK, DATA, '(global i32 (i32.const 1048577))'))).not.toThrow();
});

// As wasm-ld lays memory out without --stack-first: data from 1024 on, then the stack.
const DATA_FIRST = ['(global (mut i32) (i32.const 1052672))', '(data (i32.const 1024) "x")'];

test.each([
  ['data first', DATA_FIRST, 'expected nothing in the first 4096 bytes but the end of the stack; got 1024'],
  ['data within the stack', [STACK, '(data (i32.const 524288) "x")'], 'got 524288'],
  ['one of two segments below the stack', [STACK, DATA, '(data (i32.const 8192) "x")'], 'got 8192'],
  ['a constant that points into the stack', [STACK, DATA, '(global i32 (i32.const 4100))'], 'got 4100'],
  ['a stack as small as what is to stay free', ['(global (mut i32) (i32.const 4096))', DATA], 'got 4096'],
  ['no stack pointer', [DATA], 'expected one mutable i32, the stack pointer; got 0 of them'],
  ['two mutable numbers', [STACK, STACK, DATA], 'got 2 of them'],
  ['no data', [STACK], 'got none'],
  ['data without an address', [STACK, '(data "x")'], 'got one of kind 1'],
  ['a stack pointer from outside', ['(import "env" "sp" (global (mut i32)))', DATA], 'got one of kind 3'],
])('%s is found out', (_, lines, message) => {
  expect(() => checkLayout(moduleOf(...lines))).toThrow(message);
});
