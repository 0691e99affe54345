/** Sizes of the types that Go itself names (unsafe.Sizeof). */

/** Bytes on 64-bit targets, by name; the compiler checks what is made of it. */
export const basicSizes: Readonly<Record<string, number>> = {
  bool: 1,
  byte: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  rune: 4,
  float32: 4,
  int: 8,
  uint: 8,
  uintptr: 8,
  int64: 8,
  uint64: 8,
  float64: 8,
  complex64: 8,
  complex128: 16,
  string: 16,
  error: 16,
  any: 16,
};
