/** Fields of which all uses are known: unexported ones that a single struct of the package has. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, onlyOperand, present } from "../syntax/nodes.js";
import type { FixInput } from "./fix.js";
import { editPackage, isExported, named, type PackageFile } from "./packageFiles.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/**
 * Name of the struct that has the field, so that every selector of that name means it. Refuses exported fields, and where
 * another type of the package has a field or a method of that name.
 */
export function structOfField(input: FixInput, field: string): string {
  if (isExported(field)) refuse(t("The field `{0}` is exported: what uses it is not all known.", field));
  const names: string[] = [];
  editPackage(input, field, ({ tree }) => {
    for (const declaration of tree.root.descendantsOfType([
      "field_declaration",
      "method_declaration",
      "method_elem",
    ])) {
      const hasName = declaration?.childrenForFieldName("name").some((name) => name?.text === field) === true;
      if (declaration === null || !hasName) continue;
      const spec = ancestor(declaration, new Set(["type_spec"]));
      const isDirect = spec?.childForFieldName("type")?.id === declaration.parent?.parent?.id;
      const isGeneric = (spec?.childForFieldName("type_parameters") ?? null) !== null;
      const isTop = spec?.parent?.parent?.type === "source_file";
      if (declaration.type !== "field_declaration" || spec === undefined || !isDirect || isGeneric || !isTop)
        refuse(t("`{0}` is not only a field of one plain struct.", field));
      else names.push(spec.childForFieldName("name")?.text ?? "");
    }
  });
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) return refuse(t("Several types have a field `{0}`.", field));
  return name;
}

/** The declaration of the field, where this file has it. Refuses where one declaration has several names. */
export function fieldDeclaration({ tree }: PackageFile, field: string): SyntaxNode | undefined {
  const declaration = named(tree, ["field_identifier"], field)
    .map(({ parent }) => parent)
    .find((parent) => parent?.type === "field_declaration");
  if (declaration === undefined || declaration === null) return undefined;
  const names = present(declaration.childrenForFieldName("name")).filter((name) => name.isNamed);
  if (names.length > 1) refuse(t("`{0}` is declared together with other fields.", field));
  return declaration;
}

/** All `x.field` of a file, in source order. */
export function fieldUses({ tree }: PackageFile, field: string): SyntaxNode[] {
  return named(tree, ["field_identifier"], field).flatMap(({ parent }) =>
    parent?.type === "selector_expression" ? [parent] : [],
  );
}

/**
 * What literals of the struct give the field. Refuses literals without field names, whose values are the field's only by
 * their place, and literals whose type is not written out.
 */
export function valuesInLiterals({ tree }: PackageFile, struct: string, field: string): SyntaxNode[] {
  for (const literal of present(tree.root.descendantsOfType("composite_literal"))) {
    const elements = literal.childForFieldName("body")?.namedChildren ?? [];
    const isOwn = literal.childForFieldName("type")?.text === struct;
    if (isOwn && elements.some((element) => element?.type === "literal_element"))
      refuse(t("A literal of `{0}` has no field names.", struct));
  }
  return present(tree.root.descendantsOfType("keyed_element")).flatMap((element) => {
    if (element.childForFieldName("key")?.text !== field) return [];
    const type = element.parent?.parent?.childForFieldName("type")?.text;
    const value = element.childForFieldName("value")?.firstNamedChild ?? undefined;
    if (value === undefined || type !== struct)
      return refuse(t("The type of a literal with `{0}` is not written out.", field));
    return [value];
  });
}

/** What is assigned to the field by `x.field = value`; undefined for other uses of it, and among several. */
export function assignedValue(use: SyntaxNode): SyntaxNode | undefined {
  const statement = use.parent?.parent;
  if (statement?.type !== "assignment_statement" || statement.childForFieldName("operator")?.text !== "=")
    return undefined;
  const target = onlyOperand(statement.childForFieldName("left"));
  return target?.id === use.id ? onlyOperand(statement.childForFieldName("right")) : undefined;
}
