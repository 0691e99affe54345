/** The comparison of `sort.Slice`, which gets indexes, as one that gets two elements and returns an int. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { onlyOperand, operands, present, withoutParentheses } from "../syntax/nodes.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { freeName } from "./sourceFile.js";
import { type Key, keyOf, type Sorted } from "./sortKey.js";
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
  const indexes = [first, second] as const;
  const body = less.childForFieldName("body");
  const all = body === null ? [] : operands(operands(body)[0] ?? body);
  const variables = elementVariables(all, slice, indexes);
  const names = variables?.names ?? elementNames(less);
  const sorted: Sorted = { slice, element, types, indexes, names };
  const statements = all.slice(variables?.statements ?? 0);
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

interface ElementVariables {
  readonly names: readonly [string, string];
  /** How many statements declare them. */
  readonly statements: number;
}

/** `a, b := s[i], s[j]`, or one after the other, also with `&`, at the head of the comparison. */
function elementVariables(
  statements: readonly SyntaxNode[],
  slice: string,
  indexes: readonly [string, string],
): ElementVariables | undefined {
  const names: (string | undefined)[] = [];
  let count = 0;
  for (const statement of statements) {
    if (statement.type !== "short_var_declaration") break;
    const left = operands(statement.childForFieldName("left") ?? statement);
    const right = operands(statement.childForFieldName("right") ?? statement);
    for (const [index, value] of right.entries()) {
      const element = value.type === "unary_expression" ? value.childForFieldName("operand") : value;
      const side = indexes.findIndex((name) => element?.text === `${slice}[${name}]`);
      const isKnown = value === element || value.text === `&${element?.text ?? ""}`;
      if (side < 0 || !isKnown || names[side] !== undefined || left.length !== right.length) return undefined;
      names[side] = left[index]?.text;
    }
    count++;
  }
  const [first, second] = names;
  return first === undefined || second === undefined
    ? undefined
    : { names: [first, second], statements: count };
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
    if (left.type !== "time.Time")
      return refuse(t("`{0}` is not a method of a `time.Time`.", call.callee.text));
    return { left, right: keyOf(argument, sorted), isLess: method === "Before", isTime: true };
  }
  return refuse(t("The comparison is not a plain `<` of parts of two elements."));
}
