/** Which parameter of which function takes the value of a site. */
import type { FunctionInfo, ParameterInfo } from "./functionInfo.js";
import { splitCall, splitList } from "./printedList.js";
import { leftSide, pairOf } from "./printedTarget.js";
import type { Site, SiteFlowStep } from "./site.js";

export interface PassedTo {
  readonly function: FunctionInfo;
  readonly parameter: ParameterInfo;
  /** How the parameter reaches the heap, the last step of each function on the way; only where that was found out. */
  readonly leakPath?: readonly SiteFlowStep[];
}

/** A call as the compiler prints it, with functions for methods: `(*T).Write(w, b)` of `w.Write(b)`. */
export interface PrintedCall {
  /** `F`, `(*T).M`, `pkg.F`. */
  readonly name: string;
  /** Of a method the receiver is the first. */
  readonly arguments: readonly string[];
}

/**
 * The parameter that the last call of the site's flow passes the value in; undefined where the flow ends in no call, or
 * `named` does not know the function (it is of another package, or known only when it runs).
 */
export function passedTo(
  site: Pick<Site, "flow" | "expression">,
  named: (name: string) => FunctionInfo | undefined,
): PassedTo | undefined {
  const call = lastCall(site);
  const callee = call === undefined ? undefined : named(call.name);
  if (call === undefined || callee === undefined) return undefined;
  const index = valueIndex(call, site) - (callee.isMethod ? 1 : 0);
  const parameter =
    callee.parameters.find((each) => each.index === index) ??
    callee.parameters.find((each) => each.isVariadic && index >= each.index);
  return parameter === undefined ? undefined : { function: callee, parameter };
}

/** The call of the flow's last step; undefined where that is no call. */
export function lastCall(site: Pick<Site, "flow">): PrintedCall | undefined {
  const step = site.flow.at(-1);
  return step?.reason === "call parameter" ? printedCall(step.text) : undefined;
}

/** Whether the flow ends in a call of a method of the value, through the interface that holds it: `w.Write(b)` of `w`. */
export function isCalledOn(site: Pick<Site, "flow" | "expression">): boolean {
  const last = site.flow.at(-1);
  const receiver = last?.reason === "call parameter" ? /^([\w.]+)\.\w+\(/.exec(last.text)?.[1] : undefined;
  if (last === undefined || receiver === undefined) return false;
  const names = carriers(site);
  return names.has(receiver) && !printedCall(last.text)?.arguments.some((each) => names.has(each));
}

/**
 * Reads a printed call; undefined for text that is none, such as the call of a call's result. Type arguments are left
 * out, and the dictionary that generic functions get for them (cmd/compile/internal/noder, reader.go, dictParam).
 */
export function printedCall(text: string): PrintedCall | undefined {
  const parts = splitCall(text);
  if (parts === undefined || !text.endsWith(")")) return undefined;
  const { callee: name, rest } = parts;
  if (!/^(?:(?:[\w/]+\.)?\(\*?[\w.]+\)\.)?[\w.]+$/.test(name)) return undefined;
  const list = splitList(rest.slice(1, -1));
  if (list === undefined) return undefined;
  const isDictionary = (argument: string) => /^&(?:\w+\.)?\.dict\./.test(argument);
  const passed = list.filter((argument) => !isDictionary(argument));
  return { name, arguments: passed };
}

/** Place of the value among the arguments of the call; -1 where it is not to be seen. */
function valueIndex(call: PrintedCall, site: Pick<Site, "flow" | "expression">): number {
  const names = carriers(site);
  return call.arguments.findIndex((argument) => names.has(argument.replace(/\.\.\.$/, "")));
}

/** What stands for the value on its way: itself, the variables it was assigned to, the slice of variadic arguments. */
export function carriers({ flow, expression }: Pick<Site, "flow" | "expression">): ReadonlySet<string> {
  const names = new Set([expression, `&${expression}`]);
  for (const { reason, text } of flow) {
    if (reason === "call parameter") continue;
    names.add(text);
    const targets = reason.startsWith("assign") ? leftSide(pairOf(text, names)) : undefined;
    // Of a type assertion the first variable has the value.
    const left = reason === "assign-pair-dot-type" ? targets?.split(",")[0] : targets;
    if (left !== undefined && /^[\w.~#]+$/.test(left)) names.add(left);
  }
  return names;
}
