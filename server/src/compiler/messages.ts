/**
 * The grammar of one message: what stands behind `file:line:col:`. Wordings are those of Go 1.21 to 1.27, of both sides
 * of the change of Go 1.25 (cmd/compile/internal/escape/{escape,solve,graph}.go; cmd/compile/internal/inline/inl.go;
 * cmd/compile/internal/devirtualize).
 */

import type {
  CaptureFact,
  ExplanationFact,
  Flow,
  HeapFact,
  InlinedCallFact,
  InlineFact,
  LeakFact,
  LeakTargetFact,
  StackFact,
} from "./facts.js";

/** A fact whose place is not known yet. */
type Unplaced<PlacedFact> = Omit<PlacedFact, "position">;

export type Message =
  | Unplaced<HeapFact>
  | Unplaced<StackFact>
  | Unplaced<LeakFact>
  | Unplaced<InlinedCallFact>
  | Unplaced<InlineFact>
  | Unplaced<CaptureFact>
  | Pick<ExplanationFact, "kind" | "text" | "function">
  | ({ readonly kind: "leak-explanation" } & Omit<LeakTargetFact, "kind">)
  | ({ readonly kind: "flow" } & Omit<Flow, "steps">)
  | { readonly kind: "step"; readonly text: string; readonly reason: string; readonly place: string }
  | { readonly kind: "truncated" }
  | { readonly kind: "note" };

const note: Message = { kind: "note" };

/**
 * Reads one message; `message` is what follows the colon of the position, its first blank included (further blanks tell
 * flows and steps from messages). Returns undefined for a message that no rule knows. Never throws.
 */
export function parseMessage(message: string): Message | undefined {
  if (message.startsWith("   ")) return parseContinuation(message);
  if (!message.startsWith(" ")) return undefined;
  const text = message.slice(1);
  return parseVerdict(text) ?? parseInlining(text) ?? parseCapture(text) ?? parseNote(text);
}

/** Lines below an explanation's header: `flow:` behind three blanks, `from` behind five (escape/solve.go, explainPath). */
function parseContinuation(message: string): Message | undefined {
  const text = message.trimStart();
  if (text.startsWith("from ")) return parseStep(text);
  if (text.startsWith("flow: ")) return parseFlow(text);
  if (text.startsWith("warning: truncated explanation")) return { kind: "truncated" };
  return undefined;
}

function parseFlow(text: string): Message | undefined {
  // Of a line that was cut off, the pattern would try every way to split it.
  if (!text.endsWith(":")) return undefined;
  const match = /^flow: (\{[^]*?\}|[^]*?) (?:←|=) ([&*]*)([^]*):$/.exec(text);
  if (match === null) return undefined;
  return { kind: "flow", to: match[1] ?? "", operators: match[2] ?? "", from: match[3] ?? "" };
}

/** The reason holds no parentheses, the expression may: so the last ` (…) at ` counts. */
function parseStep(text: string): Message | undefined {
  const match = /^from ([^]*) \(([^()]*)\) at (.*)$/.exec(text);
  if (match === null) return undefined;
  return { kind: "step", text: match[1] ?? "", reason: match[2] ?? "", place: match[3] ?? "" };
}

const heapVerdict = " escapes to heap";
const stackVerdict = " does not escape";
const moved = "moved to heap: ";
const leaking = "leaking param";

function parseVerdict(text: string): Message | undefined {
  if (text.startsWith(moved)) return { kind: "heap", form: "moved", text: text.slice(moved.length) };
  if (text.endsWith(heapVerdict)) {
    return { kind: "heap", form: "escapes", text: text.slice(0, -heapVerdict.length) };
  }
  if (text.endsWith(stackVerdict)) return { kind: "stack", text: text.slice(0, -stackVerdict.length) };
  if (text.startsWith(leaking)) return parseLeak(text);
  if (text.endsWith(":")) return parseExplanation(text);
  return undefined;
}

const toResult = " to result ";

function parseLeak(text: string): Message | undefined {
  const match = /^leaking param( content)?: (.*)$/.exec(text);
  if (match === null) return undefined;
  const [, content, rest = ""] = match;
  const level = / level=(\d+)$/.exec(rest);
  const to = level === null ? -1 : rest.indexOf(toResult);
  const name = to < 0 ? rest : rest.slice(0, to);
  const result =
    level === null || to < 0
      ? undefined
      : { name: rest.slice(to + toResult.length, level.index), level: Number(level[1]) };
  return { kind: "leak", name, content: content !== undefined, result };
}

/** Braces stand around whatever text an expression has; the function is named since Go 1.25. */
const leakHeader = /^parameter (.*?) leaks to (\{[^]*\}|[^]*?)(?: for ([^]+))? with derefs=\d+:$/;

function parseExplanation(text: string): Message | undefined {
  const derefs = / with derefs=(\d+):$/.exec(text)?.[1];
  const leak = derefs === undefined ? null : leakHeader.exec(text);
  if (leak !== null) {
    const [, name = "", to = "", ofFunction] = leak;
    return { kind: "leak-explanation", name, to, function: ofFunction, derefs: Number(derefs) };
  }
  const at = text.lastIndexOf(heapVerdict);
  if (at < 0) return undefined;
  const expression = text.slice(0, at);
  const tail = text.slice(at + heapVerdict.length);
  if (tail === ":") return { kind: "explanation", text: expression, function: undefined };
  const inFunction = /^ in (.+):$/.exec(tail);
  return inFunction === null ? undefined : { kind: "explanation", text: expression, function: inFunction[1] };
}

function parseInlining(text: string): Message | undefined {
  const call = /^inlining call to (.*?)(?: with score -?\d+)?$/.exec(text);
  if (call !== null) return { kind: "inlined-call", callee: call[1] ?? "" };
  const can = /^can inline ([^]*?)(?: with cost (\d+) as: [^]*)?$/.exec(text);
  if (can !== null) {
    return {
      kind: "inline",
      function: can[1] ?? "",
      cost: can[2] === undefined ? undefined : Number(can[2]),
      obstacle: undefined,
    };
  }
  const cannot = /^cannot inline ([^]*?)(?:: ([^]*)| into ([^]*))$/.exec(text);
  if (cannot === null) return undefined;
  const obstacle = cannot[2] ?? `into ${cannot[3] ?? ""}`;
  const cost = /\bcost (\d+) exceeds budget \d+/.exec(obstacle);
  return {
    kind: "inline",
    function: cannot[1] ?? "",
    cost: cost === null ? undefined : Number(cost[1]),
    obstacle,
  };
}

function parseCapture(text: string): Message | undefined {
  const tail = / \(addr=(true|false) assign=(true|false) width=(-?\d+)\)$/.exec(text);
  if (tail === null) return undefined;
  const head = /^(.*?) capturing by (ref|value): (.*)$/.exec(text.slice(0, tail.index));
  if (head === null) return undefined;
  return {
    kind: "capture",
    function: head[1] ?? "",
    byReference: head[2] === "ref",
    variable: head[3] ?? "",
    addressTaken: tail[1] === "true",
    reassigned: tail[2] === "true",
    width: Number(tail[3]),
  };
}

/** Messages that are understood and that nothing needs. */
const notes: readonly RegExp[] = [
  / ignoring self-assignment in /,
  /^zero-copy string->\[\]byte conversion$/,
  /^(?:partially )?devirtualizing /,
  /^cannot devirtualize /,
  /^(?:should not )?PGO devirtualiz/,
  /^index bounds check elided$/,
  /^imprecise interface call$/,
  /^function [^]* considered 'big'; (?:reducing max cost of inlinees|[^]*)/,
  /^skip inlining within testing\.B\.loop for /,
  / will be kept alive$/,
  /^expr is unknown to bloop pass$/,
  /^assuming .* is unsafe uintptr$/,
  /^marking .* as escaping (?:\.\.\.)?uintptr$/,
  /^(?:mutates|calls) param: .* derefs=\d+$/,
  / does not escape, mutate, or call$/,
  /^rewriting OCONVIFACE value from /,
  /^alias analysis: /,
  /^unreferenced closure .* marked as dead$/,
];

function parseNote(text: string): Message | undefined {
  return notes.some((pattern) => pattern.test(text)) ? note : undefined;
}
