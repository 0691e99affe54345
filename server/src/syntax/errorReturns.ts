import { asCall, calleeName } from "./calls.js";
import { innermostFunction } from "./functions.js";
import type { SyntaxNode } from "./goSyntax.js";
import { isWithin, operands } from "./nodes.js";

/**
 * Whether the node is, or makes, the error that its function returns: it lies within the last operand of a return
 * statement of a function whose last result is an `error`. Each call on the way must look like one that makes errors, so
 * that `return save(ctx, &User{})` is ordinary code, while `return nil, fmt.Errorf("…: %w", err)` is not. What is called for
 * the operands of one that always makes an error runs on that path only: `fmt.Errorf("…", key(name))`.
 */
export function isErrorOperand(node: SyntaxNode): boolean {
  let inner = node;
  /** Whether a call on the way so far may return without an error. */
  let isOpen = false;
  for (let outer: SyntaxNode | null = node; outer !== null; inner = outer, outer = outer.parent) {
    if (outer.type === "return_statement") return !isOpen && isErrorResult(outer, inner, node);
    if (outer.type === "block" || outer.type === "func_literal") return false;
    if (!makesError(outer)) isOpen = true;
    else if (alwaysMakesError(outer)) isOpen = false;
  }
  return false;
}

function isErrorResult(statement: SyntaxNode, list: SyntaxNode, node: SyntaxNode): boolean {
  const results = resultTypes(innermostFunction(statement));
  const returned = list.type === "expression_list" ? operands(list) : [];
  const last = returned.at(-1);
  return (
    results.at(-1) === "error" &&
    returned.length === results.length &&
    last !== undefined &&
    isWithin(node, last)
  );
}

/** Types of a function's results, in order, one for each value. */
function resultTypes(definition: SyntaxNode | undefined): string[] {
  const result = definition?.childForFieldName("result") ?? null;
  if (result === null) return [];
  if (result.type !== "parameter_list") return [result.text];
  return operands(result).flatMap((parameter) => {
    const type = parameter.childForFieldName("type")?.text ?? "";
    const names = parameter.childrenForFieldName("name").filter((name) => name?.isNamed === true).length;
    return Array.from({ length: Math.max(names, 1) }, () => type);
  });
}

const errorMakers = /^(?:New|Wrap|Wrapf|WithMessage|WithMessagef|WithStack|Join)$/;

/** A call counts by its name: `Errorf`, `NewPathError`, `errors.New`; what is not a call never stands in the way. */
function makesError(node: SyntaxNode): boolean {
  const call = asCall(node);
  if (call === undefined) return true;
  const name = calleeName(call.callee)?.text;
  if (name === undefined) return false;
  if (/err(?:or)?s?f?$/i.test(name) || /Err(?:or)?(?![a-z])/.test(name)) return true;
  return errorMakers.test(name) && /\b\w*errors\./.test(call.callee.text);
}

/** Of calls that make errors those that never pass on a nil, as `errors.Wrap` and `errors.Join` do. */
function alwaysMakesError(node: SyntaxNode): boolean {
  const call = asCall(node);
  return call !== undefined && /^(?:Errorf|[Nn]ew\w*)$/.test(calleeName(call.callee)?.text ?? "");
}
