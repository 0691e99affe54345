/** A constant that an integer expression never exceeds, where the code around it shows one. */
import { initialValue } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { asCall, calledIdentifier } from "../syntax/calls.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { isSame, isWithin, operands, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { arrayLengthText } from "./arrayLength.js";
import { functionOf, isCaptured, useKind, usesOf } from "./variableUses.js";

export interface Bound {
  /** Source text, as gofmt writes it in brackets. */
  readonly text: string;
  readonly value: number;
}

/**
 * The bound, ready to be an array's length: from `min(n, C)`, `n % C` and `n & C`, directly or through a
 * variable set once, or from a guard before it that leaves: `if n > C { return }`.
 */
export function constantBound(size: SyntaxNode): Bound | undefined {
  const node = withoutParentheses(size);
  const direct = boundOfExpression(node);
  if (direct !== undefined || node.type !== "identifier") return direct;
  const declaration = declarationOf(node);
  if (declaration === undefined || isPackageLevel(declaration)) return undefined;
  const definition = functionOf(declaration);
  if (definition === undefined) return undefined;
  const writes = usesOf(declaration, definition).filter((use) =>
    ["assigned", "address"].includes(useKind(use)),
  );
  if (writes.some((use) => useKind(use) === "address" || isCaptured(use, declaration))) return undefined;
  if (writes.length > 0) return undefined;
  const value = initialValue(declaration);
  return (value === undefined ? undefined : boundOfExpression(withoutParentheses(value))) ?? guardBound(node);
}

function boundOfExpression(node: SyntaxNode): Bound | undefined {
  const call = asCall(node);
  if (call !== undefined && calledIdentifier(call) === "min") {
    const callee = withoutParentheses(call.callee);
    if (declarationOf(callee) !== undefined) return undefined;
    const bounds = call.arguments.flatMap((argument) => boundBy(argument) ?? []);
    return bounds.sort((a, b) => a.value - b.value)[0];
  }
  if (node.type !== "binary_expression") return undefined;
  const right = node.childForFieldName("right");
  const operator = node.childForFieldName("operator")?.text;
  return right !== null && (operator === "%" || operator === "&") ? boundBy(right) : undefined;
}

/** What a positive constant says as a bound. */
function boundBy(constant: SyntaxNode): Bound | undefined {
  const value = integerConstant(constant);
  return value === undefined || value < 1 ? undefined : { text: arrayLengthText(constant), value };
}

/** `if n > C { …return }` among the statements before, in this list or one around it. */
function guardBound(name: SyntaxNode): Bound | undefined {
  for (let node: SyntaxNode | null = name; node !== null; node = node.parent) {
    if (node.parent?.type !== "statement_list") continue;
    for (const statement of operands(node.parent)) {
      if (isSame(statement, node)) break;
      const bound = isWithin(name, statement) ? undefined : guard(statement, name.text);
      if (bound !== undefined) return bound;
    }
  }
  return undefined;
}

function guard(statement: SyntaxNode, name: string): Bound | undefined {
  if (statement.type !== "if_statement" || statement.childForFieldName("initializer") !== null)
    return undefined;
  const condition = statement.childForFieldName("condition");
  if (condition?.type !== "binary_expression" || condition.childForFieldName("operator")?.text !== ">")
    return undefined;
  if (condition.childForFieldName("left")?.text !== name) return undefined;
  const limit = condition.childForFieldName("right");
  const list = operands(statement.childForFieldName("consequence") ?? statement)[0];
  const last = list?.type === "statement_list" ? operands(list).at(-1) : undefined;
  const leaves = last?.type === "return_statement" || last?.text.startsWith("panic(") === true;
  return limit !== null && leaves ? boundBy(limit) : undefined;
}
