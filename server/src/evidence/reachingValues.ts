/** Which values a register can hold at a place: followed backwards through copies, stack places and merging ways. */
import type { ControlFlow } from "./controlFlow.js";
import type { Instruction } from "./instruction.js";
import { touches, unknown, type Location, type Machine, type Value } from "./machine.js";

export interface FunctionCode {
  readonly code: readonly Instruction[];
  readonly flow: ControlFlow;
  readonly machine: Machine;
}

/** Instructions that are looked at for one question. Generated functions can be very long. */
const limit = 20_000;

/** The values that can reach the location before the instruction of this index; `unknown` is one of them where not all are known. */
export function reachingValues(around: FunctionCode, index: number, location: Location): Value[] {
  const search = new Search(around);
  search.before(index, location);
  return search.values;
}

/** The only value that can reach the location, or unknown. */
export function reachingValue(around: FunctionCode, index: number, location: Location): Value {
  const [first, ...others] = reachingValues(around, index, location);
  return first !== undefined && others.length === 0 ? first : unknown;
}

class Search {
  readonly values: Value[] = [];
  readonly #around: FunctionCode;
  readonly #seen = new Set<string>();
  #steps = 0;

  constructor(around: FunctionCode) {
    this.#around = around;
  }

  before(index: number, location: Location): void {
    this.#within(this.#around.flow.blockOf(index), index, location);
  }

  /** Backwards from the instruction of the index, which is in the block or right behind it. */
  #within(number: number, index: number, location: Location): void {
    const { code, flow, machine } = this.#around;
    const start = flow.blocks[number]?.start ?? index;
    for (let at = index - 1; at >= start; at--) {
      const instruction = code[at];
      if (instruction === undefined || ++this.#steps > limit) {
        this.#add(unknown);
        return;
      }
      if (instruction.operation === "CALL") {
        // Places on the stack survive calls; registers do only that of the write barrier.
        if (location.includes(":") || (isWriteBarrier(instruction) && location !== machine.barrier)) continue;
        this.#add(unknown);
        return;
      }
      const write = machine.writesOf(instruction).find((each) => touches(each, location));
      if (write === undefined) continue;
      if (write.from.kind === "copy") this.#within(number, at, write.from.of);
      else this.#add(write.from);
      return;
    }
    this.#enter(number, location);
  }

  #enter(number: number, location: Location): void {
    const key = `${number} ${location}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const { blocks } = this.#around.flow;
    const block = blocks[number];
    if (block === undefined || block.isEntry) this.#add(unknown);
    for (const before of block?.predecessors ?? []) {
      const end = blocks[before]?.end;
      if (end !== undefined) this.#within(before, end, location);
    }
  }

  #add(value: Value): void {
    if (!this.values.some((known) => isEqual(known, value))) this.values.push(value);
  }
}

function isWriteBarrier({ operands }: Instruction): boolean {
  return operands.startsWith("runtime.gcWriteBarrier");
}

function isEqual(a: Value, b: Value): boolean {
  if (a.kind === "constant" && b.kind === "constant") return a.value === b.value;
  if (a.kind === "symbol" && b.kind === "symbol") return a.name === b.name;
  return a.kind === b.kind && a.kind !== "constant" && a.kind !== "symbol";
}
