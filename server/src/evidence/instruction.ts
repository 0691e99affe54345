/** One line of machine code as the compiler prints it (cmd/internal/obj/util.go, Prog.WriteInstructionString). */

export interface Instruction {
  /** Offset in the function's code, as jumps name it; several instructions without code can share one. */
  readonly pc: number;
  /** As printed; empty where the compiler knows none. */
  readonly file: string;
  /** From 1; 0 where the compiler knows none. */
  readonly line: number;
  readonly operation: string;
  /** All behind the operation, in Go's syntax: the last operand is the one that is written to. */
  readonly operands: string;
}

/** Notes for the garbage collector and the unwinder: no code. */
const notes: ReadonlySet<string> = new Set(["PCDATA", "FUNCDATA", "TEXT", "NOP", "PCALIGN"]);

/** Parses a line such as `\t0x0024 00036 (/src/a.go:22)\tJMP\t49`; undefined for lines that hold no code. */
export function parseInstruction(text: string): Instruction | undefined {
  const open = text.indexOf("(");
  const close = text.indexOf(")\t", open);
  if (open < 0 || close < 0) return undefined;
  const operationEnd = text.indexOf("\t", close + 2);
  const operation = text.slice(close + 2, operationEnd < 0 ? text.length : operationEnd);
  if (notes.has(operation)) return undefined;
  return {
    pc: Number(text.slice(text.lastIndexOf(" ", open - 2) + 1, open - 1)),
    ...parsePlace(text.slice(open + 1, close)),
    operation,
    operands: operationEnd < 0 ? "" : text.slice(operationEnd + 1),
  };
}

/**
 * The place of `/src/a.go:22`; of `a.y:3[/src/a.go:22]`, which a `//line` directive makes, the first one, as in the
 * messages (cmd/internal/obj/line.go). File and line are empty and 0 where the text names none.
 */
export function parsePlace(text: string): Pick<Instruction, "file" | "line"> {
  const end = text.endsWith("]") ? text.lastIndexOf("[") : text.length;
  const colon = text.lastIndexOf(":", end);
  const line = colon < 0 ? NaN : Number(text.slice(colon + 1, end));
  return Number.isInteger(line) ? { file: text.slice(0, colon), line } : { file: "", line: 0 };
}

/** The symbol of `runtime.newobject(SB)`; undefined for calls through a register. */
export function symbolOf(operand: string): string | undefined {
  return operand.endsWith("(SB)") ? operand.slice(0, -"(SB)".length) : undefined;
}

/** The operands before the last one, and the last one, of a list; brackets within operands are minded. */
export function splitLast(operands: string): readonly [sources: string, destination: string] {
  let depth = 0;
  for (let index = operands.length - 1; index > 0; index--) {
    const character = operands[index];
    if (character === ")" || character === "]" || character === "}") depth++;
    else if (character === "(" || character === "[" || character === "{") depth--;
    else if (character === "," && depth === 0)
      return [operands.slice(0, index), operands.slice(index + 1).trim()];
  }
  return ["", operands];
}
