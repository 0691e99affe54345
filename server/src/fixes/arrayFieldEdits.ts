/** The edits that a field needs when it becomes an array: its declaration, where it is set, and where it is used. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present } from "../syntax/nodes.js";
import { makeSlice } from "./allocatedSlice.js";
import { adaptUse } from "./arrayUses.js";
import type { FileEdits } from "./edits.js";
import { named, type PackageFile } from "./packageFiles.js";
import { refuse } from "./refusal.js";
import { useKind } from "./variableUses.js";

const { t } = l10n;

/** Plain data: it outlives the trees. */
export interface ArrayFieldPlan {
  readonly field: string;
  readonly structName: string;
  /** Source text of the array's length and element type. */
  readonly length: string;
  readonly element: string;
  /** The array's type as gofmt writes it. */
  readonly array: string;
}

/** Whether the value is the make that the field is always set to. */
export function isFieldValue(value: SyntaxNode, plan: ArrayFieldPlan): boolean {
  const made = makeSlice(value);
  if (made === undefined || made.capacity !== undefined) return false;
  return made.length.text === plan.length && made.element.text === plan.element;
}

/**
 * The assignment `v.field = make(…)` right behind the statement that makes the struct, with nothing but assignments
 * between the two; undefined where there is none. `made` is `&T{…}` or `new(T)`.
 */
export function constructorAssignment(made: SyntaxNode, plan: ArrayFieldPlan): SyntaxNode | undefined {
  const list = made.parent;
  const statement = list?.type === "expression_list" ? list.parent : null;
  if (statement?.type !== "short_var_declaration" || list?.namedChildren.length !== 1) return undefined;
  const target = `${statement.childForFieldName("left")?.text ?? ""}.${plan.field}`;
  for (let next = statement.nextNamedSibling; next !== null; next = next.nextNamedSibling) {
    if (next.type === "comment") continue;
    if (next.type !== "assignment_statement") return undefined;
    const value = next.childForFieldName("right")?.firstNamedChild ?? null;
    if (next.childForFieldName("left")?.text === target)
      return value !== null && isFieldValue(value, plan) ? next : undefined;
  }
  return undefined;
}

/** Edits file after file; what only the whole package shows is decided by `finish`. */
export class FieldEditor {
  readonly #plan: ArrayFieldPlan;
  /** Whether slices of the field's memory are made, which must go on to mean the same memory. */
  #isSliced = false;
  /** Whether the field is set again after its struct was made. */
  #isReset = false;

  constructor(plan: ArrayFieldPlan) {
    this.#plan = plan;
  }

  /** Edits the declaration and all uses of the field in a file. */
  adapt({ tree, edits }: PackageFile): void {
    const { field } = this.#plan;
    this.#adaptDeclaration(tree.root, edits);
    const constructors = this.#adaptConstructors(tree.root, edits);
    for (const name of named(tree, ["field_identifier"], field)) {
      const selector = name.parent;
      if (selector?.type !== "selector_expression") continue;
      const statement = selector.parent?.parent;
      if (useKind(selector) !== "assigned") this.#adaptUse(selector, edits);
      else if (statement === null || statement === undefined) refuse(t("The syntax around it is broken."));
      else if (!constructors.has(statement.id)) this.#adaptReset(statement, edits);
    }
  }

  /** To be called when all files have been adapted. */
  finish(): void {
    if (this.#isSliced && this.#isReset)
      refuse(t("`{0}` is set again while slices of its old memory may be in use.", this.#plan.field));
  }

  #adaptDeclaration(root: SyntaxNode, edits: FileEdits): void {
    const { field, element } = this.#plan;
    for (const declaration of present(root.descendantsOfType("field_declaration"))) {
      const names = present(declaration.childrenForFieldName("name")).filter((name) => name.isNamed);
      if (!names.some((name) => name.text === field)) continue;
      const type = declaration.childForFieldName("type");
      const isSlice = type?.type === "slice_type" && type.childForFieldName("element")?.text === element;
      if (type === null || !isSlice) refuse(t("The field's type is not written as `[]{0}`.", element));
      else if (names.length > 1) refuse(t("`{0}` is declared together with other fields.", field));
      else edits.replace(type, this.#plan.array);
    }
  }

  /** Takes the field out of what makes its struct; returns the ids of assignments that did the same. */
  #adaptConstructors(root: SyntaxNode, edits: FileEdits): Set<number> {
    const { structName, field } = this.#plan;
    const assignments = new Set<number>();
    for (const made of present(root.descendantsOfType(["unary_expression", "call_expression"]))) {
      if (!isConstructor(made, structName)) continue;
      const assignment = constructorAssignment(made, this.#plan);
      if (assignment === undefined) continue;
      assignments.add(assignment.id);
      edits.deleteLine(assignment);
    }
    for (const element of present(root.descendantsOfType("keyed_element"))) {
      if (element.childForFieldName("key")?.text === field) this.#adaptElement(element, edits);
    }
    return assignments;
  }

  /** On one line the element goes; among lines, whose columns gofmt aligns, it keeps its place. */
  #adaptElement(element: SyntaxNode, edits: FileEdits): void {
    const { field, structName } = this.#plan;
    const body = element.parent;
    const value = element.childForFieldName("value")?.firstNamedChild ?? null;
    if (body === null || value === null || body.parent?.childForFieldName("type")?.text !== structName)
      return refuse(t("The type of a literal with `{0}` is not written out.", field));
    if (!isFieldValue(value, this.#plan)) return refuse(t("`{0}` is also set to something else.", field));
    if (body.text.includes("\n")) {
      edits.replace(value, `${this.#plan.array}{}`);
      return;
    }
    const others = operands(body).filter((each) => each.id !== element.id);
    edits.replace(body, `{${others.map((each) => each.text).join(", ")}}`);
  }

  #adaptUse(selector: SyntaxNode, edits: FileEdits): void {
    if (!["index", "length", "capacity", "range"].includes(useKind(selector))) this.#isSliced = true;
    adaptUse(selector, "anywhere", edits);
  }

  /** `x.field = make([]T, N)` sets all elements to zero. */
  #adaptReset(statement: SyntaxNode, edits: FileEdits): void {
    const values = statement.childForFieldName("right");
    const value = values?.namedChildren.length === 1 ? values.firstNamedChild : null;
    const isPlain =
      statement.type === "assignment_statement" && value !== null && isFieldValue(value, this.#plan);
    if (!isPlain) return refuse(t("`{0}` is also set to something else.", this.#plan.field));
    this.#isReset = true;
    edits.replace(value, `${this.#plan.array}{}`);
  }
}

/** `&T{…}` or `new(T)` of the struct. */
export function isConstructor(node: SyntaxNode, structName: string): boolean {
  if (node.type === "unary_expression") {
    const operand = node.childForFieldName("operand");
    const isAddress = node.childForFieldName("operator")?.text === "&";
    return isAddress && operand?.childForFieldName("type")?.text === structName;
  }
  const isNew = node.childForFieldName("function")?.text === "new";
  return isNew && node.childForFieldName("arguments")?.firstNamedChild?.text === structName;
}
