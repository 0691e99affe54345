/** The calls of the allocator in one function's code, and how sure each of them is to allocate. */
import type { AllocationCall, Certainty, EvidenceCondition } from "./allocationCall.js";
import { allocatorOf, type Allocator } from "./allocators.js";
import { controlFlow } from "./controlFlow.js";
import { parseInstruction, symbolOf, type Instruction } from "./instruction.js";
import type { Machine, Value } from "./machine.js";
import { reachingValue, reachingValues, type FunctionCode } from "./reachingValues.js";

/** A call before the sizes of types are known, which come at the end of the text. */
export interface RawCall extends Omit<AllocationCall, "file" | "function"> {
  /** As printed. */
  readonly file: string;
  /** Number of elements where the type is an element's, and it is known. */
  readonly count: number | null;
}

/** One function's code. `lines` may hold other lines as well. */
export function functionCode(lines: readonly string[], machine: Machine): FunctionCode {
  const code = lines.map((line) => parseInstruction(line)).filter((each) => each !== undefined);
  return { code, flow: controlFlow(code, machine), machine };
}

/** The calls in a function's code, in their order, each with the index of its instruction. */
export function functionCalls(around: FunctionCode): (RawCall & { readonly index: number })[] {
  return around.code.flatMap((instruction, index) => {
    if (instruction.operation !== "CALL") return [];
    const symbol = symbolOf(instruction.operands) ?? "";
    const allocator = allocatorOf(symbol);
    return allocator === undefined
      ? []
      : [{ ...rawCall(around, index, instruction, symbol, allocator), index }];
  });
}

function rawCall(
  around: FunctionCode,
  index: number,
  { file, line }: Instruction,
  call: string,
  allocator: Allocator,
): RawCall {
  const site = new CallSite(around, index, allocator);
  const { flow } = around;
  return {
    file,
    line,
    call,
    kind: allocator.kind,
    type: site.type(),
    bytes: site.bytes(),
    count: site.count(),
    ...site.judgement(),
    isCold: flow.blocks[flow.blockOf(index)]?.isCold === true,
    isShared: site.isShared(),
  };
}

interface Judgement {
  readonly certainty: Certainty;
  readonly when: EvidenceCondition | null;
}

const always: Judgement = { certainty: "yes", when: null };
const sometimes = (when: EvidenceCondition): Judgement => ({ certainty: "sometimes", when });
const likely = (when: EvidenceCondition): Judgement => ({ certainty: "likely", when });

class CallSite {
  readonly #around: FunctionCode;
  readonly #index: number;
  readonly #allocator: Allocator;

  constructor(around: FunctionCode, index: number, allocator: Allocator) {
    this.#around = around;
    this.#index = index;
    this.#allocator = allocator;
  }

  /** Without the `type:` of its symbol. */
  type(): string | null {
    const value = this.#argument(this.#allocator.type);
    return value?.kind === "symbol" && value.name.startsWith("type:")
      ? value.name.slice("type:".length)
      : null;
  }

  bytes(): number | null {
    const { bytes, size } = this.#allocator;
    if (bytes !== undefined) return bytes;
    const value = this.#argument(size);
    return value?.kind === "constant" ? value.value : null;
  }

  count(): number | null {
    if (this.#allocator.kind !== "slice") return null;
    const value = this.#argument(this.#allocator.capacity);
    return value?.kind === "constant" ? value.value : null;
  }

  /** Only variables that were put together have no type, a known size, and must be zero. */
  isShared(): boolean {
    const { kind, type, size, cleared } = this.#allocator;
    if (kind !== "object" || size === undefined || this.bytes() === null) return false;
    return isConstant(this.#argument(type), 0) && isConstant(this.#argument(cleared), 1);
  }

  judgement(): Judgement {
    const { kind, bytes } = this.#allocator;
    switch (kind) {
      case "slice":
        return this.#slice();
      case "growth":
        return this.#growth();
      case "move":
        return sometimes("size <= 32 bytes");
      case "map":
        return this.#map();
      case "map-growth":
        return sometimes("len > 8");
      case "box":
        if (bytes === undefined) return always;
        return likely(bytes > 8 ? "not empty" : "value > 255");
      case "concatenation":
      case "conversion":
        return this.#text();
      case "object":
        return this.#object();
      default:
        return always;
    }
  }

  /** A slice that is made and copied into at once asks for its bytes, which can be none. */
  #object(): Judgement {
    const { size } = this.#allocator;
    return size === undefined || this.bytes() !== null ? always : likely("not empty");
  }

  /** A make of variable size has a place on the stack for up to 32 bytes (Go 1.25, walk/builtin.go, walkMakeSlice). */
  #slice(): Judgement {
    if (this.count() === 0) return { certainty: "no", when: "zero size" };
    if (this.#hasStackBuffer()) return sometimes("size > 32 bytes");
    // Nothing is allocated for a slice that turns out to have no elements (runtime.zerobase).
    return this.count() === null ? likely("not empty") : always;
  }

  /**
   * The call stands behind the compiler's own test of the capacity. Where a slice without capacity can reach it, the first
   * growth is certain; where no other can and the new length is known, too, the test was whether there is any capacity,
   * unless the slice is nil for sure.
   */
  #growth(): Judgement {
    const { length, capacity } = this.#allocator;
    if (this.#isBuffered()) return sometimes("grows");
    const capacities = this.#arguments(capacity);
    const arrays = this.#arguments(0);
    const isZero = (value: Value) => isConstant(value, 0);
    // A capacity that was asked for can turn out to be zero, too; the address then is one that is not known.
    const isNothing = (value: Value) => isZero(value) || value.kind === "symbol" || value.kind === "stack";
    if (!capacities.some(isZero) || !arrays.some(isNothing)) return sometimes("grows");
    // A buffer on the stack took the first elements (Go 1.26, ssagen/ssa.go, append): it has a capacity, and came in between.
    const isRoom = (value: Value) => value.kind === "constant" && value.value > 0;
    if (arrays.some(({ kind }) => kind === "stack") && capacities.some(isRoom) && this.#hasStackBuffer())
      return likely("size > 32 bytes");
    if (!capacities.every(isZero) || this.#argument(length)?.kind !== "constant") return likely("not empty");
    const isEmpty = (value: Value) =>
      isZero(value) || (value.kind === "symbol" && value.name === "runtime.zerobase");
    return arrays.every(isEmpty) ? always : sometimes("grows");
  }

  #map(): Judgement {
    const { buffer, length } = this.#allocator;
    if (buffer === undefined || this.#argument(buffer)?.kind !== "stack") return always;
    const hint = this.#argument(length);
    return hint?.kind === "constant" && hint.value > 8 ? always : sometimes("len > 8");
  }

  /** Without a buffer only what is empty, or one string alone, needs no memory (runtime/string.go). */
  #text(): Judgement {
    return this.#argument(this.#allocator.buffer)?.kind === "stack"
      ? sometimes("len > 32")
      : likely("not empty");
  }

  /** Since Go 1.25 an append can begin in a buffer on the stack (runtime.growsliceBuf, growsliceBufNoAlias). */
  #isBuffered(): boolean {
    return this.#around.code[this.#index]?.operands.startsWith("runtime.growsliceBuf") === true;
  }

  /**
   * Whether the line compares with a constant and takes the address of a variable that the compiler made, or hands one
   * over: the stack is used first, and the call is for what is too large.
   */
  #hasStackBuffer(): boolean {
    const { code, machine } = this.#around;
    const call = code[this.#index];
    if (call === undefined) return false;
    let [compares, takes] = [false, false];
    for (const instruction of code) {
      if (instruction.line !== call.line || instruction.file !== call.file) continue;
      compares ||= machine.comparedWith(instruction) !== undefined;
      takes ||= takesTemporary(instruction);
    }
    return compares && takes;
  }

  #argument(position: number | undefined): Value | undefined {
    const register = position === undefined ? undefined : this.#around.machine.arguments[position];
    return register === undefined ? undefined : reachingValue(this.#around, this.#index, register);
  }

  #arguments(position: number | undefined): Value[] {
    const register = position === undefined ? undefined : this.#around.machine.arguments[position];
    return register === undefined ? [] : reachingValues(this.#around, this.#index, register);
  }
}

function isConstant(value: Value | undefined, expected: number): boolean {
  return value?.kind === "constant" && value.value === expected;
}

/** `LEAQ m..autotmp_4+80(SP), SI`, `MOVD $m..autotmp_4-32(SP), R3` */
function takesTemporary({ operation, operands }: Instruction): boolean {
  return operation === "LEAQ" ? /^\S*\.autotmp_\d+/.test(operands) : /^\$\S*\.autotmp_\d+/.test(operands);
}
