/** Why a site is on the heap: one stable code from message, flow and syntax together. */
import type { ExplanationFact, Flow, FlowStep } from "../compiler/facts.js";
import type { AssignmentTarget, StepCallee } from "../syntax/flowPlaces.js";
import {
  hasOwnMemory,
  isSelfAppend,
  isStaticTemporary,
  packagesOf,
  pairOf,
  printedTarget,
} from "./printedTarget.js";
import type { ReasonCode } from "./reasonCodes.js";
import type { SiteForm } from "./site.js";

/** What the syntax says about the place where the value leaves: the last step of its flow. */
export interface Sink {
  /** What stands on the left of an assignment; null for other steps. */
  readonly assignedTo: AssignmentTarget | null;
  /** What a call calls; null for other steps. */
  readonly callee: StepCallee | null;
}

export interface ReasonInput {
  readonly form: SiteForm;
  /** As the compiler wrote it. */
  readonly expression: string;
  /** A variable, new or &T{}, also of an inlined function: its address is what leaves. */
  readonly isAddressed: boolean;
  /** A constant in an interface, which never allocates. */
  readonly isConstant: boolean;
  /** The go or defer statement that runs the function literal or wrapper, if one does. */
  readonly statement: "go" | "defer" | null;
  /** Whether a loop stands around it, also one that is always left there. */
  readonly isInLoop: boolean;
  readonly explanations: readonly ExplanationFact[];
  readonly sink: Sink | null;
  /** Gives the names of the results of the function around the site, which few flows ask for. */
  readonly results: () => ReadonlySet<string>;
  /** The callees that were inlined at the site's very position. */
  readonly inlinedCalls: readonly string[];
  /** It is kept by an interface value of another place, whose way follows its own in the explanations (boxes.ts). */
  readonly isBoxedElsewhere: boolean;
  /** Names of the variables of its function that the compiler moved to the heap. */
  readonly moved: ReadonlySet<string>;
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
  if (explanations.length < 2) return explanations[0];
  const all = explanations.filter((explanation) => intrinsicReason(explanation) === undefined);
  const outer = all.filter((explanation) => !isOwnBox(explanation));
  const ways = outer.length > 0 ? outer : all;
  return ways.find((explanation) => !onlyGrows(explanation)) ?? ways[0] ?? explanations[0];
}

/**
 * Whether this tells how a string or slice gets into the interface value made of it at the same place: `a + b` as an
 * argument of fmt.Println is allocated twice, and where the second goes is why.
 */
function isOwnBox({ text, flows }: ExplanationFact): boolean {
  const last = flows.at(-1);
  return last?.to === `{storage for ${text}}` && isInterface(last);
}

/** Whether a flow ends in an interface value that holds what flows. */
export function isInterface(flow: Flow): boolean {
  return flow.steps.at(-1)?.reason === "interface-converted";
}

/** The reason of a site; `other` where the compiler names no place that keeps the value, or explains nothing. */
export function reasonOf(input: ReasonInput): ReasonCode {
  const explanation = decidingExplanation(input.explanations);
  if (input.isConstant) return "boxed-constant";
  const own = explanation === undefined ? undefined : intrinsicReason(explanation);
  if (own !== undefined) return own;
  if (input.statement === "go") return "goroutine";
  if (input.statement === "defer") return "defer-loop";
  if (input.form === "method-value") return "method-value";
  const last = explanation === undefined ? undefined : decidingFlow(decidingFlows(explanation));
  if (explanation === undefined || last === undefined) return "other";
  if (growsItself(input, explanation)) return "append-growth";
  return isBoxed(input) ? boxedReason(input, explanation, last) : flowReason(input, last);
}

/**
 * An append whose slice takes the grown one's place: that it grows is why it allocates, wherever it is kept, and however
 * much was reserved for it.
 */
function growsItself({ form, expression }: ReasonInput, explanation: ExplanationFact): boolean {
  if (form !== "append" && expression !== "append") return false;
  const steps = explanation.flows.flatMap((flow) => flow.steps).filter(({ reason }) => reason !== "spill");
  const [first] = steps;
  return first?.reason === "assign" && isSelfAppend(first.text);
}

/**
 * Whether an interface value holds it. Within an inlined function only the text tells: a literal of a named type is a
 * struct's there, but for few; a sum may be a string, which has memory of its own.
 */
function isBoxed({ form, expression, isAddressed, explanations, isBoxedElsewhere }: ReasonInput): boolean {
  if (form === "boxed" || isBoxedElsewhere || explanations.some(isOwnBox)) return true;
  return form === "inlined-call" && !isAddressed && !hasOwnMemory(expression) && !expression.includes(" + ");
}

/**
 * The flows that tell why, from the value on. What is returned is on the heap whatever callers do with it (escape/solve.go,
 * outlives), so the steps after a return, which the compiler prints for functions that call each other, are left out.
 */
export function decidingFlows({ flows }: Pick<ExplanationFact, "flows">): readonly Flow[] {
  const returned = flows.findIndex((flow) => flow.steps.at(-1)?.reason === "return");
  return returned < 0 ? flows : flows.slice(0, returned + 1);
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
  let only: FlowStep | undefined;
  for (const { steps } of explanation.flows) {
    for (const step of steps) {
      if (only !== undefined) return undefined;
      only = step;
    }
  }
  return only && intrinsic[only.reason];
}

function boxedReason(input: ReasonInput, explanation: ExplanationFact, last: Flow): ReasonCode {
  const step = last.steps.at(-1);
  if (isFormatting(calleeAt(input, step), step)) return "boxed-formatting";
  if (step?.reason === "call parameter") return boxedCallReason(input, last, step);
  if (step?.reason === "send") return "sent-channel";
  const flows = decidingFlows(explanation);
  if (flows.some(entersReflection)) return "reflection";
  // What is returned in a field is not returned as an interface value: the result's own type may be any struct.
  if (step?.reason !== "return" && !flowsToResult(input, last)) return "boxed-store";
  return flows.some(isInLiteral) ? "boxed-store" : "returned-interface";
}

/** The parameter of an inlined function of package reflect takes the value: `reflect.i := v`. */
function entersReflection({ steps }: Flow): boolean {
  return steps.some(({ text }) => /^reflect\.\w+(?:, reflect\.\w+)* := /.test(text));
}

function boxedCallReason(input: ReasonInput, last: Flow, step: FlowStep): ReasonCode {
  if (isCallTo(step, "panic")) return "panic-argument";
  if (isCallTo(step, "append")) return "boxed-store";
  const callee = calleeAt(input, step);
  if (isReflection(callee, step)) return "reflection";
  return isReceiver(last, step) ? "unknown-callee" : "boxed-argument";
}

/** A method of the interface that holds the value is called: `w.Write(b)` of `w`. */
function isReceiver(flow: Flow, step: FlowStep): boolean {
  const name = /^[\w.]+/.exec(flow.from)?.[0];
  return name !== undefined && step.text.startsWith(`${name}.`) && /^[\w.]+\(/.test(step.text);
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
      return flowsToResult(input, last) ? returned : assignReason(input, last);
  }
}

const mayBeBoxed = new Set<SiteForm>(["inlined-call", "concatenation"]);

function callReason(input: ReasonInput, step: FlowStep): ReasonCode {
  if (isCallTo(step, "append")) return "appended";
  if (isCallTo(step, "panic")) return "panic-argument";
  const callee = calleeAt(input, step);
  if (isReflection(callee, step)) return "reflection";
  // For a sum within an inlined function, and for one of numbers, nothing says that a value is boxed.
  if (mayBeBoxed.has(input.form) && !input.isAddressed && isFormatting(callee, step))
    return "boxed-formatting";
  return isUnknownCallee(callee, step) ? "unknown-callee" : "leaking-argument";
}

const stored: Readonly<Record<Exclude<AssignmentTarget, "variable">, ReasonCode>> = {
  field: "stored-field",
  "map-element": "stored-map",
  "slice-element": "stored-slice",
  element: "stored-element",
  dereference: "stored-pointer",
  "package-variable": "stored-global",
};

function assignReason(input: ReasonInput, last: Flow): ReasonCode {
  const step = last.steps.at(-1);
  const target = targetOf(input, last, step);
  if (target !== null && target !== "variable")
    return isPartOfLocal(input, last, target) ? "outlives-loop" : stored[target];
  if (last.to === "{heap}") {
    // A variable that is reached through the closure that uses it.
    if (target === "variable") return "captured-reference";
    return last.steps.length === 0 ? "other" : "outlives-scope";
  }
  if (last.to.startsWith("{storage for") && isInterface(last))
    return isInLiteral(last) ? "stored-literal" : "boxed-store";
  if (/^\{storage for \w+\.[\w.]+\}$/.test(last.to)) return "method-value";
  if (last.to.startsWith("{storage for")) return "stored-literal";
  return input.isInLoop ? "outlives-loop" : "outlives-scope";
}

/** An element or a field of a variable that itself stays on the stack, but longer than one turn of the loop. */
function isPartOfLocal(input: ReasonInput, { to }: Flow, target: AssignmentTarget): boolean {
  const isPart = target === "field" || target === "element" || target === "slice-element";
  if (!isPart || !input.isInLoop) return false;
  return /^\w+$/.test(to) && !/^~r/.test(to) && !input.moved.has(to) && !input.results().has(to);
}

/** A field of the struct that an interface value holds. */
export function isInLiteral({ steps }: Flow): boolean {
  return steps.some(
    ({ reason }) => reason === "struct literal element" || reason === "array literal element",
  );
}

/** By the syntax where the statement stands in the file, else by the compiler's text. */
function targetOf(input: ReasonInput, last: Flow, step: FlowStep | undefined): AssignmentTarget | null {
  if (step?.reason.startsWith("range") === true) return input.sink?.assignedTo ?? null;
  if (step?.reason.startsWith("assign") !== true) return null;
  if (isStaticTemporary(step.text)) return "package-variable";
  const packages = packagesOf(input.inlinedCalls);
  const value = /^\{storage for (.*)\}$/s.exec(last.from)?.[1] ?? last.from;
  const text = pairOf(step.text, new Set([value, `&${value}`]));
  return input.sink?.assignedTo ?? printedTarget({ text, to: last.to, packages });
}

function calleeAt(input: ReasonInput, step: FlowStep | undefined): StepCallee | null {
  return step?.reason === "call parameter" ? (input.sink?.callee ?? null) : null;
}

/**
 * A call of an interface's method or of a function value keeps its source's words in the compiler's text (`w.Write(b)`),
 * while a call that is known is printed by its function (`(*T).Write(w, b)`; cmd/compile/internal/ir/fmt.go).
 */
function isUnknownCallee(callee: StepCallee | null, step: FlowStep): boolean {
  // The iterator of a range loop that is the result of a call (cmd/compile/internal/rangefunc).
  if (/^\.autotmp_\d+\(#yield/.test(step.text)) return true;
  if (callee === null || !step.text.startsWith(`${callee.text}(`)) return false;
  return callee.kind === "variable" || callee.kind === "selector";
}

/** By the import path where the source names the callee: log may be another package, or a variable. */
function isFormatting(callee: StepCallee | null, step: FlowStep | undefined): boolean {
  if (step === undefined) return false;
  if (callee !== null && step.text.startsWith(`${callee.text}(`))
    return /^(?:fmt|log|log\/slog)$/.test(callee.importPath ?? "");
  return /^(?:fmt|log|slog)\.|^\(\*(?:log\.Logger|slog\.Logger|testing\.common)\)\./.test(step.text);
}

function isReflection(callee: StepCallee | null, step: FlowStep): boolean {
  return callee?.importPath === "reflect" || /^reflect\./.test(step.text);
}

function isCallTo(step: FlowStep | undefined, builtin: string): boolean {
  return step?.text.startsWith(`${builtin}(`) === true;
}

/** Results are named `~r0`, or by their own names; what is stored in a field of one is not what is returned. */
function flowsToResult(input: ReasonInput, last: Flow): boolean {
  if (/^~r\d+$/i.test(last.to)) return true;
  if (last.to.startsWith("{") || !input.results().has(last.to)) return false;
  const target = targetOf(input, last, last.steps.at(-1));
  return target === null || target === "variable";
}
