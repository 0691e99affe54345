/**
 * The fields of one protocol buffer message as they come in: only what is needed to read a profile without holding it.
 * The library that knows pprof's messages (pprof-format) wants each of them whole.
 */

export interface Field {
  readonly number: number;
  /** The bytes of a string, a message or packed numbers; of a number undefined. */
  readonly bytes: Uint8Array | undefined;
  /** The value of a varint; of anything else 0. */
  readonly value: number;
}

/** The text is no message, or is cut off. */
export class FieldError extends Error {
  readonly problem: "foreign" | "truncated";

  constructor(problem: FieldError["problem"]) {
    super(problem);
    this.problem = problem;
  }
}

/** What follows a field's number (protobuf.dev, "Message Structure"). */
const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/** Most bytes of a varint. */
const varintLimit = 10;

/**
 * Reads the fields of the outermost message. `wanted` tells which of them are to be handed out: the others are passed
 * over. Throws FieldError, and what the chunks throw.
 *
 * @param fieldLimit Most bytes of one field.
 */
export async function* readFields(
  chunks: AsyncIterable<Uint8Array>,
  wanted: ReadonlySet<number>,
  fieldLimit: number,
): AsyncGenerator<Field> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    for (;;) {
      const next = fieldAt(rest, offset, fieldLimit);
      if (next === undefined) break;
      offset = next.end;
      if (wanted.has(next.field.number)) yield next.field;
    }
    rest = rest.subarray(offset);
  }
  if (rest.length > 0) throw new FieldError("truncated");
}

interface PlacedField {
  readonly field: Field;
  readonly end: number;
}

/** The field that begins at the offset; undefined when it is not there as a whole yet. */
function fieldAt(bytes: Uint8Array, offset: number, fieldLimit: number): PlacedField | undefined {
  const tag = varintAt(bytes, offset);
  if (tag === undefined) return undefined;
  const number = Math.floor(tag.value / 8);
  if (number === 0) throw new FieldError("foreign");
  switch (tag.value % 8) {
    case wireTypes.varint: {
      const read = varintAt(bytes, tag.end);
      return read && { field: { number, bytes: undefined, value: read.value }, end: read.end };
    }
    case wireTypes.lengthDelimited: {
      const length = varintAt(bytes, tag.end);
      if (length === undefined) return undefined;
      if (length.value > fieldLimit) throw new FieldError("foreign");
      const end = length.end + length.value;
      if (end > bytes.length) return undefined;
      return { field: { number, bytes: bytes.subarray(length.end, end), value: 0 }, end };
    }
    case wireTypes.fixed64:
      return fixed(number, bytes, tag.end + 8);
    case wireTypes.fixed32:
      return fixed(number, bytes, tag.end + 4);
    default:
      throw new FieldError("foreign");
  }
}

/** No field of a profile is of this kind. */
function fixed(number: number, bytes: Uint8Array, end: number): PlacedField | undefined {
  return end > bytes.length ? undefined : { field: { number, bytes: undefined, value: 0 }, end };
}

/** Beyond 53 bits the value is rounded: of such numbers only times are looked at. */
function varintAt(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < varintLimit; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  throw new FieldError("foreign");
}
