/**
 * Reads the text of `-S=2` as it comes. Of a function only its lines are held, until its end; of types only their sizes.
 * Formats: cmd/internal/obj/objfile.go (writeSymDebug) and util.go.
 */
import path from "node:path";
import type { AllocationCall, Assembly } from "./allocationCall.js";
import { allocatorOf } from "./allocators.js";
import { amd64 } from "./amd64.js";
import { arm64 } from "./arm64.js";
import type { ControlFlow } from "./controlFlow.js";
import { declarationsOf, isExported, localName } from "./declaredNames.js";
import { copiedCalls, copyUses, mayNameCopy, type CopyUse, type FunctionCopies } from "./foreignCopies.js";
import { functionCalls, functionCode, type RawCall } from "./functionCalls.js";
import { parsePlace, type Instruction } from "./instruction.js";
import type { Machine } from "./machine.js";
import { sizeOf, type TypeSize } from "./typeSizes.js";

const machines: Readonly<Record<string, Machine>> = { amd64, arm64 };

/** Whether the assembly of a target (GOARCH) can be read. */
export function isReadable(goarch: string): boolean {
  return Object.hasOwn(machines, goarch);
}

/**
 * Reads the assembly of one variant; undefined for targets whose machine code is not known here.
 *
 * @param dir Absolute folder that relative paths in the text start from.
 */
export async function readAssembly(
  text: AsyncIterable<string>,
  goarch: string,
  dir: string,
): Promise<Assembly | undefined> {
  const reader = assemblyReader(goarch, dir);
  if (reader === undefined) return undefined;
  for await (const chunk of text) reader.push(chunk);
  return reader.end();
}

/** Reads the assembly of one variant as it is pushed; for the rest see `readAssembly`. */
export function assemblyReader(goarch: string, dir: string): AssemblyReader | undefined {
  const machine = machines[goarch];
  return machine && new AssemblyReader(machine, dir);
}

const tab = 9;
const space = 32;
const letterR = 114;

/** Takes the text in pieces cut anywhere. */
export class AssemblyReader {
  readonly #machine: Machine;
  readonly #dir: string;
  readonly #calls: { readonly function: string; readonly raw: RawCall }[] = [];
  readonly #functions = new Map<string, Set<string>>();
  /** Where the package's own functions name what may be a copy of another package's, by function. */
  readonly #uses = new Map<string, readonly CopyUse[]>();
  /** The functions of other packages' files that there is code of. */
  readonly #copies = new Map<string, FunctionCopies>();
  /** What the symbols of the package's own functions begin with: `net/http.`. */
  #prefix = "";
  /** The package's own functions that code or data of another symbol names. */
  readonly #mentioned = new Set<string>();
  readonly #types = new Map<string, TypeSize>();
  /** Own copies of names: a part of a piece of text would keep all of it. */
  readonly #names = new Map<string, string>();
  #tail = "";
  /** What the lines are of. */
  #symbol = "";
  #function = "";
  #type = "";
  #bytes = 0;
  #lines: string[] = [];
  #allocates = false;
  #namesCopies = false;

  constructor(machine: Machine, dir: string) {
    this.#machine = machine;
    this.#dir = dir;
  }

  push(chunk: string): void {
    const text = this.#tail + chunk;
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#line(text, start, end);
      start = end + 1;
    }
    this.#tail = text.slice(start);
  }

  end(): Assembly {
    if (this.#tail !== "") this.#line(this.#tail, 0, this.#tail.length);
    this.#finishFunction();
    const calls = this.#calls.map(({ function: name, raw }) => this.#call(name, raw));
    const copied = copiedCalls(this.#uses, this.#copies).map(({ function: name, raw, callees }) => ({
      ...this.#call(name, raw),
      callees,
    }));
    return { calls: calls.filter((call) => call.file !== ""), copied, functions: this.#functions };
  }

  #line(text: string, start: number, end: number): void {
    if (text.charCodeAt(start) !== tab) {
      this.#header(text, start, end);
      return;
    }
    if (text.charCodeAt(start + 1) === letterR) {
      this.#relocation(text, start, end);
      return;
    }
    // `\t0x0010 00016 (…` is code, `\t0x0010 49 3b …` are bytes.
    const second = text.indexOf(" ", start);
    const isData = text.charCodeAt(second + 3) === space;
    if (this.#function !== "" && !isData) this.#code(text.slice(start, end));
    else if (this.#type !== "" && isData) this.#descriptor(text.slice(start, end));
  }

  #code(line: string): void {
    this.#lines.push(line);
    this.#namesCopies ||= mayNameCopy(line);
    if (this.#allocates) return;
    const call = line.indexOf(")\tCALL\t");
    if (call < 0 || !line.endsWith("(SB)")) return;
    this.#allocates = allocatorOf(line.slice(call + ")\tCALL\t".length, -"(SB)".length)) !== undefined;
  }

  /** `\trel 41+4 t=R_CALL runtime.newobject<1>+0` */
  #relocation(text: string, start: number, end: number): void {
    if (this.#symbol === "") return;
    const kind = text.indexOf(" t=", start);
    const name = text.indexOf(" ", kind + 1) + 1;
    if (this.#prefix === "" || !text.startsWith(this.#prefix, name) || name > end) return;
    const symbol = text.slice(name, end).replace(/(?:<\d+>)?[+-]\d+$/, "");
    if (symbol !== this.#symbol && !this.#mentioned.has(symbol)) this.#mentioned.add(this.#own(symbol));
  }

  /** `NAME<1> STEXT size=…`, `type:NAME<0> SRODATA size=…` */
  #header(text: string, start: number, end: number): void {
    this.#finishFunction();
    this.#type = "";
    this.#symbol = "";
    const line = text.slice(start, end);
    const kind = / S[A-Z]+ /.exec(line);
    if (kind === null) return;
    const name = line.slice(0, kind.index).replace(/<\d+>$/, "");
    // What debuggers read names all functions.
    this.#symbol = line.startsWith("aux for ") || kind[0].startsWith(" SDWARF") ? "" : name;
    // A closure that is inlined wherever it is called has a symbol and no code.
    // Copies of what other packages declare are `dupok`.
    if (this.#prefix === "" && kind[0] === " STEXT " && !line.includes(" dupok "))
      this.#prefix = name.slice(0, name.length - localName(name).length);
    if (kind[0] === " STEXT " && !/ STEXT (?:\w+ )*size=0 /.test(line)) this.#function = name;
    else if (kind[0] === " SRODATA " && /^type:(?!\.)/.test(name)) this.#type = name.slice("type:".length);
  }

  /** The first words of a descriptor: its size, and at byte 21 its alignment (internal/abi/type.go, Type). */
  #descriptor(line: string): void {
    const data = line.slice(line.indexOf(" ") + 1);
    if (line.startsWith("\t0x0000 ")) this.#bytes = littleEndian(data);
    else if (line.startsWith("\t0x0010 ")) {
      const align = Number.parseInt(data.slice(15, 17), 16);
      this.#types.set(this.#own(this.#type), { bytes: this.#bytes, align });
      this.#type = "";
    }
  }

  #finishFunction(): void {
    if (this.#function === "") return;
    const file = this.#declaredIn();
    if (file !== "") this.#declare(file);
    if (this.#allocates || this.#namesCopies) this.#read(file !== "" && path.dirname(file) !== this.#dir);
    this.#function = "";
    this.#lines = [];
    this.#allocates = false;
    this.#namesCopies = false;
  }

  #read(isForeign: boolean): void {
    const name = this.#own(this.#function);
    const { code, flow } = functionCode(this.#lines, this.#machine);
    const found = this.#allocates ? functionCalls({ code, flow, machine: this.#machine }) : [];
    const calls = found.map(({ index, ...raw }) => {
      const type = raw.type === null ? null : this.#own(raw.type);
      const own = { ...raw, file: this.#own(raw.file), type, call: this.#own(raw.call) };
      this.#calls.push({ function: name, raw: own });
      return isForeign ? { ...own, isSure: flow.isOnEveryWay(index) } : undefined;
    });
    const uses = this.#namesCopies ? this.#usesIn(code, flow) : [];
    if (!isForeign) this.#uses.set(name, [...(this.#uses.get(name) ?? []), ...uses]);
    else this.#copies.set(name, { calls: calls.filter((call) => call !== undefined), uses });
  }

  #usesIn(code: readonly Instruction[], flow: ControlFlow): CopyUse[] {
    return copyUses(code, flow).map((use) => ({
      ...use,
      symbol: this.#own(use.symbol),
      file: this.#own(use.file),
    }));
  }

  /** The file of the function's first line, which has the place of its declaration; empty where it names none. */
  #declaredIn(): string {
    const first = this.#lines[0] ?? "";
    const { file } = parsePlace(first.slice(first.indexOf("(") + 1, first.indexOf(")\t")));
    return file === "" ? "" : this.#own(path.resolve(this.#dir, file));
  }

  #declare(file: string): void {
    const names = this.#functions.get(file) ?? new Set<string>();
    this.#functions.set(file, names);
    for (const name of declarationsOf(this.#function)) names.add(this.#own(name));
  }

  #own(name: string): string {
    let own = this.#names.get(name);
    if (own === undefined) {
      own = Buffer.from(name).toString();
      this.#names.set(own, own);
    }
    return own;
  }

  #call(name: string, { count, ...raw }: RawCall): AllocationCall {
    const { kind, type } = raw;
    const size = type === null ? undefined : sizeOf(type, this.#types)?.bytes;
    const isSized = kind === "object" || kind === "box" || kind === "slice";
    const known = kind === "slice" ? product(count, size) : (size ?? null);
    const isUnused = !isExported(name) && !this.#mentioned.has(name);
    return {
      ...raw,
      function: name,
      file: raw.file === "" ? "" : path.resolve(this.#dir, raw.file),
      bytes: isSized ? (raw.bytes ?? known) : null,
      ...(isUnused && raw.certainty !== "no"
        ? ({ certainty: "sometimes", when: "not inlined" } as const)
        : {}),
      ...(kind === "slice" && size === 0 ? ({ certainty: "no", when: "zero size" } as const) : {}),
    };
  }
}

function product(count: number | null, size: number | undefined): number | null {
  return count === null || size === undefined ? null : count * size;
}

/** The first eight bytes of `18 00 00 00 …`. */
function littleEndian(data: string): number {
  let value = 0;
  for (let index = 7; index >= 0; index--) {
    value = value * 256 + Number.parseInt(data.slice(3 * index, 3 * index + 2), 16);
  }
  return value;
}
