/** Where a step of a flow happens, and what the syntax there says of the value's destination. */
import { expressionAt } from "./anchors/expressions.js";
import { asCall } from "./calls.js";
import type { Declaration } from "./declarations.js";
import { fileNames } from "./fileNames.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import {
  isSame,
  operands,
  present,
  rangeClause,
  tokenAt,
  withoutParentheses,
  type TextSpan,
} from "./nodes.js";
import { perTree } from "./perTree.js";
import { declarationOf, isPackageLevel } from "./scopes.js";
import { firstLine, statementHead, underline } from "./underline.js";

/** The position of a step, and the compiler's reason for it. */
export interface StepPosition {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-8 bytes; undefined where the compiler gave none. */
  readonly column: number | undefined;
  readonly reason: string;
  /** What flows: where several values are assigned at once, it tells which of them. */
  readonly value?: FlowingValue;
}

/** A value by the place of the expression that makes it, and the variable that holds it on its way, if one does. */
export interface FlowingValue {
  readonly place: TextSpan;
  readonly variable: string;
}

/** What stands on the left of an assignment. element: of a map or a slice, of which this file does not tell. */
export type AssignmentTarget =
  "field" | "element" | "slice-element" | "map-element" | "dereference" | "package-variable" | "variable";

/** What a call calls, as far as its file tells. */
export interface StepCallee {
  /** Source text. */
  readonly text: string;
  /** Import path of the package before the dot; null where that is no package. */
  readonly importPath: string | null;
  /** variable: a function value; selector: a method, or a function value in a field; name: any other identifier. */
  readonly kind: "builtin" | "package" | "selector" | "variable" | "name" | "other";
}

export interface StepPlace {
  /** The statement's head or the expression, in one line. */
  readonly range: TextSpan;
  /** Source text of what a range clause assigns its elements to; null for all else. */
  readonly element: string | null;
}

export interface FlowPlace extends StepPlace {
  /** For assignments only, those of a range clause included. */
  readonly assignedTo: AssignmentTarget | null;
  /** For arguments only. */
  readonly callee: StepCallee | null;
}

/** Finds the place of a step; undefined where the source has no such token, or the compiler gave no column. */
export function flowPlaceOf(tree: GoTree, step: StepPosition): FlowPlace | undefined {
  const found = findStep(tree, step);
  if (found === undefined) return undefined;
  const { token, node, element } = found;
  const assigned = step.reason.startsWith("assign") ? targetOf(tree, token, node, step.value) : null;
  return {
    ...placeOf(tree, found),
    assignedTo: element === undefined ? assigned : kindOfTarget(tree, element),
    callee: step.reason === "call parameter" ? calleeOf(tree, node) : null,
  };
}

/** The same without what the syntax there says of the destination. */
export function stepPlaceOf(tree: GoTree, step: StepPosition): StepPlace | undefined {
  const found = findStep(tree, step);
  return found && placeOf(tree, found);
}

/** The token at the place of a step, the statement or expression there, and what a range clause assigns to. */
interface FoundStep {
  readonly token: SyntaxNode;
  readonly node: SyntaxNode;
  readonly element: SyntaxNode | undefined;
}

function findStep(tree: GoTree, { line, column, reason }: StepPosition): FoundStep | undefined {
  const offset = column === undefined ? undefined : tree.source.offsetAt(line, column);
  const token = offset === undefined ? undefined : tokenAt(tree, offset);
  if (token === undefined) return undefined;
  const node = statementAt(token) ?? expressionAt(token) ?? token;
  return { token, node, element: reason.startsWith("range") ? elementOf(node) : undefined };
}

function placeOf(tree: GoTree, { node, element }: FoundStep): StepPlace {
  const range = statements.has(node.type) ? statementRange(tree, node) : underline(tree, node);
  return { range, element: element?.text ?? null };
}

const statements: ReadonlySet<string> = new Set([
  "return_statement",
  "assignment_statement",
  "short_var_declaration",
  "send_statement",
  "go_statement",
  "defer_statement",
  "for_statement",
  "var_spec",
]);

/** The statement whose position is this token: its keyword or operator; of a declaration its first name. */
function statementAt(token: SyntaxNode): SyntaxNode | undefined {
  const parent = token.parent;
  if (parent === null) return undefined;
  if (token.type === "range") return parent.parent ?? undefined;
  if (statements.has(parent.type) && isStatementWord(token.type)) return parent;
  return parent.type === "var_spec" && isSame(parent.childForFieldName("name"), token) ? parent : undefined;
}

function isStatementWord(type: string): boolean {
  const isKeyword = ["return", "go", "defer", "for", "<-"].includes(type);
  return isKeyword || /^(?::|[-+*/%&|^]|<<|>>|&\^)?=$/.test(type);
}

function statementRange(tree: GoTree, statement: SyntaxNode): TextSpan {
  if (statement.type === "for_statement") return statementHead(tree, statement);
  return firstLine(tree, { start: statement.startIndex, end: statement.endIndex });
}

/** What the elements of a range loop are assigned to: the last on the left, of a channel the only one. */
function elementOf(loop: SyntaxNode): SyntaxNode | undefined {
  const left = rangeClause(loop)?.childForFieldName("left") ?? null;
  const element = left === null ? undefined : operands(left).at(-1);
  return element === undefined ? undefined : withoutParentheses(element);
}

/** The destination of an assignment; null where several are assigned at once and nothing tells which, or none. */
function targetOf(
  tree: GoTree,
  token: SyntaxNode,
  node: SyntaxNode,
  value: FlowingValue | undefined,
): AssignmentTarget | null {
  const left = node.type === "var_spec" ? token : node.childForFieldName("left");
  const targets = left?.type === "expression_list" ? operands(left) : left === null ? [] : [left];
  const target = targets.length === 1 ? targets[0] : targets[indexOfValue(node, targets.length, value)];
  return target === undefined ? null : kindOfTarget(tree, withoutParentheses(target));
}

/** Which of as many values is assigned; -1 where one call gives all of them. */
function indexOfValue(assignment: SyntaxNode, count: number, value: FlowingValue | undefined): number {
  const values = operands(assignment.childForFieldName("right") ?? assignment);
  if (value === undefined || values.length !== count) return -1;
  const { start, end } = value.place;
  const own = values.findIndex(({ startIndex, endIndex }) => startIndex <= start && end <= endIndex);
  return own >= 0 ? own : values.findIndex(({ text }) => text === value.variable);
}

function kindOfTarget(tree: GoTree, target: SyntaxNode): AssignmentTarget | null {
  switch (target.type) {
    case "identifier": {
      const declaration = declarationOf(target);
      // What the file does not declare, another file of the package does.
      return declaration === undefined || isPackageLevel(declaration) ? "package-variable" : "variable";
    }
    case "selector_expression":
      return importPathOf(tree, target) === null ? "field" : "package-variable";
    case "index_expression":
      return elementKind(tree, target.childForFieldName("operand"));
    case "unary_expression":
      return "dereference";
    default:
      return null;
  }
}

/** By the declarations of the operand: a variable's own, or those of all fields of its name in the file. Arrays are neither. */
function elementKind(tree: GoTree, operand: SyntaxNode | null): AssignmentTarget {
  const kinds = new Set(
    declaredTypes(tree, operand).map((type) => /^(?:make\()?\s*(map\[|\[\])/.exec(type)?.[1]),
  );
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined) return "element";
  return kind === "[]" ? "slice-element" : "map-element";
}

function declaredTypes(tree: GoTree, operand: SyntaxNode | null): string[] {
  if (operand?.type === "identifier") {
    const declaration = declarationOf(operand);
    return declaration === undefined ? [] : [declaredText(declaration)];
  }
  const field = operand?.type === "selector_expression" ? operand.childForFieldName("field") : null;
  return field === null ? [] : (fieldTypes(tree.root).get(field.text) ?? []);
}

/** Source texts of the types of all fields in the file, by the field's name. */
const fieldTypes = perTree((root) => {
  const types = new Map<string, string[]>();
  for (const declaration of present(root.descendantsOfType("field_declaration"))) {
    const type = declaration.childForFieldName("type")?.text ?? "";
    for (const { text } of present(declaration.childrenForFieldName("name")))
      types.set(text, [...(types.get(text) ?? []), type]);
  }
  return types;
});

/** The type of a declaration, or the value that decides its type. */
function declaredText({ node }: Declaration): string {
  const written =
    node.childForFieldName("type") ?? node.childForFieldName("value") ?? node.childForFieldName("right");
  return written?.text ?? "";
}

const builtins: ReadonlySet<string> = new Set(["append", "copy", "panic", "print", "println", "new", "make"]);

function calleeOf(tree: GoTree, node: SyntaxNode): StepCallee | null {
  // A range loop may call a function with its body.
  const called = asCall(node)?.callee ?? rangeClause(node)?.childForFieldName("right") ?? null;
  if (called === null) return null;
  const callee = withoutParentheses(called);
  const generic = withoutTypeArguments(callee);
  const importPath = importPathOf(tree, generic);
  return { text: callee.text, importPath, kind: kindOfCallee(generic, importPath) };
}

/** The function of an instance: `pkg.F` of `pkg.F[int]`, which the grammar takes for a type where it may be one. */
function withoutTypeArguments(callee: SyntaxNode): SyntaxNode {
  const field = callee.type === "index_expression" ? "operand" : "type";
  const isInstance = ["index_expression", "generic_type", "type_instantiation_expression"].includes(
    callee.type,
  );
  return (isInstance ? callee.childForFieldName(field) : null) ?? callee;
}

function kindOfCallee(callee: SyntaxNode, importPath: string | null): StepCallee["kind"] {
  if (importPath !== null) return "package";
  if (callee.type === "selector_expression") return "selector";
  if (callee.type !== "identifier" && callee.type !== "type_identifier") return "other";
  const declaration = declarationOf(callee);
  if (declaration === undefined) return builtins.has(callee.text) ? "builtin" : "name";
  return declaration.kind === "function" || declaration.kind === "type" ? "name" : "variable";
}

const qualified: ReadonlySet<string> = new Set(["selector_expression", "qualified_type"]);

/** Import path of `pkg` in `pkg.Name`; null where that is a value. */
function importPathOf(tree: GoTree, node: SyntaxNode): string | null {
  const operand = node.childForFieldName(node.type === "qualified_type" ? "package" : "operand");
  const isName = operand?.type === "identifier" || operand?.type === "package_identifier";
  if (operand === null || !isName || !qualified.has(node.type)) return null;
  const path = fileNames(tree).imports.get(operand.text);
  return path === undefined || declarationOf(operand) !== undefined ? null : path;
}
