/** What the assembly says of one package: its calls of the allocator, and what it has code of. Plain data. */
import type { Condition } from "../analysis/allocates.js";

/**
 * What a call makes. object: one value (also a variable, an array behind a literal, a closure); slice: make or a copy of a
 * slice; growth: append; move: a slice that leaves its stack buffer; box: a value in an interface; concatenation and
 * conversion: of strings; map-growth: an assignment to a map's element.
 */
export type CallKind =
  | "object"
  | "slice"
  | "growth"
  | "move"
  | "map"
  | "map-growth"
  | "channel"
  | "box"
  | "concatenation"
  | "conversion";

/** On what an allocation depends, in the words of the contract: those of allocates.ts, and those only code tells. */
export type EvidenceCondition =
  | Condition
  /** A string or bytes that a buffer of 32 bytes on the stack does not hold. */
  | "len > 32"
  /** A slice that leaves its function and still lies in a buffer of 32 bytes on the stack (Go 1.26). */
  | "size <= 32 bytes"
  /** A map that outgrows the eight entries it begins with. */
  | "len > 8"
  /** An integer that the runtime has no ready-made copy of. */
  | "value > 255"
  /** A string or slice that is not empty. */
  | "not empty"
  /** All that calls the function in its package has a copy of its body instead, which says for itself what it allocates. */
  | "not inlined"
  /** Not each run of the function that is called there comes to it. */
  | "on some paths"
  /** The machine code has no call of the allocator there. */
  | "no call";

/** How sure it is that the allocator allocates when the call is reached; `no` for a size of zero. */
export type Certainty = "yes" | "likely" | "sometimes" | "no";

/** One call of the allocator in the machine code. */
export interface AllocationCall {
  /** Symbol of the function whose code it is in, without its ABI: `m.(*T).M.func1`. */
  readonly function: string;
  /** Absolute path and line (from 1) of the outermost position: in the person's function, not in an inlined callee. */
  readonly file: string;
  readonly line: number;
  /** `runtime.newobject` */
  readonly call: string;
  readonly kind: CallKind;
  /** As the linker names it, import paths in full: `net/http.Request`, `[3]int`; null where no register says it. */
  readonly type: string | null;
  /** What is asked for, not rounded up to a size class; null where it depends on data or is not told. */
  readonly bytes: number | null;
  readonly certainty: Certainty;
  readonly when: EvidenceCondition | null;
  /** It is reached only on the way to a panic. */
  readonly isCold: boolean;
  /**
   * One object for several variables of a block, small ones without pointers, where the first of them is declared
   * (since Go 1.26; cmd/compile/internal/ssagen/ssa.go, flushPendingHeapAllocations).
   */
  readonly isShared: boolean;
}

/**
 * A call in the package's copy of another package's function, such as `slices.Collect`, at the line of the package's own
 * code that leads to it.
 */
export interface CopiedCall extends AllocationCall {
  /** Names of what is called on that line, the likeliest first: `Collect`, `AppendSeq`. */
  readonly callees: readonly string[];
}

/** What was read of the assembly of one variant of a package. */
export interface Assembly {
  readonly calls: readonly AllocationCall[];
  readonly copied: readonly CopiedCall[];
  /** Declarations that there is code of, by absolute path of their file: `F`, `(*T).M`, without type arguments. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
}
