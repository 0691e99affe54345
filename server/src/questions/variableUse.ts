/** What is done with a variable, as far as it decides about its memory: where its address or its value may go. */
import { categoryOf, type TypeCategory } from "../fixes/syntacticTypes.js";
import { isCaptured, useKind, usesOf } from "../fixes/variableUses.js";
import { asCall, type CallSyntax } from "../syntax/calls.js";
import { type CallSite, callTarget } from "../syntax/callSites.js";
import type { Declaration } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import {
  foldWhiteSpace,
  isSame,
  isWithin,
  operands,
  spanOf,
  type TextSpan,
  withParentheses,
} from "../syntax/nodes.js";

/**
 * argument: passed to a function; receiver: one of its methods is called; captured: a function literal uses it; returned,
 * sent, stored: what the words say; sliced: `a[:]`; address: `&a` in another place.
 */
export type UseRole =
  "argument" | "receiver" | "captured" | "returned" | "sent" | "stored" | "sliced" | "address";

export interface VariableUse {
  readonly role: UseRole;
  /** The whole expression that leaves: `&v`, `v.f`, `v[:]`, or the function literal. */
  readonly span: TextSpan;
  readonly text: string;
  /** Whether it is the variable's own memory that may be referred to from elsewhere, not only what is in it. */
  readonly isAddress: boolean;
  /** Of an argument or receiver. */
  readonly call: CallUse | null;
  /** Of what is stored: where to. */
  readonly target: string | null;
}

export interface CallUse {
  /** Source text of what is called. */
  readonly text: string;
  /** The argument's place, from 0. */
  readonly index: number;
  /** Null for a value without a name, and for a local variable. */
  readonly target: Pick<CallSite, "name" | "of"> | null;
}

/** The uses that may let something go, each literal once and in source order; `others` only read or write. */
export function variableUses(
  declaration: Declaration,
  scope: SyntaxNode,
): { readonly telling: readonly VariableUse[]; readonly others: number } {
  const telling = new Map<string, VariableUse>();
  let others = 0;
  for (const name of usesOf(declaration, scope)) {
    const use = isCaptured(name, declaration) ? capture(name, declaration) : directUse(name);
    if (use === undefined) others++;
    else telling.set(`${use.span.start} ${use.role}`, use);
  }
  return { telling: [...telling.values()], others };
}

function capture(name: SyntaxNode, declaration: Declaration): VariableUse | undefined {
  let literal: SyntaxNode | undefined;
  for (let node = name.parent; node !== null && !isWithin(declaration.name, node); node = node.parent)
    if (node.type === "func_literal") literal = node;
  return literal === undefined ? undefined : useOf("captured", literal, true);
}

/** Seen from the name outwards: its parts, its address, and then what that is given to. */
function directUse(name: SyntaxNode): VariableUse | undefined {
  let node = withParentheses(name);
  let isAddress = false;
  for (;;) {
    const parent = node.parent;
    if (parent === null) return undefined;
    if (parent.type === "selector_expression" && !isSame(parent.childForFieldName("field"), node)) {
      const call = parent.parent === null ? undefined : asCall(parent.parent);
      if (call !== undefined && isSame(call.callee, parent)) return methodUse(node, call);
      node = withParentheses(parent);
    } else if (parent.type === "index_expression" && isSame(parent.childForFieldName("operand"), node)) {
      node = withParentheses(parent);
    } else if (isAddressOf(parent)) {
      isAddress = true;
      node = withParentheses(parent);
    } else break;
  }
  const isElement = !isAddress && node.type === "index_expression";
  return isElement ? undefined : given(node, isAddress);
}

function isAddressOf(node: SyntaxNode): boolean {
  return node.type === "unary_expression" && node.childForFieldName("operator")?.text === "&";
}

function methodUse(operand: SyntaxNode, call: CallSyntax): VariableUse {
  const use = useOf("receiver", operand, false);
  return { ...use, text: foldWhiteSpace(call.node.text), span: spanOf(call.node), call: calledBy(call, -1) };
}

/** What an expression is given to; undefined where nothing of it goes on. */
function given(node: SyntaxNode, isAddress: boolean): VariableUse | undefined {
  const role = roleOf(node);
  if (role === undefined) return isAddress ? useOf("address", node, true) : undefined;
  const call = role === "argument" ? callOf(node) : undefined;
  if (!isAddress && role !== "sliced" && !mayRefer(categoryOf(node))) return undefined;
  return {
    ...useOf(role, node, isAddress),
    call:
      call === undefined
        ? null
        : calledBy(
            call,
            call.arguments.findIndex((each) => isWithin(node, each)),
          ),
    target: role === "stored" ? targetOf(node) : null,
  };
}

function roleOf(node: SyntaxNode): UseRole | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case "argument_list":
    case "variadic_argument":
      return argumentRole(node);
    case "send_statement":
      return isSame(parent.childForFieldName("value"), node) ? "sent" : undefined;
    case "literal_element":
    case "keyed_element":
      return "stored";
    case "expression_list":
      return listRole(node);
    default:
      return useKind(node) === "slice" ? "sliced" : undefined;
  }
}

function argumentRole(node: SyntaxNode): UseRole | undefined {
  const kind = useKind(node);
  if (kind === "length" || kind === "capacity" || kind === "copied" || kind === "appendee") return undefined;
  const call = callOf(node);
  if (call === undefined) return undefined;
  const name = call.callee.text;
  if (name === "append") return "stored";
  return readers.has(name) ? undefined : "argument";
}

/** Builtins and basic conversions that keep nothing of their operands (Go specification, Built-in functions). */
const readers: ReadonlySet<string> = new Set(
  "clear close complex delete imag max min print println real string bool byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64".split(
    " ",
  ),
);

function listRole(node: SyntaxNode): UseRole | undefined {
  const list = node.parent;
  const statement = list?.parent;
  if (list === null || statement === null || statement === undefined) return undefined;
  if (statement.type === "return_statement") return "returned";
  // `v += x` keeps nothing of x itself.
  if (/^[^=]+=$/.test(statement.childForFieldName("operator")?.text.replace(":", "") ?? "")) return undefined;
  const isValue =
    isSame(statement.childForFieldName("right"), list) || isSame(statement.childForFieldName("value"), list);
  return isValue ? "stored" : undefined;
}

function targetOf(node: SyntaxNode): string | null {
  const list = node.parent;
  if (list?.type !== "expression_list") return null;
  const statement = list.parent;
  const index = operands(list).findIndex((each) => isSame(each, node));
  const left = statement?.childForFieldName("left");
  if (left !== null && left !== undefined) return operands(left)[index]?.text ?? null;
  return statement?.childForFieldName("name")?.text ?? null;
}

function callOf(node: SyntaxNode): CallSyntax | undefined {
  const parent = node.parent?.type === "variadic_argument" ? node.parent.parent : node.parent;
  return parent?.parent === null || parent?.parent === undefined ? undefined : asCall(parent.parent);
}

function calledBy(call: CallSyntax, index: number): CallUse {
  return { text: foldWhiteSpace(call.callee.text), index, target: callTarget(call) ?? null };
}

function useOf(role: UseRole, node: SyntaxNode, isAddress: boolean): VariableUse {
  return { role, span: spanOf(node), text: foldWhiteSpace(node.text), isAddress, call: null, target: null };
}

/** Whether a value of the type may refer to memory elsewhere; numbers do not. */
function mayRefer(category: TypeCategory): boolean {
  return category !== "signed" && category !== "unsigned";
}
