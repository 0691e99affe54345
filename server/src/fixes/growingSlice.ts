/** A local slice that begins empty and grows by append: its declaration, its appends, and what else is done with it. */
import * as l10n from "@vscode/l10n";
import { asCall, calledIdentifier } from "../syntax/calls.js";
import { type Declaration, initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { ancestor, isSame, isWithin, onlyOperand, operands, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { refuse } from "./refusal.js";
import { isBuiltin } from "./sourceFile.js";
import { functionOf, isCaptured, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export interface GrowingSlice {
  readonly declaration: Declaration;
  /** The function or literal that declares it. */
  readonly definition: SyntaxNode;
  /** Its type's source text. */
  readonly type: string;
  /** The empty value it is given; undefined where it begins as nil without one. */
  readonly value: SyntaxNode | undefined;
  readonly isNil: boolean;
  /** The calls in `s = append(s, …)`, in source order. */
  readonly appends: readonly SyntaxNode[];
  /** All other uses, but for the two that each append makes. */
  readonly otherUses: readonly SyntaxNode[];
}

/** Reads the slice that the call of append grows. Refuses what is not local, not empty at first, or shared meanwhile. */
export function growingSlice(append: SyntaxNode): GrowingSlice {
  const name = appendedVariable(append);
  const declaration = name === undefined ? undefined : declarationOf(name);
  if (name === undefined || declaration === undefined)
    return refuse(t("What append returns is not assigned to the slice that it grows."));
  if (isPackageLevel(declaration)) return refuse(t("`{0}` is a package variable.", name.text));
  const definition = functionOf(declaration);
  if (definition === undefined) return refuse(t("The syntax around it is broken."));
  const uses = usesOf(declaration, definition);
  const appends = uses.flatMap((use) => {
    const call = useKind(use) === "appendee" ? withParentheses(use).parent?.parent : undefined;
    return call !== undefined && call !== null && isSame(declarationOfAppended(call), declaration.name)
      ? [call]
      : [];
  });
  const statements = appends.flatMap((call) => ancestor(call, new Set(["assignment_statement"])) ?? []);
  const otherUses = uses.filter((use) => {
    const isOwn = statements.some((statement) => isWithin(use, statement) && isOwnUse(use));
    return !isOwn;
  });
  refuseSharing(declaration, appends, otherUses);
  return { declaration, definition, ...emptyStart(declaration), appends, otherUses };
}

/** The variable in `s = append(s, …)`; undefined where the two differ, or stand among others. */
function appendedVariable(append: SyntaxNode): SyntaxNode | undefined {
  const call = asCall(append);
  const appendee = call?.arguments[0];
  if (call === undefined || !isBuiltin(call.callee, "append") || appendee?.type !== "identifier")
    return undefined;
  const list = withParentheses(append).parent;
  const statement = list?.type === "expression_list" ? list.parent : null;
  if (statement?.type !== "assignment_statement") return undefined;
  const assigned = onlyOperand(statement.childForFieldName("left"));
  const isPlain = statement.childForFieldName("operator")?.text === "=";
  return isPlain && assigned?.text === appendee.text ? appendee : undefined;
}

function declarationOfAppended(append: SyntaxNode): SyntaxNode | undefined {
  const name = appendedVariable(append);
  return name === undefined ? undefined : declarationOf(name)?.name;
}

/** The variable on the left and as append's first operand; what stands in the appended values is another matter. */
function isOwnUse(use: SyntaxNode): boolean {
  const kind = useKind(use);
  return kind === "assigned" || kind === "appendee";
}

function emptyStart(declaration: Declaration): Pick<GrowingSlice, "type" | "value" | "isNil"> {
  const written = declaration.kind === "parameter" ? undefined : writtenType(declaration);
  const value = initialValue(declaration);
  if (declaration.kind === "result" && written !== undefined)
    return { type: written.text, value: undefined, isNil: true };
  if (declaration.kind !== "variable") return refuse(t("`{0}` does not begin empty.", declaration.name.text));
  if (value === undefined && written !== undefined && declaration.node.childForFieldName("value") === null)
    return { type: written.text, value: undefined, isNil: true };
  const empty = value === undefined ? undefined : emptyValue(value);
  if (empty === undefined || value === undefined)
    return refuse(t("`{0}` does not begin empty.", declaration.name.text));
  return { type: written?.text ?? empty.type, value, isNil: empty.isNil };
}

/** `[]T{}`, `make([]T, 0)` and `[]T(nil)`. */
function emptyValue(value: SyntaxNode): { type: string; isNil: boolean } | undefined {
  if (value.type === "composite_literal") {
    const type = value.childForFieldName("type");
    const body = value.childForFieldName("body");
    const isEmpty = body !== null && operands(body).length === 0 && !body.text.includes("/");
    return type !== null && isEmpty ? { type: type.text, isNil: false } : undefined;
  }
  const call = asCall(value);
  const [first, length] = call?.arguments ?? [];
  if (call === undefined || first === undefined) return undefined;
  if (calledIdentifier(call) === "make") {
    const isEmpty = call.arguments.length === 2 && length !== undefined && integerConstant(length) === 0;
    return isEmpty ? { type: first.text, isNil: false } : undefined;
  }
  return first.type === "nil" && call.arguments.length === 1
    ? { type: call.callee.text, isNil: true }
    : undefined;
}

/**
 * While it grows, nothing else may hold it: with room to spare, `append` to a second slice of the same memory would write
 * over the first, where growth used to part the two.
 */
function refuseSharing(
  declaration: Declaration,
  appends: readonly SyntaxNode[],
  otherUses: readonly SyntaxNode[],
): void {
  const name = declaration.name.text;
  if (appends.some((append) => isCaptured(append, declaration)))
    refuse(t("A function literal appends to `{0}`.", name));
  const last = appends.at(-1);
  const growsUntil = last === undefined ? 0 : (outermostLoop(last, declaration) ?? last).endIndex;
  for (const use of otherUses) {
    const kind = useKind(use);
    if (kind === "address") refuse(t("The address of `{0}` is taken.", name));
    if (kind === "capacity") refuse(t("The code asks for the capacity of `{0}`.", name));
    if (isCaptured(use, declaration)) refuse(t("A function literal uses `{0}`.", name));
    if (kind === "appendee") refuse(t("`{0}` is appended to elsewhere too.", name));
    if (use.startIndex > growsUntil) continue;
    if (kind === "assigned") refuse(t("`{0}` is set to something else before it has grown.", name));
    if (!["index", "length", "range", "spread", "copied", "returned", "compared"].includes(kind))
      refuse(t("Other code gets `{0}` while it still grows.", name));
  }
}

/** The loop around the append that is nearest to the declaration. */
export function outermostLoop(append: SyntaxNode, declaration: Declaration): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let node = append.parent; node !== null; node = node.parent) {
    if (isWithin(declaration.name, node)) break;
    if (node.type === "for_statement") found = node;
  }
  return found;
}
