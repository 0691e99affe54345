/** What somebody asks about: the variable or expression at a place of a file, as plain data. */
import { categoryOf } from "../fixes/syntacticTypes.js";
import { usesOf } from "../fixes/variableUses.js";
import { asCall } from "../syntax/calls.js";
import { type Declaration, type DeclarationKind, initialValue } from "../syntax/declarations.js";
import { functionDeclaration, functionName } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import {
  foldWhiteSpace,
  isSame,
  operands,
  present,
  spanOf,
  type TextSpan,
  withoutParentheses,
} from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { type VariableUse, variableUses } from "./variableUse.js";

/** The function around, as the compiler names it. */
interface FunctionAround {
  readonly name: string;
  /** From `func` to the closing brace; the whole file outside of functions. */
  readonly span: TextSpan;
  /** A generic function is compiled only where it is used. */
  readonly isGeneric: boolean;
}

/** A piece of the source. */
export interface Piece {
  readonly span: TextSpan;
  readonly text: string;
}

export interface VariableSubject {
  readonly kind: "variable";
  readonly name: string;
  readonly role: DeclarationKind;
  /** The declared name. */
  readonly span: TextSpan;
  /** The statement or parameter that declares it. */
  readonly declaration: TextSpan;
  /** What was asked about, where that is only a part of it or its address. */
  readonly asked: string | null;
  readonly category: ReturnType<typeof categoryOf>;
  /** Expressions that are assigned to it, in source order. */
  readonly values: readonly Piece[];
  readonly uses: readonly VariableUse[];
  /** How many more uses only read or write it. */
  readonly otherUses: number;
  readonly function: FunctionAround;
}

export interface ExpressionSubject {
  readonly kind: "expression";
  readonly span: TextSpan;
  readonly text: string;
  /** What a call or conversion calls, in the source's words; null for other expressions. */
  readonly callee: string | null;
  /** The variable that it is assigned to directly. */
  readonly variable: VariableSubject | null;
  readonly function: FunctionAround;
}

/** A name for which the question of heap or stack does not arise. */
export interface NameSubject {
  readonly kind: "package-variable" | "constant" | "type" | "function" | "import" | "unknown";
  readonly name: string;
}

export type Subject = VariableSubject | ExpressionSubject | NameSubject;

/**
 * The subject at an offset, or that of a selection; undefined in comments, white space and where there is no expression.
 * Names are looked up in the file alone: those of other files of the package are `unknown`.
 */
export function subjectAt(tree: GoTree, span: TextSpan): Subject | undefined {
  const node = span.start === span.end ? nodeAt(tree, span.start) : nodeOf(tree, span);
  return node === undefined ? undefined : subjectOf(node);
}

/** At a cursor the token behind it counts, or else the one before it: people put it at either end of a name. */
function nodeAt(tree: GoTree, offset: number): SyntaxNode | undefined {
  const behind = tree.root.descendantForIndex(offset, offset);
  const before = offset === 0 ? null : tree.root.descendantForIndex(offset - 1, offset - 1);
  const leaf = [behind, before].find((each) => each !== null && isName(each)) ?? behind;
  return leaf === null ? undefined : expressionAround(leaf);
}

function isName(node: SyntaxNode): boolean {
  return /(?:^|_)identifier$/.test(node.type);
}

function nodeOf(tree: GoTree, { start, end }: TextSpan): SyntaxNode | undefined {
  const { text } = tree.source;
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from] ?? "")) from++;
  while (to > from && /\s/.test(text[to - 1] ?? "")) to--;
  const node = from === to ? null : tree.root.namedDescendantForIndex(from, to - 1);
  return node === null ? undefined : expressionAround(node);
}

/** The node itself or the smallest expression around it; a name stands for itself unless it only names a part or a callee. */
function expressionAround(leaf: SyntaxNode): SyntaxNode | undefined {
  for (let node: SyntaxNode | null = leaf; node !== null && !isStatement(node); node = node.parent) {
    if (isExpression(node) && !isCalleeOrPart(node)) return withoutParentheses(node);
  }
  return leaf.type === "type_identifier" ? leaf : undefined;
}

function isExpression(node: SyntaxNode): boolean {
  return /_expression$|^identifier$|_literal$|^(?:true|false|nil|iota)$/.test(node.type);
}

/** `f` of `f(x)` stands for the call, `x` of `T{x: 1}` for the literal. */
function isCalleeOrPart(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  const call = asCall(parent);
  if (call !== undefined && isSame(call.callee, node)) return node.type !== "func_literal";
  if (parent.type === "selector_expression" && node.type === "identifier")
    return isCalleeOrPart(parent) && declarationOf(node) === undefined;
  if (parent.type !== "literal_element" || parent.parent?.type !== "keyed_element") return false;
  const isKey = isSame(operands(parent.parent)[0], parent);
  return isKey && node.type === "identifier" && declarationOf(node) === undefined;
}

function isStatement(node: SyntaxNode): boolean {
  return /_statement$|^block$|^source_file$|^statement_list$/.test(node.type);
}

function subjectOf(node: SyntaxNode): Subject {
  const root = rootName(node);
  const declaration = root === undefined ? undefined : declarationOf(root);
  if (root !== undefined && declaration !== undefined) {
    const asked = isSame(root, node) ? null : foldWhiteSpace(node.text);
    return named(declaration, asked) ?? expression(node);
  }
  if (node.type === "type_identifier") return { kind: "type", name: node.text };
  return node.type === "identifier" ? { kind: "unknown", name: node.text } : expression(node);
}

/** The variable that an expression is, is a field of, or is the address of. */
function rootName(node: SyntaxNode): SyntaxNode | undefined {
  const inner = withoutParentheses(node);
  if (inner.type === "identifier") return inner;
  const operand = inner.childForFieldName("operand");
  const isPart =
    inner.type === "selector_expression" ||
    (inner.type === "unary_expression" && inner.childForFieldName("operator")?.text === "&");
  return isPart && operand !== null ? rootName(operand) : undefined;
}

/** Undefined for a selector of a package, which is no part of a variable. */
function named(declaration: Declaration, asked: string | null): Subject | undefined {
  const { kind, name } = declaration;
  if (kind === "import" && asked !== null) return undefined;
  if (kind === "constant" || kind === "type" || kind === "function" || kind === "import")
    return { kind, name: name.text };
  if (isPackageLevel(declaration)) return { kind: "package-variable", name: name.text };
  return variable(declaration, asked);
}

function variable(declaration: Declaration, asked: string | null): VariableSubject {
  const { kind, name, node } = declaration;
  const scope = functionDeclaration(name) ?? name.tree.rootNode;
  const { telling, others } = variableUses(declaration, scope);
  return {
    kind: "variable",
    name: name.text,
    role: kind,
    span: spanOf(name),
    declaration: spanOf(node),
    asked,
    category: categoryOf(name),
    values: valuesOf(declaration, scope),
    uses: telling,
    otherUses: others,
    function: functionAround(name),
  };
}

function expression(node: SyntaxNode): ExpressionSubject {
  const text = foldWhiteSpace(node.text);
  const callee = asCall(node)?.callee.text ?? null;
  return {
    kind: "expression",
    span: spanOf(node),
    text,
    callee,
    variable: holder(node),
    function: functionAround(node),
  };
}

/** The local variable that takes the value as it is. */
function holder(node: SyntaxNode): VariableSubject | null {
  const list = node.parent;
  const statement = list?.parent;
  const left = statement?.childForFieldName(statement.type === "var_spec" ? "name" : "left") ?? null;
  if (list?.type !== "expression_list" || left === null || isSame(left, list)) return null;
  const names = left.type === "expression_list" ? operands(left) : [left];
  const name = names[operands(list).findIndex((each) => isSame(each, node))];
  const declaration = name?.type === "identifier" ? declarationOf(name) : undefined;
  if (declaration === undefined) return null;
  const subject = named(declaration, null);
  return subject?.kind === "variable" ? subject : null;
}

function valuesOf(declaration: Declaration, scope: SyntaxNode): Piece[] {
  const initial = initialValue(declaration);
  const assigned = usesOf(declaration, scope).flatMap((use) => assignedTo(use));
  const values = initial === undefined ? assigned : [initial, ...assigned];
  return values.map((value) => ({ span: spanOf(value), text: foldWhiteSpace(value.text) }));
}

function assignedTo(use: SyntaxNode): SyntaxNode[] {
  const list = use.parent;
  const statement = list?.parent;
  if (list?.type !== "expression_list" || statement?.type !== "assignment_statement") return [];
  const right = statement.childForFieldName("right");
  if (right === null || !isSame(statement.childForFieldName("left"), list)) return [];
  const [names, values] = [operands(list), operands(right)];
  const value = values[names.findIndex((each) => isSame(each, use))];
  return names.length === values.length && value !== undefined ? [value] : [];
}

function functionAround(node: SyntaxNode): FunctionAround {
  const declaration = functionDeclaration(node);
  const receiver = declaration?.childForFieldName("receiver") ?? null;
  const hasGenericReceiver =
    receiver !== null && present(receiver.descendantsOfType(["generic_type"])).length > 0;
  const isGeneric =
    hasGenericReceiver || (declaration?.childForFieldName("type_parameters") ?? null) !== null;
  return { name: functionName(node), span: spanOf(declaration ?? node.tree.rootNode), isGeneric };
}

/** Whether a place lies in another. */
export function contains(outer: TextSpan, inner: TextSpan): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
