// The nets in a snapshot. crates/lenet1-core/src/snapshot.rs documents its bytes.

/** The kind of snapshot and its version; then the number of teachers, in four bytes. */
const HEAD = 8;

/** A snapshot, taken apart. */
export interface SnapshotParts {
  /** What all snapshots begin with. */
  readonly head: Uint8Array;
  /** The net without its teachers. */
  readonly net: Uint8Array;
  readonly teachers: readonly Uint8Array[];
}

/** The parts of a net's snapshot: views of it. */
export function partsOf(snapshot: Uint8Array): SnapshotParts {
  const count = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(HEAD, true);
  const start = HEAD + 4;
  const length = (snapshot.length - start) / (1 + count);
  const nth = (place: number): Uint8Array => snapshot.subarray(start + place * length, start + (place + 1) * length);
  const teachers = Array.from({ length: count }, (_, teacher) => nth(1 + teacher));
  return { head: snapshot.subarray(0, HEAD), net: nth(0), teachers };
}

/** The snapshot of a net with these teachers. */
export function joined({ head, net, teachers }: SnapshotParts): Uint8Array {
  const snapshot = new Uint8Array(HEAD + 4 + net.length * (1 + teachers.length));
  snapshot.set(head);
  new DataView(snapshot.buffer).setUint32(HEAD, teachers.length, true);
  for (const [place, part] of [net, ...teachers].entries()) snapshot.set(part, HEAD + 4 + place * net.length);
  return snapshot;
}

/** Whether two snapshots have the same bytes. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place++) if (one[place] !== other[place]) return false;
  return true;
}
