/** The calls of a package's variants by the line where they stand. */
import type { AllocationCall, Assembly, CopiedCall } from "./allocationCall.js";

/** The assembly of one variant. */
export interface VariantAssembly {
  readonly assembly: Assembly;
  /** Absolute paths of the files that it was compiled from. */
  readonly files: readonly string[];
}

/**
 * What is one allocation in the source: its calls in the variants, in the instances of a generic function and in the
 * closures that have a copy. Not empty.
 */
export type CallGroup = readonly AllocationCall[];

export class CallIndex {
  readonly #variants: readonly VariantAssembly[];
  /** By file, then by line. */
  readonly #groups = new Map<string, ReadonlyMap<number, readonly CallGroup[]>>();

  readonly #copied = new Map<string, Map<number, CopiedCall[]>>();

  constructor(variants: readonly VariantAssembly[]) {
    this.#variants = variants;
    for (const call of variants.flatMap(({ assembly }) => assembly.copied)) {
      const lines = this.#copied.get(call.file) ?? new Map<number, CopiedCall[]>();
      this.#copied.set(call.file, lines);
      lines.set(call.line, [...(lines.get(call.line) ?? []), call]);
    }
    for (const [file, lines] of byPlace(variants)) {
      this.#groups.set(file, new Map([...lines].map(([line, calls]) => [line, grouped(calls)])));
    }
  }

  /** The file's allocations by line (from 1). */
  of(file: string): ReadonlyMap<number, readonly CallGroup[]> {
    return this.#groups.get(file) ?? new Map<number, CallGroup[]>();
  }

  /** What copies of other packages' functions allocate that the file's code calls, by line (from 1). */
  copiedOf(file: string): ReadonlyMap<number, readonly CopiedCall[]> {
    return this.#copied.get(file) ?? new Map<number, CopiedCall[]>();
  }

  /**
   * Whether there is code of the declaration, so that a call that is not there does not happen. Initializers of package
   * variables can come without any code: their values are laid out by the compiler.
   */
  covers(file: string, declaration: string): boolean {
    return this.#variants.some(
      ({ files, assembly }) =>
        files.includes(file) &&
        (declaration === "init" || assembly.functions.get(file)?.has(declaration) === true),
    );
  }

  /** Whether the file is part of any variant. */
  has(file: string): boolean {
    return this.#variants.some(({ files }) => files.includes(file));
  }
}

interface PlacedCall {
  /** Tells equal functions of different variants apart. */
  readonly owner: string;
  readonly call: AllocationCall;
}

function byPlace(variants: readonly VariantAssembly[]): Map<string, Map<number, PlacedCall[]>> {
  const files = new Map<string, Map<number, PlacedCall[]>>();
  variants.forEach(({ assembly }, variant) => {
    for (const call of assembly.calls) {
      const lines = files.get(call.file) ?? new Map<number, PlacedCall[]>();
      files.set(call.file, lines);
      const here = lines.get(call.line) ?? [];
      lines.set(call.line, here);
      here.push({ owner: `${variant} ${call.function}`, call });
    }
  });
  return files;
}

/** The n-th call of a kind in one function is the n-th in another: both are copies of the same source. */
function grouped(calls: readonly PlacedCall[]): CallGroup[] {
  const groups = new Map<string, AllocationCall[]>();
  const seen = new Map<string, number>();
  for (const { owner, call } of calls) {
    const words = `${call.call} ${call.type ?? ""} ${call.bytes ?? ""}`;
    const key = `${owner} ${words}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const group = groups.get(`${ordinal} ${words}`);
    if (group === undefined) groups.set(`${ordinal} ${words}`, [call]);
    else group.push(call);
  }
  return [...groups.values()];
}
