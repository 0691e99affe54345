/** Why a site is on the heap: one stable code from message, flow and syntax together. */
import type { ExplanationFact, Flow, FlowStep } from "../compiler/facts.js";
import type { ReasonCode } from "./reasonCodes.js";
import type { SiteForm } from "./site.js";

/** What the syntax says about the place where the value leaves: the last step of its flow. */
export interface Sink {
  /** What stands on the left of an assignment; null for other steps. */
  readonly assignedTo:
    | "field"
    | "element"
    | "slice-element"
    | "map-element"
    | "dereference"
    | "package-variable"
    | "variable"
    | null;
  /** What a call calls; null for other steps. */
  readonly callee: Callee | null;
}

export interface Callee {
  /** As in the source: `fmt.Sprintf`, `w.Write`. */
  readonly text: string;
  /** Import path of the package before the dot; null where it is not a package. */
  readonly importPath: string | null;

  readonly kind: "builtin" | "package" | "selector" | "variable" | "name" | "other";
}

export interface ReasonInput {
  readonly form: SiteForm;
  /** A variable, new or &T{}, also of an inlined function: its address is what leaves. */
  readonly isAddressed: boolean;
  /** A constant in an interface, which never allocates. */
  readonly isConstant: boolean;
  /** The go or defer statement that runs the function literal or wrapper, if one does. */
  readonly statement: "go" | "defer" | null;
  readonly loopDepth: number;
  readonly explanations: readonly ExplanationFact[];
  readonly sink: Sink | null;
  /** The call that the node itself is an argument of; null when it is none. */
  readonly callee: Callee | null;
}

/** Steps that speak of the value, not of its way (escape/escape.go, utils.go HeapAllocReason). */
const intrinsic: Readonly<Record<string, ReasonCode>> = {
  "too large for stack": "too-large",
  "too aligned for stack": "too-large",
  "non-constant size": "variable-size",
  "zero-sized element": "zero-size",
};

/**
 * The explanation that counts: one that tells the value's way, if there is one, because a value that leaves would be on
 * the heap whatever its size.
 */
export function decidingExplanation(explanations: readonly ExplanationFact[]): ExplanationFact | undefined {
  const ways = explanations.filter((explanation) => intrinsicReason(explanation) === undefined);
  return ways.find((explanation) => !onlyGrows(explanation)) ?? ways[0] ?? explanations[0];
}

export function reasonOf(input: ReasonInput): ReasonCode {
  const explanation = decidingExplanation(input.explanations);
  if (input.isConstant) return "boxed-constant";
  const own = explanation === undefined ? undefined : intrinsicReason(explanation);
  if (own !== undefined) return own;
  if (input.statement === "go") return "goroutine";
  if (input.statement === "defer") return "defer-loop";
  if (input.form === "method-value") return "method-value";
  const last = explanation === undefined ? undefined : decidingFlow(explanation.flows);
  if (last === undefined) return "other";
  return input.form === "boxed" ? boxedReason(input, last) : flowReason(input, last);
}

/** The last flow; where that has no step, because the compiler's own temporaries end the way, a call before it. */
function decidingFlow(flows: readonly Flow[]): Flow | undefined {
  const last = flows.at(-1);
  if (last === undefined || last.steps.length > 0) return last;
  const before = flows.findLast((flow) => flow.steps.length > 0);
  return before?.steps.at(-1)?.reason === "call parameter" ? before : last;
}

/** The way ends in an append to the value itself, which says nothing of where the grown slice goes. */
function onlyGrows({ flows }: ExplanationFact): boolean {
  const last = flows.at(-1);
  const step = last?.steps.at(-1);
  const isAppendee =
    step?.reason === "call parameter" && step.text.startsWith(`append(${last?.from ?? ""}, `);
  return isAppendee || step?.reason === "appendee slice";
}

function intrinsicReason(explanation: ExplanationFact): ReasonCode | undefined {
  const steps = explanation.flows.flatMap((flow) => flow.steps);
  const [only] = steps;
  return steps.length === 1 && only !== undefined ? intrinsic[only.reason] : undefined;
}

function boxedReason(input: ReasonInput, last: Flow): ReasonCode {
  const step = last.steps.at(-1);
  const callee = calleeAt(input, step);
  if (isFormatting(callee, step)) return "boxed-formatting";
  switch (step?.reason) {
    case "return":
      return "returned-interface";
    case "call parameter":
      if (isCallTo(step, "panic")) return "panic-argument";
      if (isCallTo(step, "append")) return "boxed-store";
      if (callee !== null && isReflection(callee, step)) return "reflection";
      return "boxed-argument";
    case "send":
      return "sent-channel";
    default:
      return isResult(last.to) ? "returned-interface" : "boxed-store";
  }
}

function flowReason(input: ReasonInput, last: Flow): ReasonCode {
  const step = last.steps.at(-1);
  const returned = input.isAddressed ? "return-address" : "returned";
  switch (step?.reason) {
    case "return":
      return returned;
    case "call parameter":
      return callReason(input, step);
    case "send":
      return "sent-channel";
    case "captured by a closure":
    case "reference":
      return "captured-reference";
    case "struct literal element":
    case "array literal element":
    case "slice-literal-element":
    case "map literal value":
      return "stored-literal";
    case "map literal key":
    case "key of map put":
      return "stored-map";
    case "appendee slice":
    case "appended slice...":
    case "copied slice":
      return "appended";
    default:
      return isResult(last.to) ? returned : assignReason(input, last);
  }
}

const mayBeBoxed = new Set<SiteForm>(["inlined-call", "concatenation"]);

function callReason(input: ReasonInput, step: FlowStep): ReasonCode {
  if (isCallTo(step, "append")) return "appended";
  if (isCallTo(step, "panic")) return "panic-argument";
  const callee = calleeAt(input, step);
  if (callee === null) return "leaking-argument";
  if (isReflection(callee, step)) return "reflection";
  // Within an inlined function, or for a sum of numbers, the syntax does not say that a value is boxed.
  if (mayBeBoxed.has(input.form) && isFormatting(callee, step)) return "boxed-formatting";
  return isUnknownCallee(callee, step) ? "unknown-callee" : "leaking-argument";
}

function assignReason(input: ReasonInput, last: Flow): ReasonCode {
  switch (input.sink?.assignedTo) {
    case "field":
      return "stored-field";
    case "map-element":
      return "stored-map";
    case "slice-element":
      return "stored-slice";
    case "element":
      return "stored-element";
    case "dereference":
      return "stored-pointer";
    case "package-variable":
      return "stored-global";
    default:
  }
  if (last.to === "{heap}") return last.steps.length === 0 ? "other" : "outlives-scope";
  if (/^\{storage for [\w.]+\}$/.test(last.to)) return "method-value";
  if (last.to.startsWith("{storage for")) return "stored-literal";
  return input.loopDepth > 0 ? "outlives-loop" : "outlives-scope";
}

function calleeAt(input: ReasonInput, step: FlowStep | undefined): Callee | null {
  return step?.reason === "call parameter" ? (input.sink?.callee ?? input.callee) : null;
}

/**
 * A call of an interface's method or of a function value keeps its source's words in the compiler's text (`w.Write(b)`),
 * while a call that is known is printed by its function (`(*T).Write(w, b)`; cmd/compile/internal/ir/fmt.go).
 */
function isUnknownCallee(callee: Callee, step: FlowStep): boolean {
  if (callee.kind === "variable") return true;
  return callee.kind === "selector" && step.text.startsWith(`${callee.text}(`);
}

function isFormatting(callee: Callee | null, step: FlowStep | undefined): boolean {
  if (callee !== null && callee.importPath !== null && /^(?:fmt|log|log\/slog)$/.test(callee.importPath))
    return true;
  return (
    step !== undefined &&
    /^(?:fmt|log|slog)\.|^\(\*(?:log\.Logger|slog\.Logger|testing\.common)\)\./.test(step.text)
  );
}

function isReflection(callee: Callee, step: FlowStep): boolean {
  return callee.importPath === "reflect" || /^reflect\./.test(step.text);
}

function isCallTo(step: FlowStep | undefined, builtin: string): boolean {
  return step?.text.startsWith(`${builtin}(`) === true;
}

/** Results are named `~r0`, or by their own names, which only the step can tell from other variables. */
function isResult(location: string): boolean {
  return /^~r\d+$/i.test(location);
}
