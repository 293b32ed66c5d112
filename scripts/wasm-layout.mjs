// Where a module has its stack and its data. The kernels' `hold!` (crates/lenet1-core/src/lanes/hold.rs) takes it that nothing
// that is borrowed lies in the first 4 KiB: the linker puts the stack first and it grows down towards 0, with all data behind it.
// A toolchain that lays memory out otherwise would let a kernel end early, and so fails the build here.

const KEPT_FREE = 4096;
/** Smallest stack whose far end counts as never reached. */
const SMALLEST_STACK = 64 * 1024;

const I32 = 0x7f;
const SECTIONS = { imports: 2, globals: 6, data: 11 };

/**
 * @param bytes a WebAssembly module as wasm-ld makes them
 * @throws Error unless the stack comes first and all data after it
 */
export function checkLayout(bytes) {
  const { globals, segments } = readModule(bytes);
  const pointers = globals.filter(({ mutable }) => mutable);
  if (pointers.length !== 1) throw layoutError('one changeable i32, the stack pointer', `${pointers.length} of them`);
  const stack = pointers[0].value;
  if (stack < SMALLEST_STACK) throw layoutError(`a stack of at least ${SMALLEST_STACK} bytes below its start`, stack);
  if (segments.length === 0) throw layoutError('data, which tells that the stack comes first', 'none');
  // Constants are addresses, some of data that is 0 at first and so in no segment.
  const addresses = [...segments, ...globals.filter(({ mutable }) => !mutable).map(({ value }) => value)];
  const lowest = Math.min(...addresses);
  if (lowest < KEPT_FREE) throw layoutError(`nothing in the first ${KEPT_FREE} bytes but the end of the stack`, lowest);
  if (lowest < stack) throw layoutError(`all data at or after the start of the stack, ${stack}`, lowest);
}

function layoutError(expected, got) {
  return new Error(
    `memory layout: expected ${expected}; got ${got} (see hold! in crates/lenet1-core/src/lanes/hold.rs)`,
  );
}

/** The i32 globals of a module, and the addresses of its data segments. */
function readModule(bytes) {
  const reader = new Reader(bytes, 8);
  const found = { globals: [], segments: [] };
  while (reader.at < bytes.length) {
    const section = reader.byte();
    const length = reader.number();
    const end = reader.at + length;
    if (section === SECTIONS.imports) refuseAllButFunctions(reader);
    if (section === SECTIONS.globals)
      found.globals = reader.list(() => readGlobal(reader)).filter(({ type }) => type === I32);
    if (section === SECTIONS.data) found.segments = reader.list(() => readSegment(reader));
    reader.at = end;
  }
  return found;
}

/** Only functions: a memory or a global from outside could be laid out in any way. */
function refuseAllButFunctions(reader) {
  reader.list(() => {
    reader.skip(reader.number());
    reader.skip(reader.number());
    const kind = reader.byte();
    if (kind !== 0) throw layoutError('no imports but functions', `one of kind ${kind}`);
    reader.number();
  });
}

function readGlobal(reader) {
  const type = reader.byte();
  const mutable = reader.byte() === 1;
  return { type, mutable, value: readConstant(reader) };
}

function readSegment(reader) {
  const kind = reader.number();
  if (kind !== 0) throw layoutError('data segments with an address', `one of kind ${kind}`);
  const address = readConstant(reader);
  reader.skip(reader.number());
  return address;
}

/** `i32.const address end`, which is all that wasm-ld writes there. */
function readConstant(reader) {
  const opcode = reader.byte();
  const value = reader.signed();
  if (opcode !== 0x41 || reader.byte() !== 0x0b) throw layoutError('constant addresses', `opcode ${opcode}`);
  return value >>> 0;
}

/** Numbers as WebAssembly writes them, in groups of seven bits. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  skip(length) {
    this.at += length;
  }
  number() {
    return this.#groups().value;
  }
  signed() {
    const { value, bits, last } = this.#groups();
    return last & 0x40 ? value - 2 ** bits : value;
  }
  list(read) {
    return Array.from({ length: this.number() }, read);
  }
  #groups() {
    let [value, bits, last] = [0, 0, 0];
    do {
      last = this.byte();
      value += (last & 0x7f) * 2 ** bits;
      bits += 7;
    } while (last & 0x80);
    return { value, bits, last };
  }
}
