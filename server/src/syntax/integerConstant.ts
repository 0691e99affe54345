/** Integer constants, as far as syntax alone tells. */
import type { SyntaxNode } from "./goSyntax.js";
import { isSame, operands, withoutParentheses } from "./nodes.js";
import { declarationOf } from "./scopes.js";

/** Value of an integer constant expression; undefined for everything else and for constants of other files. */
export function integerConstant(expression: SyntaxNode): number | undefined {
  const node = withoutParentheses(expression);
  switch (node.type) {
    case "int_literal":
      return literalValue(node.text);
    case "binary_expression":
      return binaryValue(node);
    case "identifier":
      return namedConstant(node);
    default:
      return undefined;
  }
}

/** Go's integer literals: `1_000`, `0x40`, `0o17`, `017`, `0b1`. */
function literalValue(text: string): number | undefined {
  const digits = text.replaceAll("_", "");
  const value = Number(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return Number.isSafeInteger(value) ? value : undefined;
}

function binaryValue(node: SyntaxNode): number | undefined {
  const [left, right] = ["left", "right"].map((field) => {
    const operand = node.childForFieldName(field);
    return operand === null ? undefined : integerConstant(operand);
  });
  if (left === undefined || right === undefined) return undefined;
  const value = calculate(node.childForFieldName("operator")?.text ?? "", left, right);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

function calculate(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? undefined : Math.trunc(left / right);
    case "%":
      return right === 0 ? undefined : left % right;
    case "<<":
      return left * 2 ** right;
    case ">>":
      return Math.floor(left / 2 ** right);
    default:
      return undefined;
  }
}

/** A constant with a value of its own; those that repeat the line before, or count by iota, are left alone. */
function namedConstant(name: SyntaxNode): number | undefined {
  const declaration = declarationOf(name);
  if (declaration?.kind !== "constant" || isSame(declaration.name, name)) return undefined;
  const names = operands(declaration.node).filter((child) => child.type === "identifier");
  const values = declaration.node.childForFieldName("value");
  const value =
    values === null ? undefined : operands(values)[names.findIndex((each) => isSame(each, declaration.name))];
  return value === undefined ? undefined : integerConstant(value);
}
