/**
 * Code that makes a value only where there is none yet, or where what is there is too small: the guards of what is made
 * once and then used again.
 */
import { asCall, callAround, calledIdentifier } from "./calls.js";
import { type Declaration, initialValue } from "./declarations.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { ancestor, isWithin, operands, present, withoutParentheses, type TextSpan } from "./nodes.js";
import { declarationOf, isPackageLevel } from "./scopes.js";

/** missing: the code runs where nothing is there yet; too-small: where what is there does not hold as much. */
export type Guard = "missing" | "too-small";

const enclosing: ReadonlySet<string> = new Set([
  "if_statement",
  "func_literal",
  "function_declaration",
  "method_declaration",
]);

/**
 * The guard of the expression or variable at the place: that of the innermost `if` around it in its function, where the
 * branch stores what the condition asks for, or package sync for what runs once. Undefined where nothing plainly guards it:
 * `if n > 0` says nothing of a value that is kept.
 */
export function guardOf(tree: GoTree, place: TextSpan): Guard | undefined {
  const node = tree.root.namedDescendantForIndex(place.start, place.end);
  const statement = node === null ? undefined : ancestor(node, enclosing);
  if (node === null || statement === undefined) return undefined;
  if (statement.type === "func_literal") return runsOnce(statement) ? "missing" : undefined;
  const test = statement.type === "if_statement" ? statement.childForFieldName("condition") : null;
  if (test === null) return undefined;
  const branch = branchWith(node, statement);
  return branch === undefined ? undefined : guardBy(withoutParentheses(test), { ...branch, node });
}

/** Whether package sync runs the function literal once: `once.Do(func() { … })`, `sync.OnceValue(func() T { … })`. */
function runsOnce(literal: SyntaxNode): boolean {
  const callee = callAround(literal)?.callee.text ?? "";
  return /^sync\.Once(?:Func|Values?)$/.test(callee) || /(?:^|\.)\w*[oO]nce\w*\.Do$/.test(callee);
}

interface Branch {
  /** The block. */
  readonly block: SyntaxNode;
  /** Whether it runs where the condition holds. */
  readonly isThen: boolean;
}

interface GuardedBranch extends Branch {
  /** The guarded expression. */
  readonly node: SyntaxNode;
}

function branchWith(node: SyntaxNode, statement: SyntaxNode): Branch | undefined {
  const then = statement.childForFieldName("consequence");
  if (then !== null && isWithin(node, then)) return { block: then, isThen: true };
  const other = statement.childForFieldName("alternative");
  return other?.type === "block" && isWithin(node, other) ? { block: other, isThen: false } : undefined;
}

function guardBy(test: SyntaxNode, branch: GuardedBranch): Guard | undefined {
  if (test.type === "unary_expression" || test.type === "identifier") return byFound(test, branch);
  const [left, right] = ["left", "right"].map((side) => test.childForFieldName(side));
  const operator = test.childForFieldName("operator")?.text ?? "";
  if (test.type !== "binary_expression" || !left || !right) return undefined;
  if (operator === (branch.isThen ? "==" : "!=")) {
    const value = right.type === "nil" ? left : left.type === "nil" ? right : undefined;
    return value !== undefined && isKept(value, branch) ? "missing" : undefined;
  }
  return /^[<>]=?$/.test(operator) ? bySize(left, right, branch) : undefined;
}

/** `if !ok` behind `v, ok := m[k]`, where the branch stores into the map or the variable. */
function byFound(test: SyntaxNode, branch: GuardedBranch): Guard | undefined {
  const isNegated = test.type === "unary_expression" && test.childForFieldName("operator")?.text === "!";
  if (test.type === "unary_expression" && !isNegated) return undefined;
  const found = withoutParentheses(isNegated ? (test.childForFieldName("operand") ?? test) : test);
  const declaration = found.type === "identifier" ? declarationOf(found) : undefined;
  if (declaration === undefined || isNegated !== branch.isThen) return undefined;
  const [value, ...others] = operandsOf(declaration, "right");
  const [variable] = operandsOf(declaration, "left");
  if (value?.type !== "index_expression" || others.length > 0 || variable === undefined) return undefined;
  return isStored(value, branch) || (variable.text !== "_" && isStored(variable, branch))
    ? "missing"
    : undefined;
}

function operandsOf({ node }: Declaration, field: "left" | "right"): SyntaxNode[] {
  const list = node.type === "short_var_declaration" ? node.childForFieldName(field) : null;
  return list === null ? [] : operands(list);
}

/**
 * Whether the branch stores the value that was missing, or puts it where it was looked for: `v := m[k]`. A variable that
 * begins as nil in the function itself has nothing to keep.
 */
function isKept(value: SyntaxNode, branch: GuardedBranch): boolean {
  const declaration = value.type === "identifier" ? declarationOf(value) : undefined;
  if (declaration?.kind === "variable" && !isPackageLevel(declaration)) {
    const looked = initialValue(declaration) ?? operandsOf(declaration, "right")[0];
    return (
      looked !== undefined && looked.type !== "nil" && (isStored(value, branch) || isStored(looked, branch))
    );
  }
  return isStored(value, branch);
}

/** Whether the branch assigns to what is written so. */
function isStored(target: SyntaxNode, { block }: GuardedBranch): boolean {
  return assigned(block).some(({ text }) => text === target.text);
}

function assigned(block: SyntaxNode): SyntaxNode[] {
  return present(block.descendantsOfType("assignment_statement")).flatMap((each) => {
    const left = each.childForFieldName("left");
    return left === null ? [] : operands(left);
  });
}

/**
 * `cap(b) < n` where the branch sets `b`, and a comparison of the length that is made with a capacity, or with that of an
 * array: `if n <= len(buf) { b = buf[:n] } else { b = make([]T, n) }`.
 */
function bySize(left: SyntaxNode, right: SyntaxNode, branch: GuardedBranch): Guard | undefined {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const measured = measuredBy(one);
    if (measured === undefined) continue;
    if (isStored(measured, branch)) return "too-small";
    if (madeLengths(branch.node).some(({ text }) => text.includes(other.text))) return "too-small";
  }
  return undefined;
}

/** `b` of `cap(b)` and `len(b)`. */
function measuredBy(expression: SyntaxNode): SyntaxNode | undefined {
  const call = asCall(withoutParentheses(expression));
  const name = call === undefined ? undefined : calledIdentifier(call);
  return name === "cap" || name === "len" ? call?.arguments[0] : undefined;
}

/** The length and the capacity of `make([]T, n, m)`. */
function madeLengths(node: SyntaxNode): readonly SyntaxNode[] {
  const call = asCall(node);
  return call !== undefined && calledIdentifier(call) === "make" ? call.arguments.slice(1) : [];
}
