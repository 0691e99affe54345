/** Makes an array of an unexported struct field that always holds a slice of one constant length. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { present, withoutParentheses, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { makeSlice } from "./allocatedSlice.js";
import { type ArrayFieldPlan, FieldEditor } from "./arrayFieldEdits.js";
import { arrayLengthText } from "./arrayLength.js";
import { refuseIfCopied } from "./arrayFieldCopies.js";
import { sizeOfType } from "./constants.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { editPackage, isExported } from "./packageFiles.js";
import { structOfField } from "./plainField.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";

const { t } = l10n;

/** Bytes up to which a struct may hold its buffer itself. */
const limit = 64 * 1024;

export const arrayField: Fix = {
  id: "array-field",
  appliesTo: (site) => site.form === "make" && site.kind === "escapes" && site.inlinedFrom === null,
  propose: (input) =>
    proposals("array-field", () => [withSiteFile(input, (_tree, node) => proposal(input, node))]),
};

function proposal(input: FixInput, node: SyntaxNode): Proposal {
  const made = makeSlice(node);
  if (made === undefined || made.capacity !== undefined)
    return refuse(t("Only slices made with one constant length can become an array."));
  const value = integerConstant(made.length);
  if (value === undefined || isLocal(made.length))
    return refuse(t("The length of the slice is not a constant of the package."));
  const field = fieldName(node) ?? refuse(t("The slice is not kept in a field."));
  const structName = structOfField(input, field);
  if (isExported(structName)) refuse(t("`{0}` is exported: what uses it is not all known.", structName));
  const bytes = value * (sizeOfType(made.element) ?? 1);
  if (bytes > limit) refuse(t("The struct would have {0} bytes more.", bytes));
  const plan: ArrayFieldPlan = {
    field,
    length: made.length.text,
    array: `[${arrayLengthText(made.length)}]${made.element.text}`,
    element: made.element.text,
    structName,
  };
  refuseIfCopied(input, plan);
  const editor = new FieldEditor(plan);
  const edit = editPackage(input, field, (file) => {
    editor.adapt(file);
  });
  editor.finish();
  return {
    fix: "array-field",
    edit,
    proof: "gone",
    title: t("Make an array `{0}` of the field `{1}`", plan.array, field),
    behaviour: null,
    isPreferred: true,
    choice: null,
  };
}

function isLocal(expression: SyntaxNode): boolean {
  const names = [expression, ...present(expression.descendantsOfType("identifier"))];
  return names.some((name) => {
    const declaration = name.type === "identifier" ? declarationOf(name) : undefined;
    return declaration !== undefined && !isPackageLevel(declaration);
  });
}

/** The field in `T{field: make(…)}` and `x.field = make(…)`. */
function fieldName(node: SyntaxNode): string | undefined {
  const outer = withParentheses(node);
  const { parent } = outer;
  if (parent?.type === "literal_element" && parent.parent?.type === "keyed_element") {
    const key = parent.parent.childForFieldName("key");
    return key?.namedChildren.length === 1 && key.id !== parent.id ? key.text : undefined;
  }
  const statement = parent?.type === "expression_list" ? parent.parent : null;
  const left = statement?.type === "assignment_statement" ? statement.childForFieldName("left") : null;
  const target = left?.namedChildren.length === 1 ? left.firstNamedChild : null;
  if (target === null || withoutParentheses(target).type !== "selector_expression") return undefined;
  return withoutParentheses(target).childForFieldName("field")?.text;
}
