/** What is known of a processor: where arguments lie, how code jumps, and what instructions write. Plain data. */
import type { Instruction } from "./instruction.js";

/** A register (`AX`), or a place on the stack: `NAME:OFFSET`, after the variable that the compiler put there. */
export type Location = string;

export type Value =
  | { readonly kind: "constant"; readonly value: number }
  /** The address of a variable on the stack. */
  | { readonly kind: "stack" }
  /** The address of a symbol: a type, a variable of the package. */
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "unknown" };

/** Where a written value comes from. */
export type Source = Value | { readonly kind: "copy"; readonly of: Location };

export interface Write {
  readonly to: Location;
  /** Bytes from the location on; of registers all are written. */
  readonly width: number;
  readonly from: Source;
}

export type Jump =
  /** `target`: pc. Undefined where it lies in a register, as for the tables of switches. */
  | { readonly kind: "always"; readonly target: number | undefined }
  | { readonly kind: "maybe"; readonly target: number }
  | { readonly kind: "return" };

export interface Machine {
  /** Registers of the integer arguments, in their order. */
  readonly arguments: readonly string[];
  /** The only register that a call of the write barrier changes (runtime/asm_*.s, gcWriteBarrier). */
  readonly barrier: string;
  /** Undefined for instructions that the next one follows. */
  jumpOf(instruction: Instruction): Jump | undefined;
  /** What the instruction writes, calls left out: they leave no register as it was. */
  writesOf(instruction: Instruction): readonly Write[];
  /** The constant that a comparison is with; undefined for other instructions. */
  comparedWith(instruction: Instruction): number | undefined;
}

export const unknown: Value = { kind: "unknown" };

/** The place of `main.x+24(SP)`; undefined for memory that no variable of the function names. */
export function slotOf(operand: string): Location | undefined {
  const match = /^(\S+?)([+-]\d+)?\((?:SP|FP)\)$/.exec(operand);
  if (match === null || /^[+-]?\d*$/.test(match[1] ?? "")) return undefined;
  return `${match[1] ?? ""}:${Number(match[2] ?? 0)}`;
}

/** Whether a write touches the location: registers by name, stack places by the bytes that it covers. */
export function touches({ to, width }: Write, location: Location): boolean {
  if (to === location) return true;
  const [written, wanted] = [to.lastIndexOf(":"), location.lastIndexOf(":")];
  if (written < 0 || wanted < 0 || to.slice(0, written) !== location.slice(0, wanted)) return false;
  const distance = Number(location.slice(wanted + 1)) - Number(to.slice(written + 1));
  return distance >= 0 && distance < width;
}
