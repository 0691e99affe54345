/** Struct keys for a map that is a field: its declaration, what it is set to, and its uses in all files of the package. */
import * as l10n from "@vscode/l10n";
import type { Edit } from "../analysis/verify.js";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor } from "../syntax/nodes.js";
import { firstLine } from "./bufferPool.js";
import type { FixInput } from "./fix.js";
import { changeMapType, type KeyStruct } from "./keyStruct.js";
import { editPackage, type PackageFile } from "./packageFiles.js";
import { assignedValue, fieldDeclaration, fieldUses, structOfField, valuesInLiterals } from "./plainField.js";
import { refuse } from "./refusal.js";
import { replaceKeys } from "./replaceKeys.js";

const { t } = l10n;

/** The edits of the whole package. Refuses fields of which not all uses are known, or that are used as whole maps. */
export function fieldKeys(input: FixInput, field: string, key: KeyStruct): Edit {
  const struct = structOfField(input, field);
  return editPackage(input, field, (file) => {
    declareKey(file, field, key);
    for (const value of valuesInLiterals(file, struct, field)) changeValue(file, field, value, key);
    const others: SyntaxNode[] = [];
    for (const use of fieldUses(file, field)) {
      const value = assignedValue(use);
      if (value === undefined) others.push(use);
      else changeValue(file, field, value, key);
    }
    replaceKeys(input, file, others, field, key);
  });
}

/** Declares the key before the struct, and changes the field's type. */
function declareKey(file: PackageFile, field: string, key: KeyStruct): void {
  const declaration = fieldDeclaration(file, field);
  if (declaration === undefined) return;
  const type = declaration.childForFieldName("type");
  if (type === null || !changeMapType(type, key, file.edits))
    refuse(t("The type of `{0}` is not written where it is declared.", field));
  const struct = ancestor(declaration, new Set(["type_declaration"])) ?? declaration;
  file.edits.insertLineBefore(firstLine(struct), key.declaration);
}

/** `make(map[string]T)`, `map[string]T{…}` or nil. */
function changeValue({ edits }: PackageFile, field: string, value: SyntaxNode, key: KeyStruct): void {
  if (value.text === "nil") return;
  const call = asCall(value);
  const type =
    value.type === "composite_literal"
      ? value.childForFieldName("type")
      : call?.callee.text === "make"
        ? call.arguments[0]
        : undefined;
  if (type === undefined || type === null || !changeMapType(type, key, edits))
    refuse(t("`{0}` is also set to something else.", field));
}
