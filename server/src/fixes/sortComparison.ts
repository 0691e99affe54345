/** The comparison of `sort.Slice`, which gets indexes, as one that gets two elements and returns an int. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present, withoutParentheses } from "../syntax/nodes.js";
import { fieldType } from "./expressionType.js";
import type { PackageTypes } from "./packageTypes.js";
import { onlyOperand } from "./quantities.js";
import { refuse } from "./refusal.js";
import { freeName } from "./sourceFile.js";
import { isTotallyOrdered } from "./valueTypes.js";

const { t } = l10n;

export interface Comparison {
  /** The new function literal; lines are joined by `\n` and indented from its first one. */
  readonly text: string;
  /** Whether it calls `cmp.Compare`. */
  readonly needsCmp: boolean;
  /** Whether it compares whole elements, ascending, as `slices.Sort` does: equal ones cannot be told apart. */
  readonly isNatural: boolean;
}

interface Sorted {
  /** Source text of the slice. */
  readonly slice: string;
  readonly element: string;
  readonly types: PackageTypes;
  /** The indexes' names. */
  readonly indexes: readonly [string, string];
  /** The elements' names. */
  readonly names: readonly [string, string];
}

/** One side of a `<`: which element it reads, what of it, and the type of that. */
interface Key {
  readonly side: 0 | 1;
  /** With a blank in place of the element. */
  readonly shape: string;
  readonly type: string;
}

/** Rewrites the literal. Refuses what is more than comparing parts of `s[i]` and `s[j]` one after the other. */
export function comparisonOf(
  less: SyntaxNode,
  slice: string,
  element: string,
  types: PackageTypes,
): Comparison {
  const [first, second, ...rest] = parameterNames(less);
  if (first === undefined || second === undefined || rest.length > 0 || first === "_" || second === "_")
    return refuse(t("The comparison does not take two indexes."));
  if (present(less.descendantsOfType("comment")).length > 0) refuse(t("The comparison has comments."));
  const names = elementNames(less);
  const sorted: Sorted = { slice, element, types, indexes: [first, second], names };
  const body = less.childForFieldName("body");
  const statements = body === null ? [] : operands(operands(body)[0] ?? body);
  const lines = statements.flatMap((statement, index) =>
    index < statements.length - 1
      ? tieLines(statement, sorted)
      : [`return ${compared(returnedOf(statement), sorted)}`],
  );
  if (lines.length === 0) return refuse(t("The comparison is not a plain `<` of parts of two elements."));
  const head = `func(${names.join(", ")} ${element}) int {`;
  const isOneLine = lines.length === 1 && !less.text.includes("\n");
  const text = isOneLine
    ? `${head} ${lines[0] ?? ""} }`
    : [head, ...lines.map((line) => `\t${line}`), "}"].join("\n");
  const isNatural = lines.length === 1 && lines[0] === `return cmp.Compare(${names.join(", ")})`;
  return { text, needsCmp: !isNatural && /\bcmp\.Compare\(/.test(text), isNatural };
}

/** Two names that belong together and mean nothing in the literal. */
function elementNames(less: SyntaxNode): readonly [string, string] {
  const pairs = [
    ["a", "b"],
    ["x", "y"],
    ["left", "right"],
  ] as const;
  const free = pairs.find((pair) => pair.every((name) => freeName(name, less) === name));
  return free ?? [freeName("first", less), freeName("second", less)];
}

function parameterNames(less: SyntaxNode): string[] {
  const list = less.childForFieldName("parameters");
  return (list === null ? [] : operands(list)).flatMap((parameter) =>
    present(parameter.childrenForFieldName("name"))
      .filter((name) => name.isNamed)
      .map((name) => name.text),
  );
}

function returnedOf(statement: SyntaxNode): SyntaxNode {
  const list = statement.type === "return_statement" ? (operands(statement)[0] ?? null) : null;
  return onlyOperand(list) ?? refuse(t("The comparison is not a plain `<` of parts of two elements."));
}

/** `if s[i].X != s[j].X { return s[i].X < s[j].X }` decides unless the two are equal. */
function tieLines(statement: SyntaxNode, sorted: Sorted): string[] {
  const condition = statement.type === "if_statement" ? statement.childForFieldName("condition") : null;
  const consequence = statement.childForFieldName("consequence");
  const isPlain =
    condition?.type === "binary_expression" &&
    condition.childForFieldName("operator")?.text === "!=" &&
    statement.childForFieldName("alternative") === null &&
    statement.childForFieldName("initializer") === null;
  const statements = consequence === null ? [] : operands(operands(consequence)[0] ?? consequence);
  const [only] = statements;
  if (!isPlain || only === undefined || statements.length > 1)
    return refuse(t("The comparison is not a plain `<` of parts of two elements."));
  const value = returnedOf(only);
  const left = keyOf(condition.childForFieldName("left"), sorted);
  const right = keyOf(condition.childForFieldName("right"), sorted);
  const asked =
    value.type === "binary_expression" ? keyOf(value.childForFieldName("left"), sorted) : undefined;
  if (left.shape !== right.shape || left.side === right.side || asked?.shape !== left.shape)
    return refuse(t("The comparison is not a plain `<` of parts of two elements."));
  return [`if c := ${compared(value, sorted)}; c != 0 {`, "\treturn c", "}"];
}

/** `s[i].X < s[j].X` as `cmp.Compare(a.X, b.X)`, and `Before` of times as `Compare`. */
function compared(expression: SyntaxNode, sorted: Sorted): string {
  const node = withoutParentheses(expression);
  const { left, right, isLess, isTime } = operandsOf(node, sorted);
  if (left.shape !== right.shape || left.side === right.side)
    return refuse(t("The comparison is not a plain `<` of parts of two elements."));
  const [first, second] = isLess ? [left, right] : [right, left];
  const [a, b] = [first, second].map((key) => key.shape.replace("\0", sorted.names[key.side]));
  if (isTime) return `${a ?? ""}.Compare(${b ?? ""})`;
  if (!isTotallyOrdered(left.type, sorted.types))
    return refuse(t("`{0}` may be a floating-point number, whose NaN would be sorted otherwise.", node.text));
  return `cmp.Compare(${a ?? ""}, ${b ?? ""})`;
}

function operandsOf(
  node: SyntaxNode,
  sorted: Sorted,
): { left: Key; right: Key; isLess: boolean; isTime: boolean } {
  const operator = node.type === "binary_expression" ? node.childForFieldName("operator")?.text : undefined;
  if (operator === "<" || operator === ">") {
    const left = keyOf(node.childForFieldName("left"), sorted);
    const right = keyOf(node.childForFieldName("right"), sorted);
    return { left, right, isLess: operator === "<", isTime: false };
  }
  const call = asCall(node);
  const method = call?.callee.childForFieldName("field")?.text;
  const [argument] = call?.arguments ?? [];
  if (call !== undefined && argument !== undefined && (method === "Before" || method === "After")) {
    const left = keyOf(call.callee.childForFieldName("operand"), sorted);
    if (left.type !== "time.Time") return refuse(t("`{0}` is no time.", call.callee.text));
    return { left, right: keyOf(argument, sorted), isLess: method === "Before", isTime: true };
  }
  return refuse(t("The comparison is not a plain `<` of parts of two elements."));
}

/** Functions of one string or length whose result is ordered. */
const stringFunctions = /^strings\.(?:ToLower|ToUpper|TrimSpace)$/;

function keyOf(expression: SyntaxNode | null, sorted: Sorted): Key {
  const node = expression === null ? undefined : withoutParentheses(expression);
  if (node?.type === "index_expression") return elementKey(node, sorted);
  if (node?.type === "selector_expression") {
    const key = keyOf(node.childForFieldName("operand"), sorted);
    const field = node.childForFieldName("field")?.text ?? "";
    const type = fieldType(key.type, field, sorted.types);
    if (type === undefined) return refuse(t("The type of `{0}` is not written in this package.", node.text));
    return { ...key, shape: `${key.shape}.${field}`, type };
  }
  const call = node === undefined ? undefined : asCall(node);
  const [argument] = call?.arguments ?? [];
  if (call !== undefined && argument !== undefined && call.arguments.length === 1) {
    const callee = call.callee.text;
    const type = callee === "len" ? "int" : stringFunctions.test(callee) ? "string" : undefined;
    const key = keyOf(argument, sorted);
    if (type !== undefined) return { ...key, shape: `${callee}(${key.shape})`, type };
  }
  return refuse(t("The comparison is not a plain `<` of parts of two elements."));
}

function elementKey(node: SyntaxNode, { slice, element, indexes }: Sorted): Key {
  const index = node.childForFieldName("index")?.text;
  const side = indexes.findIndex((name) => name === index);
  if (node.childForFieldName("operand")?.text !== slice || (side !== 0 && side !== 1))
    return refuse(t("The comparison is not a plain `<` of parts of two elements."));
  return { side, shape: "\0", type: element };
}
