/** A map whose keys are formatted strings gets keys that are structs of the formatted values, which nothing allocates. */
import * as l10n from "@vscode/l10n";
import type { OperandTypes } from "../analysis/operandTypes.js";
import type { TextEdit } from "../analysis/verify.js";
import type { Declaration } from "../syntax/declarations.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, present } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { firstLine } from "./bufferPool.js";
import { FileEdits } from "./edits.js";
import { fieldKeys } from "./fieldKey.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { mayFormat } from "./formatCall.js";
import { formattedKey } from "./formattedKey.js";
import { changeMapType, type KeyStruct, keyStruct } from "./keyStruct.js";
import { replaceKeys } from "./replaceKeys.js";
import { isExported } from "./packageFiles.js";
import { operandQuestion } from "./operandQuestion.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { usesOf } from "./variableUses.js";

const { t } = l10n;

export const structKey: Fix = {
  id: "struct-key",
  appliesTo: (site) => mayFormat(site) && /\.Sprintf$/.test(site.callee ?? ""),
  needsImporters: ({ site, snapshot }) =>
    /(?:\[|:=\s*)\w+\.Sprintf\(/.test(snapshot.texts.get(site.file)?.text ?? ""),
  question: (input) =>
    operandQuestion(input, (tree, node) => {
      const call = formattedKey(tree, node)?.call;
      return call === undefined ? refuse("") : { call: call.call.node, operands: call.operands };
    }),
  propose: (input, types) =>
    proposals("struct-key", () => withSiteFile(input, (tree, node) => propose(input, tree, node, types))),
};

/** Nothing for strings that are no keys of a map. */
function propose(
  input: FixInput,
  tree: GoTree,
  node: SyntaxNode,
  types: OperandTypes | undefined,
): Proposal[] {
  const found = formattedKey(tree, node);
  if (found === undefined) return [];
  const { call, map } = found;
  const field = map.type === "selector_expression" ? map.childForFieldName("field")?.text : undefined;
  const declaration = field === undefined ? declarationOf(map) : undefined;
  if (field === undefined && declaration === undefined) return [];
  if (types === undefined) return refuse(t("The compiler does not say what types the operands have."));
  const name = field ?? map.text;
  const key = keyStruct(input, name, call, types);
  const edit =
    declaration === undefined
      ? fieldKeys(input, name, key)
      : new Map([[input.site.file, variableKeys(input, tree, declaration, key)]]);
  return [
    {
      fix: "struct-key",
      edit,
      proof: "gone",
      title: t("Use a struct as the key of `{0}`", name),
      behaviour: t("Keys that are equal only as one string, such as `a:` + `b` and `a` + `:b`, differ then."),
      isPreferred: false,
      choice: null,
    },
  ];
}

/** The edits of a map in a variable, which only the site's file may use. */
function variableKeys(input: FixInput, tree: GoTree, declaration: Declaration, key: KeyStruct): TextEdit[] {
  refuseSharedWithOthers(input, declaration);
  const edits = new FileEdits(tree);
  const name = declaration.name.text;
  if (!changeDeclaration(declaration, key, edits))
    refuse(t("The type of `{0}` is not written where it is declared.", name));
  replaceKeys(input, { tree, edits }, usesOf(declaration, tree.root), name, key);
  edits.insertLineBefore(placeOf(declaration), key.declaration);
  return edits.toTextEdits();
}

/** Writes the key's type where the map is made, and its first entries; false where that is not plain. */
function changeDeclaration(declaration: Declaration, key: KeyStruct, edits: FileEdits): boolean {
  const [only, ...others] = present(declaration.node.descendantsOfType("map_type"));
  if (only === undefined || others.length > 0) return false;
  const { parent } = only;
  const isMade =
    parent?.type === "argument_list" && parent.parent?.childForFieldName("function")?.text === "make";
  const isPlain = isMade || parent?.type === "composite_literal" || parent?.type === "var_spec";
  return isPlain && changeMapType(only, key, edits);
}

/** Another file, or another package, would still use strings. */
function refuseSharedWithOthers(input: FixInput, declaration: Declaration): void {
  const name = declaration.name.text;
  if (declaration.kind !== "variable") refuse(t("`{0}` is no variable that is declared here.", name));
  if (!isPackageLevel(declaration)) return;
  if (isExported(name) && input.importers !== undefined && input.importers.size > 0)
    refuse(t("`{0}` is exported: what uses it is not all known.", name));
  const word = new RegExp(`\\b${name}\\b`);
  const texts = [...input.snapshot.texts].filter(([file]) => file !== input.site.file);
  if (
    [...texts, ...input.filesBeside].some(([, text]) =>
      word.test(typeof text === "string" ? text : text.text),
    )
  )
    refuse(t("Another file uses `{0}`.", name));
}

/** The map's own declaration at package level, or the function around it. */
function placeOf({ name, node }: Declaration): SyntaxNode {
  const top = functionDeclaration(name);
  const declaration = ancestor(node, new Set(["var_declaration"]));
  return firstLine(top ?? declaration ?? node);
}
