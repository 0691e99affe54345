/** Puts pointers to slices into a sync.Pool instead of slices, which are boxed at each Put. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, onlyOperand, operands, present } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { isInLiteral } from "./arrayUses.js";
import { type FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { editPackage, isExported, named, type PackageFile } from "./packageFiles.js";
import { assignedValue, fieldUses, structOfField, valuesInLiterals } from "./plainField.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, withSiteFile } from "./sourceFile.js";
import { functionOf, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export const poolPointer: Fix = {
  id: "pool-pointer",
  appliesTo: (site) =>
    site.form === "boxed" && site.reason === "boxed-argument" && /(?:^|\.)Put$/.test(site.callee ?? ""),
  propose: (input) =>
    proposals("pool-pointer", () => withSiteFile(input, (_tree, node) => propose(input, node))),
};

/** A pool that all uses are known of: a package variable, or a field by the name of its struct. */
interface Pool {
  readonly name: string;
  /** Undefined for a variable. */
  readonly struct: string | undefined;
}

function propose(input: FixInput, node: SyntaxNode): Proposal[] {
  const pool = poolOf(input, node);
  const types = new Set<string>();
  const edit = editPackage(input, pool.name, (file) => {
    for (const value of poolValues(file, pool)) types.add(adaptNew(value, file.edits));
  });
  const [type, ...others] = types;
  if (type === undefined || others.length > 0 || (pool.struct === undefined && edit.size !== 1))
    return refuse(t("The pool's `New` is not a function literal that only returns a new slice."));
  const whole = editPackage(input, pool.name, (file) => {
    for (const value of poolValues(file, pool)) adaptNew(value, file.edits);
    adaptUses(file, pool, type);
  });
  return [
    {
      fix: "pool-pointer",
      edit: whole,
      proof: "pooled",
      title: t("Keep pointers `*{0}` in `{1}`", type, pool.name),
      behaviour: null,
      isPreferred: true,
      choice: null,
    },
  ];
}

/** The pool whose Put takes the node. */
function poolOf(input: FixInput, node: SyntaxNode): Pool {
  const call = node.parent?.type === "argument_list" ? node.parent.parent : null;
  const callee = call === null ? null : (asCall(call)?.callee ?? null);
  const pool = callee?.type === "selector_expression" ? callee.childForFieldName("operand") : null;
  if (pool?.type === "selector_expression") {
    const name = pool.childForFieldName("field")?.text ?? "";
    return { name, struct: structOfField(input, name) };
  }
  const declaration = pool?.type === "identifier" ? declarationOf(pool) : undefined;
  if (pool?.type !== "identifier" || (declaration !== undefined && !isPackageLevel(declaration)))
    return refuse(t("Only pools in package variables and in fields can be changed with all their uses."));
  if (isExported(pool.text)) refuse(t("`{0}` is exported: its uses are not all known.", pool.text));
  return { name: pool.text, struct: undefined };
}

/** What the pool is set to in this file: `sync.Pool{…}`, a pointer to one, or its function New alone. */
function poolValues(file: PackageFile, { name, struct }: Pool): SyntaxNode[] {
  if (struct === undefined) {
    const value = onlyOperand(poolSpec(file.tree, name)?.childForFieldName("value") ?? null);
    return value === undefined ? [] : [value];
  }
  const values = valuesInLiterals(file, struct, name);
  for (const use of fieldUses(file, name)) {
    const value = assignedValue(isNew(use.parent) ? use.parent : use);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** `x.pool.New`. */
function isNew(selector: SyntaxNode | null): selector is SyntaxNode {
  return selector?.type === "selector_expression" && selector.childForFieldName("field")?.text === "New";
}

/** The declaration `var pool = sync.Pool{…}` in this file. */
function poolSpec(tree: GoTree, name: string): SyntaxNode | undefined {
  const specs = operands(tree.root)
    .filter(({ type }) => type === "var_declaration")
    .flatMap((node) => present(node.descendantsOfType("var_spec")));
  return specs.find((spec) => spec.childForFieldName("name")?.text === name);
}

/** `New: func() any { return make([]T, …) }` returns a pointer then. Returns the slice's type. */
function adaptNew(value: SyntaxNode, edits: FileEdits): string {
  const isPool = /^&?sync\.Pool\s*\{/.test(value.text);
  const literals =
    value.type === "func_literal" ? [value] : isPool ? present(value.descendantsOfType("func_literal")) : [];
  const [literal] = literals;
  const body = literal?.childForFieldName("body");
  const statements = body === null || body === undefined ? [] : operands(operands(body)[0] ?? body);
  const [statement] = statements;
  const made =
    statement?.type === "return_statement" ? onlyOperand(operands(statement)[0] ?? null) : undefined;
  const type = made === undefined ? undefined : sliceType(made);
  if (literals.length !== 1 || statements.length !== 1 || literal === undefined || statement === undefined)
    return refuse(t("The pool's `New` is not a function literal that only returns a new slice."));
  if (made === undefined || type === undefined) return refuse(t("The pool does not hold slices."));
  const variable = freeName("b", literal);
  const isOneLine = !literal.text.includes("\n");
  const separator = isOneLine ? "; " : "\n";
  edits.replace(statement, `${variable} := ${made.text}${separator}return &${variable}`);
  return type;
}

function sliceType(made: SyntaxNode): string | undefined {
  const type =
    made.type === "composite_literal" ? made.childForFieldName("type") : (asCall(made)?.arguments[0] ?? null);
  const isMade = made.type === "composite_literal" || asCall(made)?.callee.text === "make";
  return isMade && type?.type === "slice_type" && !made.text.includes("\n") ? type.text : undefined;
}

/** All uses must be `b := pool.Get().([]T)` and `pool.Put(…)` of what such a variable holds. */
function adaptUses(file: PackageFile, pool: Pool, type: string): void {
  const { tree, edits } = file;
  const pointers = new Map<number, string>();
  const puts: SyntaxNode[] = [];
  for (const use of poolUses(file, pool)) {
    const selector = use.parent;
    if (pool.struct !== undefined && assignedValue(isNew(selector) ? selector : use) !== undefined) continue;
    const call = selector?.parent;
    const field =
      selector?.type === "selector_expression" ? selector.childForFieldName("field")?.text : undefined;
    if (call?.type !== "call_expression" || (field !== "Get" && field !== "Put"))
      return refuse(t("`{0}` is used otherwise than by Get and Put.", pool.name));
    if (field === "Put") puts.push(call);
    else adaptGet(call, tree, type, edits, pointers);
  }
  for (const put of puts) adaptPut(put, tree, edits, pointers);
}

function poolUses(file: PackageFile, { name, struct }: Pool): SyntaxNode[] {
  if (struct !== undefined) return fieldUses(file, name);
  return named(file.tree, ["identifier"], name).filter((use) => {
    const declaration = declarationOf(use);
    return declaration === undefined || (isPackageLevel(declaration) && !isSame(declaration.name, use));
  });
}

/** `b := pool.Get().([]T)` becomes `p := pool.Get().(*[]T)` and `b := *p`. */
function adaptGet(
  call: SyntaxNode,
  tree: GoTree,
  type: string,
  edits: FileEdits,
  pointers: Map<number, string>,
): void {
  const assertion = call.parent;
  const list = assertion?.parent;
  const statement = list?.parent;
  const asserted =
    assertion?.type === "type_assertion_expression" ? assertion.childForFieldName("type") : null;
  const variable = onlyOperand(statement?.childForFieldName("left") ?? null);
  const isDeclared =
    statement?.type === "short_var_declaration" &&
    statement.parent?.type === "statement_list" &&
    startsLine(tree, statement) &&
    asserted?.text === type;
  const declaration = variable?.type === "identifier" ? declarationOf(variable) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (
    !isDeclared ||
    variable === undefined ||
    definition === undefined ||
    !isSame(declaration?.name, variable)
  )
    return refuse(t("What Get returns is not kept in a new variable: `{0}`.", call.text));
  const pointer = freeName(variable.text === "p" ? "pointer" : "p", definition);
  pointers.set(variable.id, pointer);
  edits.replace(variable, pointer);
  edits.replace(asserted, `*${type}`);
  edits.insertAfter(statement, `\n${variable.text} := *${pointer}`);
}

/** `pool.Put(b)` becomes `*p = b` and `pool.Put(p)`. */
function adaptPut(
  call: SyntaxNode,
  tree: GoTree,
  edits: FileEdits,
  pointers: ReadonlyMap<number, string>,
): void {
  const value = asCall(call)?.arguments[0];
  const operand = value?.type === "slice_expression" ? value.childForFieldName("operand") : value;
  const declaration = operand?.type === "identifier" ? declarationOf(operand) : undefined;
  const pointer = declaration === undefined ? undefined : pointers.get(declaration.name.id);
  const statement = ancestor(call, new Set(["expression_statement", "defer_statement", "go_statement"]));
  const isAlone =
    statement !== undefined &&
    isSame(operands(statement)[0], call) &&
    statement.parent?.type === "statement_list" &&
    startsLine(tree, statement);
  if (value === undefined || pointer === undefined || declaration === undefined || !isAlone)
    return refuse(t("What is put into the pool did not come from it: `{0}`.", call.text));
  const definition = functionOf(declaration);
  if (definition !== undefined) refusePutTwice(operand ?? value, declaration, definition);
  if (!(statement.type === "defer_statement" && isUnchanged(declaration, definition, statement)))
    edits.insertLineBefore(statement, `*${pointer} = ${value.text}`);
  else if (value.type === "slice_expression")
    edits.insertLineBefore(statement, `*${pointer} = ${value.text}`);
  edits.replace(value, pointer);
}

/** A deferred Put of the slice as it came needs no assignment. */
function isUnchanged(
  declaration: NonNullable<ReturnType<typeof declarationOf>>,
  definition: SyntaxNode | undefined,
  statement: SyntaxNode,
): boolean {
  if (definition === undefined) return false;
  return usesOf(declaration, definition).every(
    (use) => useKind(use) !== "assigned" || use.startIndex > statement.endIndex,
  );
}

/** Two Puts of one slice may be one pointer in two hands, where it was two headers of one array before: as wrong. */
function refusePutTwice(
  operand: SyntaxNode,
  declaration: NonNullable<ReturnType<typeof declarationOf>>,
  definition: SyntaxNode,
): void {
  const isShared = usesOf(declaration, definition).some(
    (use) => isInLiteral(use) && useKind(use) === "assigned" && !isSame(use, operand),
  );
  if (isShared) refuse(t("A function literal changes `{0}`.", declaration.name.text));
}
