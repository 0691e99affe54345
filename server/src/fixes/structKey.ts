/** A map whose keys are formatted strings gets keys that are structs of the formatted values, which nothing allocates. */
import * as l10n from "@vscode/l10n";
import type { OperandTypes } from "../analysis/operandTypes.js";
import { asCall } from "../syntax/calls.js";
import { type Declaration, initialValue } from "../syntax/declarations.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, operands, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { firstLine, freePackageName } from "./bufferPool.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { type FormatCall, formatCall, mayFormat } from "./formatCall.js";
import { formattedType } from "./formattedTypes.js";
import type { FormatPiece } from "./formatVerbs.js";
import { FileImports } from "./imports.js";
import { constantKey } from "./constantKey.js";
import { isExported } from "./packageFiles.js";
import { operandQuestion } from "./operandQuestion.js";
import { onlyOperand } from "./quantities.js";
import { proposals, refuse, unlessRefused } from "./refusal.js";
import { isBuiltin, withSiteFile } from "./sourceFile.js";
import { statementLine } from "./statementLine.js";
import { functionOf, usesOf } from "./variableUses.js";

const { t } = l10n;

export const structKey: Fix = {
  id: "struct-key",
  appliesTo: (site) => mayFormat(site) && /\.Sprintf$/.test(site.callee ?? ""),
  needsImporters: ({ site, snapshot }) =>
    /(?:\[|:=\s*)\w+\.Sprintf\(/.test(snapshot.texts.get(site.file)?.text ?? ""),
  question: (input) =>
    operandQuestion(input, (tree, node) => {
      const found = keyCall(tree, node);
      return found === undefined ? refuse("") : { call: found.call.node, operands: found.operands };
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
  const call = keyCall(tree, node);
  const name = call === undefined ? undefined : mapOf(call.call.node);
  const declaration = name === undefined ? undefined : declarationOf(name);
  if (call === undefined || name === undefined || declaration === undefined) return [];
  if (types === undefined) return refuse(t("The compiler does not say what types the operands have."));
  refuseSharedWithOthers(input, declaration);
  const kinds = types.map((type) => keyType(input, type));
  const fields = fieldNames(call.operands);
  const format = call.call.arguments[0]?.text ?? "";
  const edits = new FileEdits(tree);
  const imports = new FileImports(input, tree);
  const key = freePackageName(input, `${lowered(name.text)}Key`);
  changeMapType(declaration, key, call, kinds, edits);
  const replaced = new Set<number>();
  for (const use of usesOf(declaration, tree.root)) {
    const other = keyOfUse(use, tree);
    if (other === "length") continue;
    if (other?.call.arguments[0]?.text !== format)
      return refuse(t("`{0}` is also used otherwise: `{1}`.", name.text, statementLine(use)));
    // A variable with a key may be used for the map more than once.
    if (replaced.has(other.call.node.id)) continue;
    replaced.add(other.call.node.id);
    edits.replace(other.call.node, `${key}{${other.operands.map(({ text }) => text).join(", ")}}`);
    imports.drop(other.qualifier);
  }
  imports.write(edits);
  const lines = fields.map((field, index) => `\t${field} ${types[index] ?? ""}`);
  edits.insertLineBefore(placeOf(declaration), `type ${key} struct {\n${aligned(lines).join("\n")}\n}\n`);
  return [
    {
      fix: "struct-key",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "gone",
      title: t("Use a struct as the key of `{0}`", name.text),
      behaviour: t("Keys that are equal only as one string, such as `a:` + `b` and `a` + `:b`, differ then."),
      isPreferred: false,
      choice: null,
    },
  ];
}

/** The `fmt.Sprintf` that the node is an operand of, where it is a key of a map. */
function keyCall(tree: GoTree, node: SyntaxNode): FormatCall | undefined {
  const call = unlessRefused(() => formatCall(tree, node));
  if (call?.name !== "Sprintf" || call.pieces?.every(isWhole) !== true || call.operands.length === 0)
    return undefined;
  return mapOf(call.call.node) === undefined ? undefined : call;
}

/** Whether different values are written differently: a precision cuts strings off. */
function isWhole(piece: FormatPiece): boolean {
  return piece.kind === "text" || (/^[dsvqtx]$/.test(piece.verb) && piece.precision === undefined);
}

/** The map that a string is a key of, itself or as a variable that is nothing else. */
function mapOf(key: SyntaxNode): SyntaxNode | undefined {
  return mapAround(key) ?? mapOfVariable(key);
}

/** `m` where all uses of the variable in `k := key` are as in `m[k]`. */
function mapOfVariable(key: SyntaxNode): SyntaxNode | undefined {
  const statement = withParentheses(key).parent?.parent;
  const name =
    statement?.type === "short_var_declaration"
      ? onlyOperand(statement.childForFieldName("left"))
      : undefined;
  const declaration = name?.type === "identifier" ? declarationOf(name) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined || !isSame(declaration.name, name))
    return undefined;
  const maps = usesOf(declaration, definition).map(mapAround);
  const [first] = maps;
  const isOne = first !== undefined && maps.every((map) => map !== undefined && isSameVariable(map, first));
  return isOne ? first : undefined;
}

function isSameVariable(a: SyntaxNode, b: SyntaxNode): boolean {
  const [one, other] = [declarationOf(a), declarationOf(b)];
  return one !== undefined && isSame(one.name, other?.name);
}

/** `m` of `m[key]` and `delete(m, key)`. */
function mapAround(key: SyntaxNode): SyntaxNode | undefined {
  const { parent } = withParentheses(key);
  if (parent?.type === "index_expression") {
    const operand = parent.childForFieldName("operand");
    return operand?.type === "identifier" ? operand : undefined;
  }
  const call = parent?.type === "argument_list" && parent.parent !== null ? asCall(parent.parent) : undefined;
  const [map] = call?.arguments ?? [];
  const isDelete = call !== undefined && isBuiltin(call.callee, "delete");
  return isDelete && map?.type === "identifier" ? map : undefined;
}

/** The call that makes the key of one use; "length" for `len(m)`, undefined for every other use. */
function keyOfUse(use: SyntaxNode, tree: GoTree): FormatCall | "length" | undefined {
  const { parent } = use;
  const list = parent?.type === "argument_list" ? parent.parent : null;
  const outer = list === null ? undefined : asCall(list);
  if (outer !== undefined && isBuiltin(outer.callee, "len")) return "length";
  const key =
    parent?.type === "index_expression" ? parent.childForFieldName("index") : (outer?.arguments[1] ?? null);
  const variable = key?.type === "identifier" ? declarationOf(key) : undefined;
  const made = variable === undefined ? key : initialValue(variable);
  const call = made === null || made === undefined ? undefined : asCall(made);
  const [, first] = call?.arguments ?? [];
  if (first === undefined) return undefined;
  const found = keyCall(tree, first);
  const map = found === undefined ? undefined : mapOf(found.call.node);
  return map !== undefined && isSameVariable(map, use) ? found : undefined;
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

/** Basic types whose equal values are written alike; numbers with a fraction may be NaN, which no map finds. */
function keyType(input: FixInput, type: string): string {
  const known = formattedType(input, type);
  if (known === undefined || !/^(?:string|bool|u?int(?:8|16|32|64)?)$/.test(known.basic))
    return refuse(t("A key cannot hold a `{0}`.", type));
  if (known.methods.size > 0)
    return refuse(
      t("The operand's type has a method `{0}`, which package fmt calls.", [...known.methods][0] ?? ""),
    );
  return known.basic;
}

/** Writes the key's type where the map is made, and its first entries. */
function changeMapType(
  declaration: Declaration,
  key: string,
  call: FormatCall,
  kinds: readonly string[],
  edits: FileEdits,
): void {
  const types = declaration.node.descendantsOfType("map_type").filter((type) => type !== null);
  const name = declaration.name.text;
  const [only, ...others] = types;
  const keyType = only?.childForFieldName("key");
  if (only === undefined || others.length > 0 || keyType?.text !== "string")
    return refuse(t("The type of `{0}` is not written where it is declared.", name));
  const { parent } = only;
  const isMade =
    parent?.type === "argument_list" && parent.parent?.childForFieldName("function")?.text === "make";
  const body = parent?.type === "composite_literal" ? parent.childForFieldName("body") : null;
  if (!isMade && body === null && !/^(?:var_spec)$/.test(parent?.type ?? ""))
    refuse(t("The type of `{0}` is not written where it is declared.", name));
  edits.replace(keyType, key);
  for (const pair of body === null ? [] : operands(body)) {
    const entry = operands(pair)[0];
    const value = entry === undefined ? undefined : constantKey(entry.text, call.pieces ?? [], kinds);
    if (entry === undefined || value === undefined)
      return refuse(t("The key `{0}` cannot be taken apart.", entry?.text ?? pair.text));
    edits.replace(entry, `{${value.join(", ")}}`);
  }
}

/** The map's own declaration at package level, or the function around it. */
function placeOf({ name, node }: Declaration): SyntaxNode {
  const top = functionDeclaration(name);
  const declaration = ancestor(node, new Set(["var_declaration"]));
  return firstLine(top ?? declaration ?? node);
}

/** Names of fields after what is formatted, numbered where two are alike. */
function fieldNames(values: readonly SyntaxNode[]): string[] {
  const names: string[] = [];
  for (const value of values) {
    const last = /(?:^|\.)(\w+)$/.exec(value.text)?.[1];
    const base = last === undefined || /^\d/.test(last) ? "part" : lowered(last);
    let name = base;
    for (let number = 2; names.includes(name); number++) name = `${base}${number}`;
    names.push(name);
  }
  return names;
}

/** `ID` becomes `id`, `Role` `role`. Keywords cannot come out of this, as no identifier is one but in another case. */
function lowered(name: string): string {
  const plain = /^\p{Lu}+$/u.test(name) ? name.toLowerCase() : name.charAt(0).toLowerCase() + name.slice(1);
  return /^(?:type|map|func|range|var|const|package|import|case|go|if|for|chan|return|struct|select|switch|default|interface|else|break|continue|defer|goto|fallthrough)$/.test(
    plain,
  )
    ? `${plain}Value`
    : plain;
}

/** Types in one column, as gofmt wants them. */
function aligned(lines: readonly string[]): string[] {
  const pairs = lines.map((line) => line.trim().split(" "));
  const width = Math.max(...pairs.map(([name]) => name?.length ?? 0));
  return pairs.map(([name = "", type = ""]) => `\t${name.padEnd(width)} ${type}`);
}
