/**
 * The functions that the compiler calls to allocate (cmd/compile/internal/typecheck/_builtin/runtime.go) and what their
 * arguments mean, by position: the calling convention puts them in registers (cmd/compile/abi-internal.md).
 */
import type { CallKind } from "./allocationCall.js";

export interface Allocator {
  readonly kind: CallKind;
  /** Position of the type of what is made; of elements for slices. */
  readonly type?: number;
  /** Position of the size in bytes, where it is a constant at every call. */
  readonly size?: number;
  /** Positions of what makes the number of elements. */
  readonly length?: number;
  readonly capacity?: number;
  /** Position of whether the memory must be zero. */
  readonly cleared?: number;
  /** Position of memory on the stack that is used as long as it is enough; nil where there is none. */
  readonly buffer?: number;
  /** Bytes of what is made, where the function says it by itself. */
  readonly bytes?: number;
}

const exact: Readonly<Record<string, Allocator>> = {
  newobject: { kind: "object", type: 0 },
  mallocgc: { kind: "object", size: 0, type: 1, cleared: 2 },
  newarray: { kind: "slice", type: 0, capacity: 1 },
  makeslice: { kind: "slice", type: 0, length: 1, capacity: 2 },
  makeslice64: { kind: "slice", type: 0, length: 1, capacity: 2 },
  makeslicecopy: { kind: "slice", type: 0, length: 1, capacity: 1 },
  makemap: { kind: "map", type: 0, length: 1, buffer: 2 },
  makemap64: { kind: "map", type: 0, length: 1, buffer: 2 },
  makemap_small: { kind: "map" },
  makechan: { kind: "channel", type: 0 },
  makechan64: { kind: "channel", type: 0 },
  convT: { kind: "box", type: 0 },
  convTnoptr: { kind: "box", type: 0 },
  convT16: { kind: "box", bytes: 2 },
  convT32: { kind: "box", bytes: 4 },
  convT64: { kind: "box", bytes: 8 },
  convTstring: { kind: "box", bytes: 16 },
  convTslice: { kind: "box", bytes: 24 },
  slicebytetostring: { kind: "conversion", buffer: 0 },
  slicerunetostring: { kind: "conversion", buffer: 0 },
  stringtoslicebyte: { kind: "conversion", buffer: 0 },
  stringtoslicerune: { kind: "conversion", buffer: 0 },
  intstring: { kind: "conversion", buffer: 0 },
};

const byName: readonly (readonly [RegExp, Allocator])[] = [
  // Since Go 1.26 by size class: mallocgcSmallNoScanSC2, mallocgcTinySC2, … (runtime/malloc_generated.go).
  [/^mallocgc\w+SC\d+$/, { kind: "object", size: 0, type: 1, cleared: 2 }],
  [/^growslice\w*$/, { kind: "growth", length: 1, capacity: 2, type: 4 }],
  [/^moveSlice\w*$/, { kind: "move" }],
  [/^mapassign\w*$/, { kind: "map-growth", type: 0 }],
  [/^concat(?:string|byte)(?:[2-5]|s)$/, { kind: "concatenation", buffer: 0 }],
];

/** Strings.Builder.Grow and its like, inlined, take their memory from there. */
const makeNoZero = "internal/bytealg.MakeNoZero";

/** What is known of a called symbol; undefined when it does not allocate for its caller. */
export function allocatorOf(symbol: string): Allocator | undefined {
  if (symbol === makeNoZero) return { kind: "slice", capacity: 0 };
  if (!symbol.startsWith("runtime.")) return undefined;
  const name = symbol.slice("runtime.".length);
  if (Object.hasOwn(exact, name)) return exact[name];
  return byName.find(([pattern]) => pattern.test(name))?.[1];
}

/** Calls behind which no code of the function runs (cmd/compile/internal/ssagen, and runtime/panic.go). */
const noReturn = /^runtime\.(?:gopanic|panic\w*|goPanic\w*|throw|fatal\w*|block)$/;

export function neverReturns(symbol: string): boolean {
  return noReturn.test(symbol);
}
