/** The function that a value is passed to, or that is inlined: of the names that syntax and compiler give, the one to show. */
import type { FlowStep } from "../compiler/facts.js";
import type { Anchor } from "../syntax/anchors.js";
import type { Sink } from "./reason.js";

/** What the value is passed to: in the person's words, or the compiler's where it happens within an inlined function. */
export function calleeName(
  anchor: Anchor,
  sink: Sink | null,
  step: FlowStep | undefined,
  line: number | undefined,
): string | null {
  const printed =
    step?.reason === "call parameter" ? /^((?:\(\*?[\w.]+\)|[\w.])+)\(/.exec(step.text)?.[1] : undefined;
  // A step on another line is a statement of the person's own.
  const isWithin = sink === null || step?.position?.line === line;
  if (anchor.quality === "inlined-call" && printed !== undefined && isWithin) return printed;
  // At a call that is inlined, what is called within it has the same position.
  const called = sink?.callee?.text;
  // Of another package's functions the one that the person calls says more than what that one calls in turn.
  const isOwn = sink?.callee?.importPath === null;
  const isOther =
    isOwn && called !== undefined && printed !== undefined && lastName(called) !== lastName(printed);
  if (isOther && lastName(called) !== undefined) return printed;
  return called ?? anchor.enclosingCall?.callee ?? anchor.calleeName ?? printed ?? null;
}

/** The function that the person calls, in the compiler's rendering, whatever was inlined into it in turn. */
export function inlinedFunction({ calleeName }: Anchor, inlinedCalls: readonly string[]): string | null {
  const name = calleeName === undefined ? undefined : lastName(calleeName);
  return (
    inlinedCalls.find((callee) => lastName(callee) === name) ?? inlinedCalls.at(-1) ?? calleeName ?? null
  );
}

/** `Errorf` of `fmt.Errorf`, `Lock` of `sync.(*Mutex).Lock`, `Of` of `Of[go.shape.int]`. */
function lastName(callee: string): string | undefined {
  let end = callee.length;
  // Type arguments can be longer than anything else in a message, and are passed over once.
  if (callee.endsWith("]")) {
    let depth = 0;
    do depth += bracketDepth[callee[--end] ?? ""] ?? 0;
    while (depth > 0 && end > 0);
  }
  return /\w+$/.exec(callee.slice(0, end))?.[0];
}

const bracketDepth: Readonly<Record<string, number>> = { "]": 1, "[": -1 };
