/** How large values of a type are, from the descriptors in the assembly and from the type's own words. 64 bits. */

export interface TypeSize {
  readonly bytes: number;
  readonly align: number;
}

/** Sizes of named types, by their names as the linker writes them; only those that the package describes. */
export type DescribedTypes = ReadonlyMap<string, TypeSize>;

/** The size, or undefined where a part of the type is described elsewhere. Never an estimate. */
export function sizeOf(type: string, described: DescribedTypes): TypeSize | undefined {
  const known = described.get(type) ?? basic.get(type) ?? described.get(`noalg.${type}`);
  if (known !== undefined) return known;
  if (type.startsWith("noalg.")) return sizeOf(type.slice("noalg.".length), described);
  if (type.startsWith("go.shape.")) return sizeOf(type.slice("go.shape.".length), described);
  if (/^(?:\*|map\[|chan\b|<-chan\b|func\()/.test(type)) return word;
  if (type.startsWith("[]")) return { bytes: 24, align: 8 };
  if (/^interface ?\{/.test(type)) return { bytes: 16, align: 8 };
  if (type.startsWith("struct {")) return structSize(type, described);
  const array = /^\[(\d+)\](.*)$/s.exec(type);
  const element = array === null ? undefined : sizeOf(array[2] ?? "", described);
  return element === undefined
    ? undefined
    : { bytes: Number(array?.[1]) * element.bytes, align: element.align };
}

const word: TypeSize = { bytes: 8, align: 8 };
const basic: ReadonlyMap<string, TypeSize> = new Map(
  [
    ...["bool", "int8", "uint8", "byte"].map((name) => [name, 1, 1] as const),
    ...["int16", "uint16"].map((name) => [name, 2, 2] as const),
    ...["int32", "uint32", "rune", "float32"].map((name) => [name, 4, 4] as const),
    ...["int", "uint", "int64", "uint64", "uintptr", "float64", "unsafe.Pointer"].map(
      (n) => [n, 8, 8] as const,
    ),
    ["complex64", 8, 4] as const,
    ...["complex128"].map((name) => [name, 16, 8] as const),
    ...["string", "error", "any"].map((name) => [name, 16, 8] as const),
  ].map(([name, bytes, align]) => [name, { bytes, align }]),
);

/** `struct { F uintptr; X0 int }`: fields in their order, each at its alignment (go.dev/ref/spec#Size_and_alignment_guarantees). */
function structSize(type: string, described: DescribedTypes): TypeSize | undefined {
  const body = type.slice("struct {".length, -"}".length).trim();
  if (body === "") return { bytes: 0, align: 1 };
  let [bytes, align, last] = [0, 1, 1];
  for (const field of splitFields(body)) {
    const size = sizeOf(fieldType(field), described);
    if (size === undefined) return undefined;
    bytes = roundUp(bytes, size.align) + size.bytes;
    align = Math.max(align, size.align);
    last = size.bytes;
  }
  // An address of a last field without size must not be that of the next object (cmd/compile/internal/types/size.go).
  return { bytes: roundUp(last === 0 && bytes > 0 ? bytes + 1 : bytes, align), align };
}

function roundUp(bytes: number, align: number): number {
  return Math.ceil(bytes / align) * align;
}

function splitFields(body: string): string[] {
  const fields: string[] = [];
  let [depth, start, isQuoted] = [0, 0, false];
  for (let index = 0; index < body.length; index++) {
    const character = body[index] ?? "";
    if (character === '"' && body[index - 1] !== "\\") isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === ";" && depth === 0) {
      fields.push(body.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...fields, body.slice(start).trim()];
}

/** The type of `name T "tag"`; an embedded field has its type alone. */
function fieldType(field: string): string {
  const bare = field.replace(/\s+"(?:[^"\\]|\\.)*"$/, "");
  const named = /^[\p{L}_·.][\p{L}\p{N}_·.]* (?=.)/u.exec(bare);
  return named === null || /^(?:chan|struct|interface|func) $/.test(named[0])
    ? bare
    : bare.slice(named[0].length);
}
