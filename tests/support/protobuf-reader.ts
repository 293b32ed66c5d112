// Reads messages of Protocol Buffers, as far as ONNX models need it: each field's values by its number.

/** A message: by a field's number its values in their order, integers as numbers, all else as bytes. */
export type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** The fields of a message. */
export function messageIn(bytes: Uint8Array): Message {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error(`expected another byte; got the end, ${at - 1}`);
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const [number, wireType] = [Math.floor(tag / 8), tag % 8];
    if (wireType !== 0 && wireType !== 2) throw new Error(`expected wire type 0 or 2; got ${wireType}`);
    const value = varint();
    const end = at + value;
    if (wireType === 2 && end > bytes.length) throw new Error(`expected ${end} bytes; got ${bytes.length}`);
    fields.set(number, [...(fields.get(number) ?? []), wireType === 0 ? value : bytes.subarray(at, end)]);
    if (wireType === 2) at = end;
  }
  return fields;
}

/** The messages in a field. */
export function messagesOf(message: Message, number: number): Message[] {
  return bytesOf(message, number).map(messageIn);
}

/** The texts in a field. */
export function textsOf(message: Message, number: number): string[] {
  return bytesOf(message, number).map((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/** The integers in a field. */
export function integersOf(message: Message, number: number): number[] {
  return (message.get(number) ?? []).map((value) => {
    if (typeof value !== 'number') throw new Error(`field ${number}: expected an integer; got ${value.length} bytes`);
    return value;
  });
}

/** The values of a field of bytes. */
export function bytesOf(message: Message, number: number): Uint8Array[] {
  return (message.get(number) ?? []).map((value) => {
    if (typeof value === 'number') throw new Error(`field ${number}: expected bytes; got the integer ${value}`);
    return value;
  });
}
