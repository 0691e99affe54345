/** The instructions of amd64 as Go writes them (cmd/internal/obj/x86). */
import { splitLast, symbolOf, type Instruction } from "./instruction.js";
import {
  slotOf,
  unknown,
  type Jump,
  type Location,
  type Machine,
  type Source,
  type Write,
} from "./machine.js";

export const amd64: Machine = {
  arguments: ["AX", "BX", "CX", "DI", "SI", "R8", "R9", "R10", "R11"],
  barrier: "R11",
  jumpOf,
  writesOf,
  comparedWith({ operation, operands }) {
    if (!/^CMP[QLWB]$/.test(operation)) return undefined;
    const constant = /(?:^|, )\$(-?\d+)$/.exec(operands)?.[1];
    return constant === undefined ? undefined : Number(constant);
  },
};

function jumpOf({ operation, operands }: Instruction): Jump | undefined {
  if (operation === "RET" || operation === "UNDEF" || operation === "INT") return { kind: "return" };
  if (!operation.startsWith("J")) return undefined;
  const target = /^\d+$/.test(operands) ? Number(operands) : undefined;
  if (operation === "JMP") {
    // To another function: the frame is gone.
    return symbolOf(operands) === undefined ? { kind: "always", target } : { kind: "return" };
  }
  return target === undefined ? undefined : { kind: "maybe", target };
}

/** They only set flags, or write to memory that nothing here looks at. */
const readers = /^(?:CMP[QLWB]|TEST[QLWB]|BT[QLW]?|UCOMIS[SD]|COMIS[SD]|PUSH\w|XCHGL|PREFETCH\w*)$/;
/** They write two registers that they do not name (Intel's manual, MUL, DIV, CWD). */
const implicit = /^(?:I?MUL|I?DIV)[QLWB]$|^C[QDW][QOD]$|^CMPXCHG\w$|^RDTSC$|^CPUID$/;

/** They move through memory, and leave their registers behind it. */
const blocks = /^(?:DUFFZERO|DUFFCOPY|STOS[BLQ]|MOVS[BLQ])$/;

function writesOf({ operation, operands }: Instruction): readonly Write[] {
  if (blocks.test(operation)) return ["DI", "SI", "CX"].map((register) => written(register, unknown));
  if (readers.test(operation)) return [];
  const [source, destination] = splitLast(operands);
  if (implicit.test(operation) && source === "") return [written("AX", unknown), written("DX", unknown)];
  if (operation.startsWith("XCHG") || operation.startsWith("XADD"))
    return [...writes(source, unknown), ...writes(destination, unknown)];
  if (/^X?ORPS$|^XOR[QL]$/.test(operation) && source === destination)
    return writes(destination, { kind: "constant", value: 0 });
  if (operation === "MOVUPS" && source === "X15") return zeros(destination);
  return writes(destination, sourceOf(operation, source));
}

function sourceOf(operation: string, source: string): Source {
  if (operation === "LEAQ") return addressOf(source);
  if (operation !== "MOVQ" && operation !== "MOVL") return unknown;
  if (source.startsWith("$")) {
    const value = Number(source.slice(1));
    return Number.isInteger(value) ? { kind: "constant", value } : unknown;
  }
  const of = locationOf(source);
  return of === undefined ? unknown : { kind: "copy", of };
}

function addressOf(operand: string): Source {
  const name = symbolOf(operand);
  if (name !== undefined) return { kind: "symbol", name };
  return slotOf(operand) === undefined ? unknown : { kind: "stack" };
}

function locationOf(operand: string): Location | undefined {
  return /^[A-Z][A-Z0-9]+$/.test(operand) ? operand : slotOf(operand);
}

function writes(destination: string, from: Source): Write[] {
  const to = locationOf(destination);
  return to === undefined ? [] : [written(to, from)];
}

function written(to: Location, from: Source): Write {
  return { to, width: 8, from };
}

/** X15 is zero in Go's code (cmd/compile/abi-internal.md). */
function zeros(destination: string): Write[] {
  const to = slotOf(destination);
  return to === undefined ? [] : [{ to, width: 16, from: { kind: "constant", value: 0 } }];
}
