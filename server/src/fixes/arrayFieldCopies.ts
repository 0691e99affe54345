/**
 * Shows that a struct is only ever passed by pointer, and that its field is set wherever one is made: a copy would copy
 * the array, where it used to share the slice, and an array is never nil.
 */
import * as l10n from "@vscode/l10n";
import { initialValue, writtenType } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { type ArrayFieldPlan, constructorAssignment, isConstructor } from "./arrayFieldEdits.js";
import type { FixInput } from "./fix.js";
import { editPackage, inspectPackage, named } from "./packageFiles.js";
import { refuse } from "./refusal.js";
import { categoryOfType } from "./syntacticTypes.js";

const { t } = l10n;

/** Refuses a struct that may be copied, or made without the field, anywhere in the package. */
export function refuseIfCopied(input: FixInput, plan: ArrayFieldPlan): void {
  // Files that are not compiled here must not name the struct either.
  editPackage(input, plan.structName, () => undefined);
  inspectPackage(input, (tree) => {
    for (const name of usesOfType(tree, plan.structName)) checkUse(name, plan);
    for (const star of present(tree.root.descendantsOfType("unary_expression"))) {
      if (star.childForFieldName("operator")?.text === "*") checkDereference(star, plan);
    }
  });
}

/** Where the name means the type: not a local of the same name, nor the declaration itself. */
function usesOfType(tree: GoTree, structName: string): SyntaxNode[] {
  return named(tree, ["type_identifier", "identifier"], structName).filter((name) => {
    if (isSame(name.parent?.childForFieldName("name"), name)) return false;
    const declaration = declarationOf(name);
    return declaration === undefined || declaration.kind === "type";
  });
}

function checkUse(name: SyntaxNode, plan: ArrayFieldPlan): void {
  const { parent } = name;
  if (parent?.type === "pointer_type" && !isElementOfLiteral(parent)) return;
  const made = parent?.parent ?? null;
  if (made === null || !isConstructor(made, plan.structName))
    return refuse(t("Not all uses of `{0}` are pointers: a copy would copy the array too.", name.text));
  const body = parent?.childForFieldName("body") ?? null;
  const elements = body === null ? [] : operands(body);
  if (elements.some((element) => element.type !== "keyed_element"))
    refuse(t("A literal of `{0}` has no field names.", name.text));
  const isSet = elements.some((element) => element.childForFieldName("key")?.text === plan.field);
  if (!isSet && constructorAssignment(made, plan) === undefined)
    refuse(t("A `{0}` is made without its `{1}`, which is nil then.", name.text, plan.field));
}

/** `[]*T{{…}}` and `map[string]*T{…}` make structs whose type is not written beside them. */
function isElementOfLiteral(pointer: SyntaxNode): boolean {
  let node = pointer;
  while (node.parent?.type.endsWith("_type") === true) node = node.parent;
  if (node.parent?.type !== "composite_literal") return false;
  const body = node.parent.childForFieldName("body");
  return body !== null && present(body.descendantsOfType("literal_value")).length > 1;
}

/** `*p` is a copy, unless p is known to point to something else. */
function checkDereference(star: SyntaxNode, plan: ArrayFieldPlan): void {
  const operand = star.childForFieldName("operand");
  const declaration = operand?.type === "identifier" ? declarationOf(operand) : undefined;
  const type = declaration === undefined ? undefined : pointedType(declaration);
  const isOther = type !== undefined && type.text !== plan.structName && categoryOfType(type) !== "unknown";
  if (!isOther) refuse(t("`{0}` may copy a `{1}`, and its array with it.", star.text, plan.structName));
}

function pointedType(declaration: Parameters<typeof initialValue>[0]): SyntaxNode | undefined {
  const written = writtenType(declaration);
  if (written !== undefined) return written.type === "pointer_type" ? operands(written)[0] : undefined;
  const value = initialValue(declaration);
  if (value?.childForFieldName("function")?.text !== "new") return undefined;
  return value.childForFieldName("arguments")?.firstNamedChild ?? undefined;
}
