/** The instructions of arm64 as Go writes them (cmd/internal/obj/arm64). */
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

export const arm64: Machine = {
  arguments: Array.from({ length: 16 }, (_, index) => `R${index}`),
  barrier: "R25",
  jumpOf,
  writesOf,
  comparedWith({ operation, operands }) {
    if (!/^CMPW?$/.test(operation)) return undefined;
    const constant = /^\$(-?\d+),/.exec(operands)?.[1];
    return constant === undefined ? undefined : Number(constant);
  },
};

/** `BLE 196`, `CBZ R2, 292`, `TBNZ $0, R2, 140`. */
const conditional = /^(?:B(?:EQ|NE|CS|HS|CC|LO|MI|PL|VS|VC|HI|LS|GE|LT|GT|LE)|CBN?ZW?|TBN?Z)$/;

function jumpOf({ operation, operands }: Instruction): Jump | undefined {
  if (operation === "RET" || operation === "UNDEF" || operation === "BRK") return { kind: "return" };
  const last = splitLast(operands)[1];
  const target = /^\d+$/.test(last) ? Number(last) : undefined;
  if (operation === "JMP" || operation === "B") {
    return symbolOf(operands) === undefined ? { kind: "always", target } : { kind: "return" };
  }
  return conditional.test(operation) && target !== undefined ? { kind: "maybe", target } : undefined;
}

/** They only set flags, or write nothing. */
const readers = /^(?:CMP\w?|CMN\w?|TST\w?|FCMP\w*|CCMP\w?|CCMN\w?|PRFM|DMB|ISB|HINT)$/;

function writesOf({ operation, operands }: Instruction): readonly Write[] {
  if (readers.test(operation) || jumpOf({ pc: 0, file: "", line: 0, operation, operands }) !== undefined)
    return [];
  const [source, destination] = splitLast(operands);
  if (operation === "STP" || operation === "STP.P" || operation === "STP.W")
    return pairStored(source, destination);
  if (destination.startsWith("(") && operation.startsWith("LDP"))
    return namesIn(destination).map((to) => written(to, unknown));
  const to = locationOf(destination);
  return to === undefined ? [] : [written(to, sourceOf(operation, source))];
}

function sourceOf(operation: string, source: string): Source {
  if (operation !== "MOVD" && operation !== "MOVWU" && operation !== "MOVW") return unknown;
  if (source === "ZR") return { kind: "constant", value: 0 };
  if (source.startsWith("$")) return immediate(source.slice(1));
  const of = locationOf(source);
  return of === undefined ? unknown : { kind: "copy", of };
}

function immediate(text: string): Source {
  if (/^-?\d+$/.test(text)) return { kind: "constant", value: Number(text) };
  const name = symbolOf(text);
  if (name !== undefined) return { kind: "symbol", name };
  return slotOf(text) === undefined ? unknown : { kind: "stack" };
}

function locationOf(operand: string): Location | undefined {
  return /^R\d+$/.test(operand) ? operand : slotOf(operand);
}

function pairStored(source: string, destination: string): Write[] {
  const to = slotOf(destination);
  const [first, second] = namesIn(source);
  if (to === undefined || first === undefined || second === undefined) return [];
  const colon = to.lastIndexOf(":");
  const next = `${to.slice(0, colon)}:${Number(to.slice(colon + 1)) + 8}`;
  return [written(to, sourceOf("MOVD", first)), written(next, sourceOf("MOVD", second))];
}

/** The registers of `(R1, R2)`. */
function namesIn(pair: string): string[] {
  return pair.slice(1, -1).split(", ");
}

function written(to: Location, from: Source): Write {
  return { to, width: 8, from };
}
