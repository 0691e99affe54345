/**
 * A package has machine code of its own of what other packages declare: instances of generic functions, and the bodies of
 * function literals that were inlined. What these allocate stands in other packages' files; it is told where the package's
 * own code calls or takes them.
 */
import type { ControlFlow } from "./controlFlow.js";
import { declarationsOf, localName } from "./declaredNames.js";
import type { RawCall } from "./functionCalls.js";
import { symbolOf, type Instruction } from "./instruction.js";

/** Where a function's code names such a copy. */
export interface CopyUse {
  readonly symbol: string;
  /** As printed, and the line (from 1). */
  readonly file: string;
  readonly line: number;
  /** It is called there; else its address is taken, and who calls it is not known. */
  readonly isCall: boolean;
  /** Whether each run of the function that returns comes there. */
  readonly isSure: boolean;
  readonly isCold: boolean;
}

/** What one function of the text has of either. */
export interface FunctionCopies {
  readonly calls: readonly (RawCall & { readonly isSure: boolean })[];
  readonly uses: readonly CopyUse[];
}

/** A call in a copy, told at the place of the package's own code that leads to it. */
export interface RawCopiedCall {
  readonly function: string;
  readonly raw: RawCall;
  /** What the place can call it, the likeliest first: `Collect`, `AppendSeq`. */
  readonly callees: readonly string[];
}

/** An instance, or a function literal: `slices.Sorted[go.shape.string](SB)`, `m.F.Lines.func1(SB)`. */
const named = /\t(CALL|LEAQ|MOVD)\t\$?(\S.*(?:\]|\.func\d+|-range\d+)(?:\.[\w.]+)?)\(SB\)/;

/** Whether a line of code may name a copy: a quick look, before anything is parsed. */
export function mayNameCopy(line: string): boolean {
  return line.includes("(SB)") && named.test(line) && !line.includes("type:");
}

/** The places in code that name instances and function literals; which of these are copies is not known before the end. */
export function copyUses(code: readonly Instruction[], flow: ControlFlow): CopyUse[] {
  return code.flatMap(({ operation, operands, file, line }, index) => {
    const isCall = operation === "CALL";
    if (!isCall && operation !== "LEAQ" && operation !== "MOVD") return [];
    const address = operands.slice(operands.startsWith("$") ? 1 : 0, operands.indexOf("(SB)") + 4);
    const symbol = symbolOf(address);
    if (symbol === undefined || !mayNameCopy(`\t${operation}\t${symbol}(SB)`)) return [];
    const isCold = flow.blocks[flow.blockOf(index)]?.isCold === true;
    return [{ symbol, file, line, isCall, isSure: flow.isOnEveryWay(index), isCold }];
  });
}

/** What is reached from each use in a package's own code, through other copies as well. */
export function copiedCalls(
  own: ReadonlyMap<string, readonly CopyUse[]>,
  copies: ReadonlyMap<string, FunctionCopies>,
): RawCopiedCall[] {
  return [...own].flatMap(([name, uses]) =>
    uses.flatMap((use) => {
      const callees = calleesOf(use.symbol, name);
      const { file, line, isCold } = use;
      return reached(use, copies).map((raw) => ({
        function: name,
        callees,
        raw: { ...raw, file, line, isCold: isCold || raw.isCold },
      }));
    }),
  );
}

function reached(start: CopyUse, copies: ReadonlyMap<string, FunctionCopies>): RawCall[] {
  const found: RawCall[] = [];
  const seen = new Set<string>();
  const follow = (symbol: string, isSure: boolean): void => {
    const copy = copies.get(symbol);
    if (copy === undefined || seen.has(symbol)) return;
    seen.add(symbol);
    for (const call of copy.calls) found.push(isSure && call.isSure ? call : onSomePaths(call));
    // What is sure first: a copy that is reached in two ways is followed once.
    const uses = [...copy.uses].filter(({ isCold }) => !isCold);
    const isCertain = (use: CopyUse) => isSure && use.isCall && use.isSure;
    for (const use of uses.filter(isCertain)) follow(use.symbol, true);
    for (const use of uses) follow(use.symbol, false);
  };
  follow(start.symbol, start.isCall);
  return found.filter(({ isCold, certainty }) => !isCold && certainty !== "no");
}

function onSomePaths(call: RawCall): RawCall {
  const isOpen = call.certainty === "sometimes" || call.certainty === "no";
  return isOpen ? call : { ...call, certainty: "sometimes", when: "on some paths" };
}

/** `Collect` and `AppendSeq` of `m.F.Collect[…].AppendSeq[…]-range1` in `m.F`; `Sorted` of `slices.Sorted[…]`. */
function calleesOf(symbol: string, owner: string): string[] {
  const own = new Set(declarationsOf(owner).flatMap((name) => name.split(".")));
  const parts = localName(symbol)
    .replace(/-(?:range\d+|fm)/g, "")
    .split(".");
  const isInOwner = parts[0] !== undefined && own.has(parts[0]);
  return (isInOwner ? parts.slice(1) : parts).filter(
    (part) => !/^(?:func|gowrap|deferwrap)?\d+$|^\(/.test(part),
  );
}
