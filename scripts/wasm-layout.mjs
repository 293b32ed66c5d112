// Checks where a module has its stack and its data. The kernels' `hold!` (crates/lenet1-core/src/lanes/hold.rs) relies
// on no borrowed value lying in the first 4 KiB: the linker puts the stack first, growing down towards 0, with all data
// behind it. With any other layout a kernel could end early, so the build fails here.

const KEPT_FREE = 4096;
/** A stack of at least this size is taken never to reach its far end. */
const SMALLEST_STACK = 64 * 1024;

const I32 = 0x7f;
const SECTIONS = { imports: 2, globals: 6, data: 11 };

/**
 * @param bytes a WebAssembly module as wasm-ld writes it
 * @throws Error unless the stack comes first and all data after it
 */
export function checkLayout(bytes) {
  const { globals, segments } = readModule(bytes);
  const pointers = globals.filter(({ mutable }) => mutable);
  if (pointers.length !== 1) throw layoutError('one mutable i32, the stack pointer', `${pointers.length} of them`);
  const stack = pointers[0].value;
  if (stack < SMALLEST_STACK) throw layoutError(`a stack of at least ${SMALLEST_STACK} bytes below its start`, stack);
  if (segments.length === 0) throw layoutError('data, to see that the stack comes first', 'none');
  // Constants are addresses too, some of them of data that starts as 0 and so is in no segment.
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

/** Allows only functions: an imported memory or global could be laid out in any way. */
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

/** `i32.const address end`: wasm-ld writes nothing else there. */
function readConstant(reader) {
  const opcode = reader.byte();
  const value = reader.signed();
  if (opcode !== 0x41 || reader.byte() !== 0x0b) throw layoutError('constant addresses', `opcode ${opcode}`);
  return value >>> 0;
}

/** Reads numbers as WebAssembly writes them, in groups of seven bits. */
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
