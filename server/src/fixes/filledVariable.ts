/** Variables that a call such as Scan or Unmarshal fills through their address, and that nothing keeps a pointer to. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";
import { asCall, type CallSyntax, calleeName } from "../syntax/calls.js";
import { fileNames } from "../syntax/fileNames.js";
import type { Snapshot } from "../analysis/snapshot.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { functionOf, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/** Functions and methods that fill what their arguments point to, and keep no pointer afterwards. */
const filling = /^(?:Scan\w*|Sscan\w*|Fscan\w*|Unmarshal\w*|As|Decode\w*|Read)$/;
/** Packages whose functions of these names are known to. */
const knownPackages =
  /^(?:encoding\/(?:json|xml|binary|gob|asn1)|errors|fmt|database\/sql|golang\.org\/x\/(?:xerrors|exp\/errors)|github\.com\/pkg\/errors|gopkg\.in\/yaml\.v\d)$/;

/** The address goes to the call itself, or to the slice of its variadic arguments. */
const reasonsOfCalls: ReadonlySet<Site["reason"]> = new Set([
  "leaking-argument",
  "unknown-callee",
  "reflection",
  "stored-literal",
]);

/** Whether a variable moved to the heap because of such a call may be at the site. */
export function mayBeFilled(site: Site): boolean {
  return (
    site.kind === "moved" &&
    site.form === "variable" &&
    site.inlinedFrom === null &&
    reasonsOfCalls.has(site.reason)
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

/** Whether the type has a method of its own that such a call runs, which may keep the pointer. */
export function fillsItself(type: string, { methods }: PackageTypes): boolean {
  const fills = ["UnmarshalJSON", "UnmarshalXML", "UnmarshalText", "UnmarshalBinary", "GobDecode", "Scan"];
  return fills.some((method) => methods.has(`${type}.${method}`));
}

/** Types of the standard library whose methods of these names are, by how the compiler writes them. */
const knownReceivers: ReadonlyMap<string, string> = new Map([
  ["*json.Decoder", "encoding/json"],
  ["*xml.Decoder", "encoding/xml"],
  ["*gob.Decoder", "encoding/gob"],
  ["*sql.Rows", "database/sql"],
  ["*sql.Row", "database/sql"],
]);

/** The value whose method is called; undefined for functions, a package's among them. */
export function receiverOf({ callee }: CallSyntax): SyntaxNode | undefined {
  const operand = callee.type === "selector_expression" ? callee.childForFieldName("operand") : null;
  const isPackage = operand?.type === "identifier" && declarationOf(operand)?.kind === "import";
  return operand === null || isPackage ? undefined : operand;
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

/** Whether the type, as the compiler writes it, is one of the standard library whose methods keep no pointer. */
export function isKnownReceiver(type: string, { texts }: Snapshot): boolean {
  const path = knownReceivers.get(type);
  if (path === undefined) return false;
  // The compiler writes the package's name only: another import may have the same.
  const name = path.slice(path.lastIndexOf("/") + 1);
  const namesake = new RegExp(`"(?!${path}")[^"\\n]*[/.-]${name}(?:/v\\d+)?"`);
  return ![...texts.values()].some(({ text }) => namesake.test(text));
}
