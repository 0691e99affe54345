/** Variables that a call such as Scan or Unmarshal fills through their address, and that nothing keeps a pointer to. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";
import { asCall, type CallSyntax, calleeName } from "../syntax/calls.js";
import type { Declaration } from "../syntax/declarations.js";
import { fileNames } from "../syntax/fileNames.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, operands, present, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { startsLine } from "./edits.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { functionOf, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/** Functions and methods that fill what their arguments point to, and keep no pointer afterwards. */
const filling = /^(?:Scan\w*|Sscan\w*|Fscan\w*|Unmarshal\w*|As|Decode\w*|Read)$/;
/** Packages whose functions of these names are known to. */
const knownPackages =
  /^(?:encoding\/(?:json|xml|binary|gob|asn1)|errors|fmt|database\/sql|golang\.org\/x\/(?:xerrors|exp\/errors)|github\.com\/pkg\/errors|gopkg\.in\/yaml\.v\d)$/;

/** Whether a variable moved to the heap because of such a call may be at the site. */
export function mayBeFilled(site: Site): boolean {
  return (
    site.kind === "moved" &&
    site.form === "variable" &&
    site.inlinedFrom === null &&
    ["leaking-argument", "unknown-callee", "reflection"].includes(site.reason)
  );
}

/** The one call that gets the variable's address. */
export function fillingCall(name: SyntaxNode): CallSyntax | undefined {
  const declaration = name.type === "identifier" ? declarationOf(name) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration?.kind !== "variable" || definition === undefined || isPackageLevel(declaration))
    return undefined;
  const addresses = usesOf(declaration, definition).filter((use) => useKind(use) === "address");
  const calls = addresses.map((use) => {
    const list = withParentheses(withParentheses(use).parent ?? use).parent;
    const call = list?.type === "argument_list" && list.parent !== null ? asCall(list.parent) : undefined;
    return call !== undefined && filling.test(calleeName(call.callee)?.text ?? "") ? call : undefined;
  });
  const call = calls.find((each) => each !== undefined);
  if (call !== undefined && calls.length > 1)
    refuse(t("The address of `{0}` is taken elsewhere too.", name.text));
  return call;
}

/** A slice of an array, the address of a part or a method may hold on to the variable that all turns share then. */
export function refuseKept(use: SyntaxNode, type: string, { methods }: PackageTypes): void {
  let part = use;
  while (part.parent !== null && /^(?:selector|index|parenthesized)_expression$/.test(part.parent.type))
    part = part.parent;
  const kind = useKind(part);
  const isSlice = kind === "slice" && !/^(?:\[\]|string$)/.test(type);
  if (isSlice || (kind === "address" && !isSame(part, use)))
    refuse(t("The address of a part of `{0}` is taken.", use.text));
  const method = part.type === "selector_expression" ? part.childForFieldName("field")?.text : undefined;
  if (methods.get(`${type}.${method ?? ""}`)?.isPointer === true)
    refuse(t("A method called on `{0}` may keep the pointer.", use.text));
}

/** Written type and statement of `var x T` and `x := T{}`; all else has a value to begin with. */
export function declared({ node, name }: Declaration, tree: GoTree): { type: string; statement: SyntaxNode } {
  const statement = node.type === "var_spec" ? ancestor(node, new Set(["var_declaration"])) : node;
  const isAlone =
    statement !== undefined &&
    startsLine(tree, statement) &&
    !/^var\s*\(/.test(statement.text) &&
    nameCount(node) === 1;
  if (!isAlone) return refuse(t("`{0}` is not declared on its own.", name.text));
  if (node.type === "var_spec") {
    const type = node.childForFieldName("type")?.text;
    if (type !== undefined && node.childForFieldName("value") === null) return { type, statement };
  } else {
    const value = operands(node.childForFieldName("right") ?? node)[0];
    const body = value?.type === "composite_literal" ? value.childForFieldName("body") : null;
    const type = value?.childForFieldName("type")?.text;
    const isStructLike = type !== undefined && !/^(?:\[\]|map\[)/.test(type);
    if (isStructLike && body !== null && operands(body).length === 0) return { type, statement };
  }
  return refuse(t("`{0}` begins with a value in each turn.", name.text));
}

function nameCount(node: SyntaxNode): number {
  if (node.type === "var_spec")
    return present(node.childrenForFieldName("name")).filter((each) => each.isNamed).length;
  return operands(node.childForFieldName("left") ?? node).length;
}

/** Whether the call is one of a package whose functions keep no pointer. */
export function isKnown(call: CallSyntax, tree: GoTree): boolean {
  if (call.callee.type !== "selector_expression") return false;
  const operand = call.callee.childForFieldName("operand");
  const path = operand?.type === "identifier" ? fileNames(tree).imports.get(operand.text) : undefined;
  return (
    path !== undefined &&
    knownPackages.test(path) &&
    declarationOf(operand ?? call.callee)?.kind !== "variable"
  );
}
